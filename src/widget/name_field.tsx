import { Component } from "preact";
import { isCloseKey, isComposing } from "./keys.ts";
import { errorText } from "./strings.ts";
import type { View } from "./view.ts";

interface NameFieldProps {
  readonly view: View;
  /** Whether it is asked for by a first send, rather than changed at will. */
  readonly first: boolean;
  /** Takes the nickname on; throws what the room has against it. */
  rename(nickname: string): Promise<void>;
  close(): void;
}

/** Asks for a nickname, in place. */
export class NameField extends Component<NameFieldProps, { problem?: string }> {
  #input: HTMLInputElement | null = null;

  override componentDidMount() {
    this.#input?.select();
  }

  render() {
    const { view, first, close } = this.props;
    const { strings, client } = view;
    const { problem } = this.state;
    const nickname = client.you?.nickname;
    return (
      <form class="naming" onSubmit={this.#submit} onKeyDown={this.#onKeyDown}>
        <label for="nickname">
          {first ? strings.nicknameAsk : strings.nicknameChange}
        </label>
        <input
          id="nickname"
          ref={this.#keepInput}
          defaultValue={first ? "" : nickname}
          placeholder={nickname}
          autocomplete="nickname"
          aria-describedby="problem"
          maxLength={64}
          part="input"
        />
        <button type="submit" class="primary">
          {first ? strings.nicknameOk : strings.nicknameSave}
        </button>
        <button type="button" onClick={close}>
          {strings.cancel}
        </button>
        <p id="problem" class="problem" role="alert">
          {problem}
        </p>
      </form>
    );
  }

  #keepInput = (element: HTMLInputElement | null) => {
    this.#input = element;
  };

  #submit = async (event: Event) => {
    event.preventDefault();
    const { view, rename } = this.props;
    const { strings, client } = view;
    const input = this.#input;
    if (!input) return;
    const isOnline = client.status === "online";
    this.setState({ problem: isOnline ? "" : strings.connecting });
    try {
      // Nothing written: the nickname the room gave is good enough.
      await rename(input.value.trim() || (client.you?.nickname ?? ""));
    } catch (error) {
      // Refusals are ChatErrors; whatever else fails has no code.
      const { code, suggestion } = Object(error) as Record<string, string>;
      if (suggestion) input.value = suggestion;
      input.select();
      this.setState({
        problem: errorText(strings, { code, fallback: strings.unreachable }),
      });
    }
  };

  #onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a composition would submit the form by itself.
    if (event.key === "Enter" && isComposing(event)) event.preventDefault();
    if (isCloseKey(event)) {
      event.stopPropagation();
      this.props.close();
    }
  };
}
