/** The end of a message: its text and all that hangs on it are really gone from storage. */
import type { Message } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";
import { dropFile } from "./files.ts";
import { rewriteMessage } from "./log_rows.ts";
import { clearMentions } from "./mentions.ts";
import { clearReactions } from "./reactions.ts";

/**
 * Makes a tombstone of `message`: what is left is that somebody said something, and when. Its text,
 * reactions, mentions, image and what it replied to are erased. The one way a message ends,
 * whoever ends it; `by` is their id. Writes a row for itself and one for each thing that hung on it.
 */
export function eraseMessage(
  database: Database,
  options: { room: number; message: Message; by: string },
): void {
  const { room, message, by } = options;
  const { type, seq, nonce, at, author } = message;
  const kept = { type, seq, nonce, at, author };
  const tombstone: Message = {
    ...kept,
    text: "",
    deleted: true,
    ...(by !== author.id && { moderated: true }),
  };
  rewriteMessage(database, { room, message: tombstone });
  clearReactions(database, { room, target: message.seq });
  eraseAttached(database, options);
}

/** Erases what hangs on a message and lies outside its row, but its reactions. */
export function eraseAttached(
  database: Database,
  options: { room: number; message: Message },
): void {
  clearMentions(database, options);
  dropFile(database, options.message);
}
