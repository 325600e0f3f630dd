/** Erases what a member has said since a time: their messages become tombstones at once. */
import type { Message } from "../protocol/mod.ts";
import type { Database } from "./database.ts";
import { eraseMessage } from "./erase.ts";
import { firstSince } from "./log_times.ts";

/** Whose messages, where, and from when on. */
export interface Purge {
  /** Number of the room in the tables. */
  readonly room: number;
  /** Id of the author. */
  readonly member: string;
  /** In ms since 1970. */
  readonly since: number;
}

/** Messages in memory at once. */
const BATCH = 200;

/** Erases texts and all that hangs on them for real; the log keeps that there was a message. */
export function purgeMessages(database: Database, purge: Purge): void {
  const { room, member } = purge;
  for (let seq = firstSince(database, purge); ; ) {
    const rows = database.all<{ seq: number; body: string }>(
      `SELECT seq, body FROM messages
       WHERE room = ? AND seq >= ? AND author = ? ORDER BY seq LIMIT ?`,
      room,
      seq,
      member,
      BATCH,
    );
    for (const row of rows) {
      // The log wrote it, so its shape is known.
      const message = JSON.parse(row.body) as Message;
      if (!message.deleted) eraseMessage(database, { room, message });
      seq = row.seq + 1;
    }
    if (rows.length < BATCH) return;
  }
}
