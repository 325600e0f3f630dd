import { isAllowed, type Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

/** Deletes messages of `conversation`: one's own, or any where one may. */
export function createDeleting(
  conversation: Conversation,
  { ask, report }: ExtrasKit,
): Extension {
  const { client } = conversation;

  const remove = async ({ seq }: Message) => {
    const { strings } = conversation;
    const question = {
      text: strings.deleteAsk,
      confirm: strings.delete,
      isDangerous: true,
      about: seq,
    };
    if ((await ask(question)) !== undefined)
      await report(client.delete(seq), strings.deleteDone);
  };

  return {
    actions(message) {
      const { author, deleted } = message;
      const isOwn = author.id === client.you?.id && isAllowed(client, "send");
      if (deleted || !(isOwn || isAllowed(client, "delete_any"))) return [];
      const { delete: label } = conversation.strings;
      const run = () => remove(message);
      return [{ name: "delete", label, isDangerous: true, run }];
    },
  };
}
