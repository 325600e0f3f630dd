/** Asks the reader something before it is done: a question, perhaps with a field. */
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { SayingKit } from "./saying.tsx";

/** A question to the reader. */
export interface Question {
  readonly text: string;
  /** What the button says that does it. */
  readonly confirm: string;
  readonly isDangerous?: boolean;
  /** Something to write; what is not good cannot be confirmed. */
  readonly field?: {
    readonly label: string;
    readonly maxlength: number;
    readonly isGood?: (text: string) => boolean;
  };
  /** One of several to choose, the first unless the reader chooses another. */
  readonly choice?: {
    readonly label: string;
    readonly values: readonly {
      readonly value: string;
      readonly label: string;
    }[];
  };
  /** Something more to agree to or not; `set` is told of each change. */
  readonly tick?: {
    readonly label: string;
    readonly isOn: boolean;
    readonly set: (isOn: boolean) => void;
  };
  /** `seq` of the message it is about: there the focus goes afterwards. */
  readonly about?: number;
}

/** What the extras are given. */
export interface ExtrasKit extends SayingKit {
  /** What was written or chosen, `""` where there is nothing of that; `undefined` if the reader would rather not. */
  ask(question: Question): Promise<string | undefined>;
}

/** The dialog of one widget, and the kit of those who ask by it. */
export function createAsking(
  conversation: Conversation,
  kit: SayingKit,
): readonly [Extension, ExtrasKit] {
  const { redraw } = conversation;
  let question: Question | undefined;
  let answer: ((text: string | undefined) => void) | undefined;
  let dialog: HTMLDialogElement | undefined;
  let input: HTMLInputElement | HTMLSelectElement | undefined;
  let count = 0;

  const isGood = () => {
    const { field } = question ?? {};
    const text = input?.value.trim() ?? "";
    return !field || (field.isGood?.(text) ?? text !== "");
  };

  const close = (text?: string) => {
    const row = dialog?.parentElement?.querySelector<HTMLElement>(
      `[data-seq="${question?.about}"]`,
    );
    dialog?.close();
    answer?.(text);
    question = answer = undefined;
    if (row) row.focus({ preventScroll: true });
    else kit.panel.focus();
    redraw();
  };

  const ask: ExtrasKit["ask"] = async (asked) => {
    answer?.(undefined);
    question = asked;
    count++;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    answer = resolve;
    await redraw();
    dialog?.showModal();
    return promise;
  };

  const extension: Extension = {
    overLog() {
      if (!question) return undefined;
      const { strings } = conversation;
      const { text, confirm, isDangerous, field, choice, tick } = question;
      return (
        <dialog
          key={`ask-${count}`}
          class="popup ask"
          aria-labelledby="question"
          mount={(element) => {
            dialog = element;
            input =
              element.querySelector<HTMLInputElement | HTMLSelectElement>(
                "input:not([type]), select",
              ) ?? undefined;
          }}
          oncancel={(event) => {
            event.preventDefault();
            close();
          }}
          onkeydown={(event) => {
            // It closes itself; whatever lies behind it stays as it is.
            if (kit.isCloseKey(event)) event.stopPropagation();
          }}
        >
          <form
            onsubmit={(event) => {
              event.preventDefault();
              if (isGood()) close(input?.value.trim() ?? "");
            }}
          >
            <p id="question">{text}</p>
            {field && (
              <input
                aria-label={field.label}
                placeholder={field.label}
                maxlength={field.maxlength}
                autocomplete="off"
                oninput={redraw}
              />
            )}
            {choice && (
              <select aria-label={choice.label}>
                {choice.values.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            )}
            {tick && (
              <label>
                <input
                  type="checkbox"
                  checked={tick.isOn}
                  onchange={({ target }) => {
                    if (target instanceof HTMLInputElement)
                      tick.set(target.checked);
                  }}
                />
                {tick.label}
              </label>
            )}
            <div class="buttons">
              <button type="button" onclick={() => close()}>
                {strings.cancel}
              </button>
              <button
                type="submit"
                class={isDangerous ? "primary dangerous" : "primary"}
                disabled={!isGood()}
              >
                {confirm}
              </button>
            </div>
          </form>
        </dialog>
      );
    },
  };
  return [extension, { ...kit, ask }];
}
