import { Component } from "preact";
import { Icon } from "./icons.tsx";
import { isSendKey } from "./keys.ts";
import type { View } from "./view.ts";

/** The counter shows when no more characters than this are left. */
const COUNT_FROM = 500;
const DEFAULT_LIMIT = 4_000;

interface ComposerProps {
  readonly view: View;
  /** The text kept from last time. */
  readonly draft: string;
  keepDraft(text: string): void;
  /** Takes the text on; false leaves it where it is. */
  send(text: string): boolean;
  mounted(composer: Composer): void;
}

/** Where one writes. The browser owns the text: drawing over it would break composition. */
export class Composer extends Component<ComposerProps, { length: number }> {
  override state = { length: codePoints(this.props.draft) };
  #field: HTMLTextAreaElement | null = null;
  #composing = false;
  #clearWhenComposed = false;

  override componentDidMount() {
    this.props.mounted(this);
    if (!this.#field) return;
    this.#field.value = this.props.draft;
    this.#grow();
  }

  render() {
    const { strings, client } = this.props.view;
    const { length } = this.state;
    const left = (client.limits?.text ?? DEFAULT_LIMIT) - length;
    return (
      <div class="composer" part="composer">
        <textarea
          ref={this.#keepField}
          rows={1}
          part="input"
          placeholder={strings.placeholder}
          aria-label={strings.placeholder}
          aria-describedby="left"
          dir="auto"
          enterkeyhint={isTouch() ? "enter" : "send"}
          onInput={this.#onInput}
          onKeyDown={this.#onKeyDown}
          onCompositionStart={() => {
            this.#composing = true;
          }}
          onCompositionEnd={this.#onCompositionEnd}
        />
        {left <= COUNT_FROM && (
          <span id="left" class={left < 0 ? "left problem" : "left"}>
            {left}
          </span>
        )}
        <button
          type="button"
          class="send"
          part="send"
          aria-label={strings.send}
          disabled={length === 0 || left < 0}
          // Keeps the focus, and with it the keyboard of a phone.
          onPointerDown={(event) => event.preventDefault()}
          onClick={this.submit}
        >
          <Icon name="send" />
        </button>
      </div>
    );
  }

  /** Sends what is in the field now, whatever was drawn before. */
  readonly submit = (): void => {
    const field = this.#field;
    if (!field) return;
    if (this.#composing) {
      // Leaving the field ends the composition, so that its last character counts.
      field.blur();
      field.focus();
    }
    const text = field.value;
    const limit = this.props.view.client.limits?.text ?? DEFAULT_LIMIT;
    if (text.trim() === "" || codePoints(text) > limit) return;
    if (!this.props.send(text)) return;
    this.#clearWhenComposed = this.#composing;
    if (!this.#composing) this.#clear();
  };

  /** Puts the caret here. */
  focus(): void {
    this.#field?.focus();
  }

  #keepField = (element: HTMLTextAreaElement | null) => {
    this.#field = element;
  };

  #clear() {
    if (!this.#field) return;
    this.#field.value = "";
    this.#onInput();
  }

  #onInput = () => {
    const text = this.#field?.value ?? "";
    this.#grow();
    this.setState({ length: text.trim() ? codePoints(text) : 0 });
    this.props.keepDraft(text);
    this.props.view.client.setTyping(text !== "");
  };

  #onKeyDown = (event: KeyboardEvent) => {
    // On a touch keyboard Enter breaks the line and the button sends.
    if (!isSendKey(event) || isTouch()) return;
    event.preventDefault();
    this.submit();
  };

  #onCompositionEnd = () => {
    this.#composing = false;
    if (!this.#clearWhenComposed) return;
    this.#clearWhenComposed = false;
    this.#clear();
  };

  #grow() {
    if (!this.#field || CSS.supports("field-sizing", "content")) return;
    const { style } = this.#field;
    style.blockSize = "auto";
    style.blockSize = `${this.#field.scrollHeight}px`;
  }
}

function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}

function codePoints(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}
