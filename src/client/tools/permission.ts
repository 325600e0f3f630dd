/** What you may do in a room. */
import { type Action, may } from "../../protocol/permissions.ts";
import type { ChatClient } from "../chat_client.ts";

/** Whether you may do `action` in the room of `client`; false before it was entered. */
export function isAllowed(client: ChatClient, action: Action): boolean {
  const { you, settings } = client.timeline;
  return you !== undefined && may(you.role, action, settings?.mode);
}
