import { isAllowed, moderate } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

/** Pins messages of `conversation`, for whoever may. */
export function createPinning(
  conversation: Conversation,
  { report }: ExtrasKit,
): Extension {
  const { client } = conversation;
  return {
    actions({ seq, deleted }) {
      if (deleted || !isAllowed(client, "steer")) return [];
      const { strings } = conversation;
      const isPinned = client.timeline.settings?.pinned === seq;
      const name = isPinned ? "unpin" : "pin";
      const act = isPinned
        ? ({ action: "unpin" } as const)
        : ({ action: "pin", target: seq } as const);
      const run = () => report(moderate(client, act));
      return [{ name, label: strings[name], run }];
    },
  };
}
