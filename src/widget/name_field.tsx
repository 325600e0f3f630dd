import type { Conversation } from "./conversation.ts";
import { isCloseKey, isComposing } from "./keys.ts";
import type { Part } from "./part.ts";
import { errorText } from "./strings.ts";

interface NameFieldOptions {
  /** Whether it is asked for by a first send, rather than changed at will. */
  readonly isFirst: boolean;
  close(isDone: boolean): void;
}

/** Asks for a nickname, in place. */
export function createNameField(
  conversation: Conversation,
  { isFirst, close }: NameFieldOptions,
): Part {
  const { client, redraw, strings } = conversation;
  let input: HTMLInputElement;
  let problem = "";

  const say = (text: string) => {
    problem = text;
    redraw();
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    say(client.status === "online" ? "" : strings.connecting);
    try {
      // Nothing written: the nickname the room gave is good enough.
      await conversation.rename(
        input.value.trim() || (client.you?.nickname ?? ""),
      );
      close(true);
    } catch (error) {
      // Refusals are ChatErrors; whatever else fails has no code.
      const { code, suggestion } = Object(error) as Record<string, string>;
      if (suggestion) input.value = suggestion;
      input.select();
      say(errorText(strings, code) ?? strings.unreachable);
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends a composition would submit the form by itself.
    if (event.key === "Enter" && isComposing(event)) event.preventDefault();
    if (isCloseKey(event)) {
      event.stopPropagation();
      close(false);
    }
  };

  return {
    draw() {
      const nickname = client.you?.nickname;
      return (
        <form class="naming" onsubmit={submit} onkeydown={onKeyDown}>
          <label for="nickname">
            {isFirst ? strings.nicknameAsk : strings.nicknameChange}
          </label>
          <input
            id="nickname"
            mount={(element) => {
              input = element;
              input.select();
            }}
            value={!isFirst && nickname}
            placeholder={nickname}
            autocomplete="nickname"
            aria-describedby="problem"
            maxlength={64}
            part="input"
          />
          <button type="submit" class="primary">
            {isFirst ? strings.nicknameOk : strings.nicknameSave}
          </button>
          <button type="button" onclick={() => close(false)}>
            {strings.cancel}
          </button>
          <p id="problem" class="problem" role="alert">
            {problem}
          </p>
        </form>
      );
    },
  };
}
