/** The statements that write a room's log: one row for a message, one for a change. */
import type { Deleted, Edited, Message, Reacted } from "../protocol/mod.ts";
import type { Database } from "./database.ts";

/** Where a row goes, and how a repetition of its command is recognised. */
export interface Key {
  readonly room: number;
  /** Id of who asked for it. */
  readonly author: string;
  /** Fingerprint of what was asked. */
  readonly print: number;
}

/** Writes a new message; `ordinal` is its number among the messages of the room. */
export function insertMessage(
  database: Database,
  row: Key & { message: Message; ordinal: number },
): void {
  const { message } = row;
  database.run(
    `INSERT INTO messages (room, seq, ordinal, at, author, nonce, print, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.room,
    message.seq,
    row.ordinal,
    message.at,
    row.author,
    message.nonce,
    row.print,
    JSON.stringify(message),
  );
}

/** Puts the present state of a message in place of an earlier one. */
export function rewriteMessage(
  database: Database,
  row: { room: number; message: Message },
): void {
  database.run(
    "UPDATE messages SET body = ? WHERE room = ? AND seq = ?",
    JSON.stringify(row.message),
    row.room,
    row.message.seq,
  );
}

/** Writes a change of an earlier message. */
export function insertChange(
  database: Database,
  row: Key & { event: Edited | Deleted | Reacted },
): void {
  const { event } = row;
  database.run(
    `INSERT INTO changes (room, seq, target, at, author, nonce, print, kind, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.room,
    event.seq,
    event.target,
    event.at,
    row.author,
    event.nonce,
    row.print,
    event.type,
    JSON.stringify(event),
  );
}
