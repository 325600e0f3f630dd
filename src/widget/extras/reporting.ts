import { isAllowed, type Message, report } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

const MAX_REASON = 200;

/** Tells the moderators of a message; nobody else learns of it. */
export function createReporting(
  conversation: Conversation,
  kit: ExtrasKit,
): Extension {
  const { client } = conversation;

  const tell = async ({ seq }: Message) => {
    const { strings } = conversation;
    const reason = await kit.ask({
      text: strings.reportAsk,
      confirm: strings.report,
      field: { label: strings.reportReason, maxlength: MAX_REASON },
      about: seq,
    });
    if (reason !== undefined)
      await kit.report(report(client, { seq, reason }), strings.reported);
  };

  return {
    actions(message) {
      const isOwn = message.author.id === client.you?.id;
      if (message.deleted || isOwn || !isAllowed(client, "report")) return [];
      const { report: label } = conversation.strings;
      return [{ name: "report", label, run: () => tell(message) }];
    },
  };
}
