import type { Conversation } from "./conversation.ts";
import { isComposing, isSendKey, isTouch } from "./keys.ts";
import type { Part } from "./part.ts";
import { fill } from "./strings.ts";

/** The counter shows when no more characters than this are left. */
const COUNT_FROM = 500;
const DEFAULT_LIMIT = 4_000;

/** Something that a reader sees; the room takes no message without. */
const VISIBLE = /[^\s\u2800\p{Default_Ignorable_Code_Point}]/u;
/** Empty lines around a text. */
const AROUND = /^(\s*\n)+|\s+$/g;

/** Where one writes. */
export interface Composer extends Part {
  /** Puts the caret here. */
  focus(): void;
  /** Replaces what is written. */
  write(text: string): void;
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
  let { author } = conversation;

  const written = () => field?.value ?? conversation.draft;
  /** How many more characters the room takes, as a reader counts them. */
  const left = () =>
    (client.timeline.limits?.text ?? DEFAULT_LIMIT) - [...written()].length;

  const isReady = () => {
    const wishes = conversation.extensions.map(({ canSend }) => canSend?.());
    const isThere = VISIBLE.test(written()) || wishes.includes(true);
    return left() >= 0 && isThere && !wishes.includes(false);
  };

  /** Whether an extension has dealt with a key. */
  const isTaken = (event: KeyboardEvent) =>
    field !== undefined &&
    !isComposing(event) &&
    conversation.extensions.some(({ onKey }) => field && onKey?.(event, field));

  /** Grows with the text where the style sheet alone does not. */
  const grow = () => {
    if (!field || CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };

  const onInput = () => {
    grow();
    const text = written();
    conversation.draft = text;
    if (field)
      for (const { onInput } of conversation.extensions) onInput?.(field);
    redraw();
  };

  const write = (text: string) => {
    if (field) field.value = text;
    onInput();
  };

  const focus = () => field?.focus();

  const submit = () => {
    if (isInputMethodBusy) {
      // Leaving the field ends the composition, so that its last character counts.
      field?.blur();
      focus();
    }
    const text = written().replace(AROUND, "");
    if (!isReady() || !send(text)) return;
    clearLater = isInputMethodBusy;
    if (!clearLater) write("");
  };

  return {
    focus,
    submit,
    write,
    draw() {
      const { extensions, strings } = conversation;
      if (field && author !== conversation.author) {
        // What somebody wrote is theirs; what was written by nobody known is the reader's.
        field.value =
          (author === undefined && field.value) || conversation.draft;
        author = conversation.author;
      }
      const count = left();
      return [
        extensions.map(({ aboveComposer }) => aboveComposer?.()),
        <div key="composer" class="composer" part="composer">
          {extensions.map(({ besideComposer }) => besideComposer?.())}
          <textarea
            mount={(element) => {
              field = element;
              field.value = conversation.draft;
              grow();
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
              if (isTaken(event)) return;
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
              if (clearLater) write("");
              clearLater = false;
            }}
          />
          {count <= COUNT_FROM && (
            <span
              id="left"
              class={count < 0 ? "left problem" : "left"}
              role={count < 0 && "status"}
            >
              {count < 0 ? fill(strings.over, { n: -count }) : count}
            </span>
          )}
          <button
            type="button"
            class="send"
            part="send"
            aria-label={strings.send}
            disabled={!isReady()}
            // Keeps the focus, and with it the keyboard of a phone.
            onpointerdown={(event) => event.preventDefault()}
            onclick={submit}
          />
        </div>,
      ];
    },
  };
}
