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
  /** Those whose edits were refused while something else was written. */
  let refused: readonly Message[] = [];
  let isOver = false;
  let hasResumed = false;

  const isEditable = ({ author, deleted }: Message) =>
    !deleted &&
    canWrite(conversation) &&
    (author.id === client.you?.id || isAllowed(client, "edit_any"));

  const unrefuse = (wanted: number) => {
    refused = refused.filter(({ seq }) => seq !== wanted);
  };

  const begin = (message: Message) => {
    const { seq } = message;
    let text = kept.find(seq) ?? message.text;
    edited = message;
    unrefuse(seq);
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

  /** The message `seq` has what it is to have: there is nothing to save any more. */
  const drop = (seq: number) => {
    if (kept.find(seq) !== undefined) kept.keep(seq);
    unrefuse(seq);
    if (edited?.seq === seq) leave();
    else redraw();
  };

  const cancel = ({ seq }: Message) => {
    drop(seq);
    panel.focus();
  };

  /** The message `seq` is gone; what was written for it is not, but goes to the draft. */
  const giveUp = (seq: number, text: string | undefined) => {
    drop(seq);
    if (!text) return;
    const { sheet } = conversation;
    conversation.sheet = undefined;
    const { written } = conversation;
    conversation.written = written ? `${written}\n${text}` : text;
    conversation.sheet = sheet;
    redraw();
  };

  const off = client.on("event", (event) => {
    if (event.type !== "edited" && event.type !== "deleted") return;
    const { target } = event;
    const isOpen = edited?.seq === target;
    const wanted = isOpen ? conversation.written : kept.find(target);
    // Nobody else takes the reader's words away: to save them will say how it is.
    const isDone =
      event.type === "edited"
        ? event.text === wanted
        : wanted === (isOpen ? edited?.text : undefined);
    if (isDone) drop(target);
  });

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
      if (conversation.find(seq)?.deleted) return giveUp(seq, kept.find(seq));
      unrefuse(seq);
      // What is being written now stays before the reader's eyes.
      if (edited || conversation.written !== written)
        refused = [...refused, message];
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
    if (!message) return;
    const { deleted, seq, text } = message;
    if (deleted) giveUp(seq, kept.find(seq));
    else if (text === kept.find(seq)) drop(seq);
    else if (!isTyping && isEditable(message)) begin(message);
  };

  const lastOwn = () =>
    client.timeline.messages.findLast(
      (message) => message.author.id === client.you?.id && isEditable(message),
    );

  /** Why it was refused has been said. */
  const drawRefused = (message: Message) => {
    const { strings } = conversation;
    const { seq, text } = message;
    return (
      <div key={`refused${seq}`} class="strip">
        <span class="line">
          <b>{strings.failed}</b> {kept.find(seq) ?? text}
        </span>
        <button type="button" onclick={() => edit(message)}>
          {strings.edit}
        </button>
        <button
          type="button"
          class="close"
          aria-label={strings.cancelEdit}
          onclick={() => cancel(message)}
        />
      </div>
    );
  };

  return {
    end() {
      isOver = true;
      off();
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
      const message = edited;
      return [
        refused.map(drawRefused),
        message && (
          <Strip
            key="edit"
            label={strings.editing}
            text={message.text}
            cancel={strings.cancelEdit}
            close={() => cancel(message)}
          />
        ),
      ];
    },
    onKey(event, field) {
      const isUp = event.key === "ArrowUp" && !field.value && !edited;
      const last = isUp ? lastOwn() : undefined;
      const cancelled = isCloseKey(event) ? edited : undefined;
      if (!last && !cancelled) return false;
      event.preventDefault();
      event.stopPropagation();
      if (last) edit(last);
      if (cancelled) cancel(cancelled);
      return true;
    },
    take(text) {
      if (!edited) return false;
      const message = edited;
      leave();
      if (text === message.text) drop(message.seq);
      else save(message, text);
      return true;
    },
  };
}
