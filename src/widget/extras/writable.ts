import { isAllowed } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";

/** Whether there is a composer to write in. */
export function canWrite(conversation: Conversation): boolean {
  const { client, element, extensions } = conversation;
  return (
    !element.readOnly &&
    isAllowed(client, "send") &&
    !extensions.some((extension) => extension.insteadOfComposer?.())
  );
}
