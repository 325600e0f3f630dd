import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";

/** Says of a deleted message whether a moderator has deleted it. */
export function createTombstones(conversation: Conversation): Extension {
  return {
    gone: ({ moderated }) => moderated && conversation.strings.goneByModerator,
  };
}
