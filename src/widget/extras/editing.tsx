/**
 * Changes the text of a message that was said. It is written where everything is written;
 * what stood there before comes back afterwards.
 */
import { isAllowed, type Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";
import { mentionsIn } from "./mentions.ts";
import { Strip } from "./strip.tsx";

/** A message whose text is being changed. */
interface Change {
  readonly message: Message;
  /** What was in the field before. */
  readonly draft: string;
}

/** Edits messages of `conversation`: one's own, or any where one may. */
export function createEditing(
  conversation: Conversation,
  { isCloseKey, panel, report }: ExtrasKit,
): Extension {
  const { client, redraw } = conversation;
  let change: Change | undefined;

  const isEditable = ({ author, deleted }: Message) =>
    !deleted &&
    isAllowed(client, "send") &&
    (author.id === client.you?.id || isAllowed(client, "edit_any"));

  const begin = (message: Message, text = message.text) => {
    change = { message, draft: change?.draft ?? conversation.draft };
    panel.write(text);
    panel.focus();
    redraw();
  };

  const finish = () => {
    const draft = change?.draft ?? "";
    change = undefined;
    panel.write(draft);
    panel.focus();
    redraw();
  };

  const save = async ({ message }: Change, text: string) => {
    const { seq } = message;
    const people = [
      ...(client.timeline.members ?? []),
      ...(message.mentions ?? []),
    ];
    const mentions = mentionsIn(text, people);
    const edited = client.ask({ type: "edit", seq, text, mentions });
    // The text is not lost: it is where it was written, with what is written there now.
    if (!(await report(edited))) begin(message, text);
  };

  const lastOwn = () =>
    client.timeline.messages.findLast(
      (message) => message.author.id === client.you?.id && isEditable(message),
    );

  return {
    actions(message) {
      if (!isEditable(message)) return [];
      const { edit: label } = conversation.strings;
      return [{ name: "edit", label, run: () => begin(message) }];
    },
    aboveComposer() {
      if (!change) return undefined;
      const { strings } = conversation;
      return (
        <Strip
          key="edit"
          label={strings.editing}
          text={change.message.text}
          cancel={strings.cancelEdit}
          close={finish}
        />
      );
    },
    onKey(event, field) {
      const isUp = event.key === "ArrowUp" && !field.value && !change;
      const last = isUp ? lastOwn() : undefined;
      const isCancelled = change !== undefined && isCloseKey(event);
      if (!last && !isCancelled) return false;
      event.preventDefault();
      event.stopPropagation();
      if (last) begin(last);
      else finish();
      return true;
    },
    take(text) {
      if (!change) return false;
      const current = change;
      if (text !== current.message.text) save(current, text);
      // The composer empties its field first.
      queueMicrotask(finish);
      return true;
    },
  };
}
