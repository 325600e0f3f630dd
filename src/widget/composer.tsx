import type { Conversation } from "./conversation.ts";
import { isSendKey, isTouch } from "./keys.ts";
import type { Part } from "./part.ts";

/** The counter shows when no more characters than this are left. */
const COUNT_FROM = 500;
const DEFAULT_LIMIT = 4_000;

/** Where one writes. */
export interface Composer extends Part {
  /** Puts the caret here. */
  focus(): void;
  /** Sends what is in the field now, whatever was drawn before. */
  submit(): void;
}

/**
 * The composer of `conversation`; `send` takes a text on, or leaves it here by saying
 * false. The browser owns the text: drawing over it would break composition.
 */
export function createComposer(
  conversation: Conversation,
  send: (text: string) => boolean,
): Composer {
  const { client, redraw } = conversation;
  let field: HTMLTextAreaElement | undefined;
  let isInputMethodBusy = false;
  let clearLater = false;

  const written = () => field?.value ?? conversation.draft;
  /** How many more characters the room takes, as a reader counts them. */
  const left = () =>
    (client.timeline.limits?.text ?? DEFAULT_LIMIT) - [...written()].length;

  const onInput = () => {
    const text = written();
    conversation.draft = text;
    conversation.typing.tell(text !== "");
    redraw();
  };

  const clear = () => {
    if (field) field.value = "";
    onInput();
  };

  const focus = () => field?.focus();

  const submit = () => {
    if (isInputMethodBusy) {
      // Leaving the field ends the composition, so that its last character counts.
      field?.blur();
      focus();
    }
    const text = written();
    if (!text.trim() || left() < 0 || !send(text)) return;
    clearLater = isInputMethodBusy;
    if (!clearLater) clear();
  };

  return {
    focus,
    submit,
    draw() {
      const { strings } = conversation;
      const count = left();
      return (
        <div class="composer" part="composer">
          <textarea
            mount={(element) => {
              field = element;
              field.value = conversation.draft;
            }}
            rows={1}
            part="input"
            placeholder={strings.placeholder}
            aria-label={strings.placeholder}
            aria-describedby="left"
            dir="auto"
            enterkeyhint={isTouch() ? "enter" : "send"}
            oninput={onInput}
            onkeydown={(event) => {
              // On a touch keyboard Enter breaks the line and the button sends.
              if (!isSendKey(event) || isTouch()) return;
              event.preventDefault();
              submit();
            }}
            oncompositionstart={() => {
              isInputMethodBusy = true;
            }}
            oncompositionend={() => {
              isInputMethodBusy = false;
              if (clearLater) clear();
              clearLater = false;
            }}
          />
          {count <= COUNT_FROM && (
            <span id="left" class={count < 0 ? "left problem" : "left"}>
              {count}
            </span>
          )}
          <button
            type="button"
            class="send"
            part="send"
            aria-label={strings.send}
            disabled={!written().trim() || count < 0}
            // Keeps the focus, and with it the keyboard of a phone.
            onpointerdown={(event) => event.preventDefault()}
            onclick={submit}
          />
        </div>
      );
    },
  };
}
