import type { Conversation } from "./conversation.ts";
import { isComposing, isSendKey, isTouch } from "./keys.ts";
import type { Part } from "./part.ts";

const DEFAULT_LIMIT = 4_000;

/** Something that a reader sees; the room takes no message without. */
const VISIBLE = /[^\s\u2800\p{Default_Ignorable_Code_Point}]/u;
/** Empty lines around a text. */
const AROUND = /^(\s*\n)+|\s+$/g;

/** Where one writes. */
export interface Composer extends Part {
  /** Puts the caret here. */
  focus(): void;
  /** Whether an input method is in the middle of a character. */
  isBusy(): boolean;
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

  const written = () => field?.value ?? conversation.written;
  const isReady = () => {
    const wishes = conversation.extensions.map(({ canSend }) => canSend?.());
    const isThere = VISIBLE.test(written()) || wishes.includes(true);
    const { text: limit = DEFAULT_LIMIT } = client.timeline.limits ?? {};
    const isShort = [...written()].length <= limit;
    return isShort && isThere && !wishes.includes(false);
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
    // What was sent in the middle of a character is done with.
    if (!clearLater) conversation.written = written();
    if (field)
      for (const { onInput } of conversation.extensions) onInput?.(field);
    redraw();
  };

  const write = (text: string) => {
    conversation.written = text;
    if (field) field.value = text;
    onInput();
  };

  /** Shows what is left to write when a text was taken on. */
  const clear = () => write(conversation.written);

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
    if (!clearLater) clear();
  };

  return {
    focus,
    isBusy: () => isInputMethodBusy && !!field?.isConnected,
    submit,
    write,
    draw() {
      const { extensions, strings } = conversation;
      const text = conversation.written;
      if (field && field.value !== text && !isInputMethodBusy) {
        field.value = text;
        grow();
      }
      return [
        extensions.map(({ aboveComposer }) => aboveComposer?.()),
        <div key="composer" class="composer" part="composer">
          {extensions.map(({ besideComposer }) => besideComposer?.())}
          <textarea
            mount={(element) => {
              field = element;
              isInputMethodBusy = false;
              field.value = conversation.written;
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
              if (clearLater) {
                clearLater = false;
                clear();
              } else onInput();
            }}
          />
          {extensions.map(({ afterField }) => afterField?.())}
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
