/**
 * Completes nicknames after `@` and emoji after `:` while one writes. The focus stays in the
 * field; a list above it says what Enter would insert.
 */
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import type { Child } from "../render.ts";
import { beginsWith, findTrigger, type Trigger } from "./completions.ts";
import { emojiNamed, replaceCodes } from "./emoji_codes.ts";

/** Something that can be inserted. */
interface Choice {
  readonly key: string;
  readonly insert: string;
  readonly draw: () => Child;
}

const MAX_CHOICES = 8;
const LIST = "completion";

/** The completion of the composer of `conversation`. */
export function createCompletion(
  conversation: Conversation,
  { Avatar, Nickname, panel }: Kit,
): Extension {
  const { client, redraw } = conversation;
  let field: HTMLTextAreaElement | undefined;
  let trigger: Trigger | undefined;
  let choices: readonly Choice[] = [];
  let index = 0;

  const people = (query: string): Choice[] =>
    (client.timeline.members ?? [])
      .filter(({ id }) => id !== client.you?.id)
      .filter(({ nickname }) => beginsWith(nickname, query))
      .map((member) => ({
        key: member.id,
        insert: `@${member.nickname} `,
        draw: () => [<Avatar {...member} />, <Nickname {...member} />],
      }));

  const emoji = (query: string): Choice[] =>
    emojiNamed(query).map(([name, emoji]) => ({
      key: name,
      insert: `${emoji} `,
      draw: () => `${emoji} :${name}:`,
    }));

  const show = (next: readonly Choice[]) => {
    choices = next;
    index = 0;
    describe();
    redraw();
  };

  /** Tells assistive technology what the list says, though the focus is in the field. */
  const describe = () => {
    if (!field) return;
    const chosen = choices[index];
    field.ariaAutoComplete = "list";
    if (chosen) {
      field.setAttribute("aria-controls", LIST);
      field.setAttribute("aria-activedescendant", `${LIST}-${index}`);
    } else {
      field.removeAttribute("aria-controls");
      field.removeAttribute("aria-activedescendant");
    }
  };

  const write = (text: string, caret: number) => {
    panel.write(text);
    field?.setSelectionRange(caret, caret);
  };

  const pick = (choice: Choice) => {
    if (!field || !trigger) return;
    const { value, selectionEnd } = field;
    const head = value.slice(0, trigger.from) + choice.insert;
    write(head + value.slice(selectionEnd), head.length);
    show([]);
  };

  const move = (by: number) => {
    index = (index + by + choices.length) % choices.length;
    describe();
    redraw();
  };

  /** Offers what can be inserted at the caret. */
  const look = ({ value, selectionEnd }: HTMLTextAreaElement) => {
    trigger = findTrigger(value, selectionEnd);
    const { sign, query = "" } = trigger ?? {};
    const found = sign === "@" ? people(query) : sign ? emoji(query) : [];
    if (found.length + choices.length > 0) show(found.slice(0, MAX_CHOICES));
  };

  /** What is offered goes along with the caret, or goes. */
  const follow = () => {
    if (!field || choices.length === 0) return;
    const now = findTrigger(field.value, field.selectionEnd);
    const isSame = now?.from === trigger?.from && now?.query === trigger?.query;
    if (!isSame) look(field);
  };

  /** Hears of every move of the caret, also where it is no event of its own. */
  const watch = (element: HTMLTextAreaElement) => {
    if (element === field) return;
    field = element;
    for (const type of ["selectionchange", "keyup", "click"])
      element.addEventListener(type, follow);
  };

  return {
    onInput(element) {
      watch(element);
      const { value, selectionEnd } = element;
      const head = value.slice(0, selectionEnd);
      const replaced = replaceCodes(head);
      if (head.endsWith(":") && replaced !== head) {
        write(replaced + value.slice(selectionEnd), replaced.length);
        return;
      }
      look(element);
    },
    onKey(event) {
      follow();
      const chosen = choices[index];
      if (!chosen || event.shiftKey) return false;
      switch (event.key) {
        case "ArrowDown":
          move(1);
          break;
        case "ArrowUp":
          move(-1);
          break;
        case "Enter":
        case "Tab":
          pick(chosen);
          break;
        case "Escape":
          show([]);
          break;
        default:
          return false;
      }
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    aboveComposer() {
      if (choices.length === 0) return undefined;
      return (
        <div key={LIST} class="above">
          <div
            id={LIST}
            class="popup completion"
            role="listbox"
            aria-label={conversation.strings.completion}
          >
            {choices.map((choice, at) => (
              <button
                key={choice.key}
                type="button"
                tabindex={-1}
                id={`${LIST}-${at}`}
                class="choice"
                role="option"
                aria-selected={`${at === index}`}
                // The caret stays where it is.
                onpointerdown={(event) => event.preventDefault()}
                onclick={() => pick(choice)}
              >
                {choice.draw()}
              </button>
            ))}
          </div>
        </div>
      );
    },
  };
}
