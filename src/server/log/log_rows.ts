/** The statements that write a room's log: one row for a message, one for a change. */
import type { Message } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";

/** Where a row goes, and how a repetition of its command is recognised. */
export interface Key {
  readonly room: number;
  readonly seq: number;
  /** In ms since 1970. */
  readonly at: number;
  /** Id of who asked for it. */
  readonly author: string;
  readonly nonce: string;
  /** Fingerprint of what was asked. */
  readonly print: number;
}

/** Writes a new message; `ordinal` is its number among the messages of the room. */
export function insertMessage(
  database: Database,
  row: Key & { ordinal: number; body: string },
): void {
  database.run(
    `INSERT INTO messages (room, seq, ordinal, at, author, nonce, print, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.room,
    row.seq,
    row.ordinal,
    row.at,
    row.author,
    row.nonce,
    row.print,
    row.body,
  );
}

/** Number of the last message up to `seq`; `undefined` when none of them is kept. */
export function ordinalAt(
  database: Database,
  place: { room: number; seq: number },
): number | undefined {
  return database.first<{ ordinal: number }>(
    `SELECT ordinal FROM messages
     WHERE room = ? AND seq <= ? ORDER BY seq DESC LIMIT 1`,
    place.room,
    place.seq,
  )?.ordinal;
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

/** Writes a change of the earlier message `target`. */
export function insertChange(
  database: Database,
  row: Key & { kind: string; target: number; body: string },
): void {
  database.run(
    `INSERT INTO changes (room, seq, target, at, author, nonce, print, kind, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.room,
    row.seq,
    row.target,
    row.at,
    row.author,
    row.nonce,
    row.print,
    row.kind,
    row.body,
  );
}

/** The message in a row's `body`. */
export function parseStored(body: string): Message {
  // The log wrote it, so its shape is known.
  return JSON.parse(body) as Message;
}
