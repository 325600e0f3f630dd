/** Finds messages by a part of their text. Reads a bounded slice per call, newest first. */
import type { Message } from "../protocol/mod.ts";
import type { Database } from "./database.ts";

/** What a slice of the search found. */
export interface Found {
  /** Newest first. */
  readonly messages: readonly Message[];
  /** Whether there is history that was not searched. */
  readonly more: boolean;
  /** Where to go on: the next call's `before`. */
  readonly before?: number;
}

/** Messages read per call: a few milliseconds, so that the room is not held up. */
const SLICE = 2_000;
const MAX_FOUND = 50;

/** Messages before `before` whose text has `query`, case and width folded. */
export function searchMessages(
  database: Database,
  options: { room: number; query: string; before?: number },
): Found {
  const { room, query, before = Number.MAX_SAFE_INTEGER } = options;
  const wanted = fold(query);
  const rows = database.all<{ seq: number; body: string }>(
    `SELECT seq, body FROM messages
     WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    room,
    before,
    SLICE,
  );
  const messages: Message[] = [];
  let last = rows.at(-1)?.seq ?? 0;
  for (const row of rows) {
    // The log wrote it, so its shape is known.
    const message = JSON.parse(row.body) as Message;
    if (!message.deleted && fold(message.text).includes(wanted)) {
      messages.push(message);
    }
    if (messages.length === MAX_FOUND) {
      last = row.seq;
      break;
    }
  }
  const more = messages.length === MAX_FOUND || rows.length === SLICE;
  return { messages, more, ...(more && { before: last }) };
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
