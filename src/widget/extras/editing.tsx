/**
 * Changes the text of a message that was said. It is written where everything is written, on
 * a sheet of its own: the draft stays what it is, and what is not saved is kept.
 */
import { isAllowed, type Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";
import { keptEdits } from "./kept_edits.ts";
import { mentionsIn } from "./mentions.ts";
import { Strip } from "./strip.tsx";
import { canWrite } from "./writable.ts";

/** Edits messages of `conversation`: one's own, or any where one may. */
export function createEditing(
  conversation: Conversation,
  { isCloseKey, panel, report }: ExtrasKit,
): Extension {
  const { client, redraw } = conversation;
  const kept = keptEdits(conversation);
  /** The message that is edited. */
  let edited: Message | undefined;
  /** One whose edit was refused while something else was written. */
  let refused: Message | undefined;
  let isOver = false;
  let hasResumed = false;

  const isEditable = ({ author, deleted }: Message) =>
    !deleted &&
    canWrite(conversation) &&
    (author.id === client.you?.id || isAllowed(client, "edit_any"));

  const begin = (message: Message) => {
    const { seq } = message;
    let text = kept.find(seq) ?? message.text;
    edited = message;
    if (refused?.seq === seq) refused = undefined;
    conversation.sheet = {
      get text() {
        return text;
      },
      set text(next) {
        text = next;
        kept.keep(seq, next === message.text ? undefined : next);
      },
    };
    redraw();
  };

  const edit = (message: Message) => {
    begin(message);
    panel.focus();
  };

  /** Goes back to the draft. */
  const leave = () => {
    edited = conversation.sheet = undefined;
    redraw();
  };

  const cancel = () => {
    if (edited) kept.keep(edited.seq);
    leave();
    panel.focus();
  };

  const save = async (message: Message, text: string) => {
    const { seq } = message;
    const { written } = conversation;
    const people = [
      ...(client.timeline.members ?? []),
      ...(message.mentions ?? []),
    ];
    const mentions = mentionsIn(text, people);
    kept.keep(seq, text);
    const saved = client.ask({ type: "edit", seq, text, mentions });
    try {
      await saved;
      if (kept.find(seq) === text) kept.keep(seq);
    } catch {
      // It is there when one comes back.
      if (isOver) return;
      report(saved);
      // What is being written now stays before the reader's eyes.
      if (edited || conversation.written !== written) refused = message;
      else begin(message);
      redraw();
    }
  };

  /** Goes on with what another page began, unless the reader writes something else already. */
  const resume = () => {
    const { element, written } = conversation;
    const message = conversation.find(kept.last());
    const { activeElement } = element.shadowRoot ?? {};
    const isTyping = written !== "" && activeElement?.matches("textarea");
    if (message && !isTyping && isEditable(message)) begin(message);
  };

  const lastOwn = () =>
    client.timeline.messages.findLast(
      (message) => message.author.id === client.you?.id && isEditable(message),
    );

  const drawRefused = ({ text, seq }: Message) => {
    const { strings } = conversation;
    return (
      <div key="refused-edit" class="strip" role="alert">
        <span class="line">
          <b>{strings.failed}</b> {kept.find(seq) ?? text}
        </span>
        <button type="button" onclick={() => refused && edit(refused)}>
          {strings.edit}
        </button>
      </div>
    );
  };

  return {
    end() {
      isOver = true;
    },
    attach() {
      if (!hasResumed) resume();
      hasResumed = true;
    },
    actions(message) {
      if (!isEditable(message)) return [];
      const { edit: label } = conversation.strings;
      return [{ name: "edit", label, run: () => edit(message) }];
    },
    aboveComposer() {
      const { strings } = conversation;
      return [
        refused && drawRefused(refused),
        edited && (
          <Strip
            key="edit"
            label={strings.editing}
            text={edited.text}
            cancel={strings.cancelEdit}
            close={cancel}
          />
        ),
      ];
    },
    onKey(event, field) {
      const isUp = event.key === "ArrowUp" && !field.value && !edited;
      const last = isUp ? lastOwn() : undefined;
      const isCancelled = edited !== undefined && isCloseKey(event);
      if (!last && !isCancelled) return false;
      event.preventDefault();
      event.stopPropagation();
      if (last) edit(last);
      else cancel();
      return true;
    },
    take(text) {
      if (!edited) return false;
      const message = edited;
      leave();
      if (text !== message.text) save(message, text);
      return true;
    },
  };
}
