/** Reads a room's log: its newest page, older pages, what came after a cursor, one event. */
import { type Message, utf8Length } from "../protocol/mod.ts";
import type { Database } from "./database.ts";
import type { Encoded, Entry } from "./frames.ts";
import { reactionsFor } from "./reactions.ts";

/** Consecutive messages, ascending, in their current state as one reader sees them. */
export interface Page {
  readonly messages: readonly Encoded[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** Whether it is the same for every reader: nothing in it says `mine`. */
  readonly common: boolean;
}

type MessageRow = { seq: number; body: string; reactions: string | null };
type EventRow = { seq: number; body: string; edited: number };

/** Rows read at once while a resume is answered. */
const BATCH = 200;
/** A page is cut when it would fill more than a frame; its first message always fits. */
const MAX_PAGE_BYTES = 60_000;

/** What is kept of one room. */
export class History {
  readonly #database: Database;
  readonly #room: () => number;

  /** `room` is the room's number in the tables, 0 until it has one. */
  constructor(database: Database, room: () => number) {
    this.#database = database;
    this.#room = room;
  }

  /** The messages before `before` (or the newest), as `reader` sees them. */
  page(options: { before?: number; limit: number; reader: string }): Page {
    return readPage(this.#database, { room: this.#room(), ...options });
  }

  /** Every event with `after < seq`, ascending. */
  after(seq: number): Iterable<Entry> {
    return readAfter(this.#database, { room: this.#room(), after: seq });
  }

  /** The event `seq` as it is replayed. */
  event(seq: number): Encoded | undefined {
    return readEvent(this.#database, { room: this.#room(), seq });
  }

  /** The message `seq` in its current state, without reactions. */
  message(seq: number): Message | undefined {
    return readMessage(this.#database, { room: this.#room(), seq });
  }
}

/** The messages before `before` (or the newest), at most `limit` of them. */
export function readPage(
  database: Database,
  options: { room: number; before?: number; limit: number; reader: string },
): Page {
  const { room, before = Number.MAX_SAFE_INTEGER, limit, reader } = options;
  const rows = database.all<MessageRow>(
    `SELECT seq, body, reactions FROM messages
     WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    room,
    before,
    limit + 1,
  );
  const messages: Encoded[] = [];
  let bytes = 0;
  for (const row of rows.slice(0, limit)) {
    const message = withReactions(database, { room, reader, row });
    bytes += utf8Length(message);
    if (bytes > MAX_PAGE_BYTES && messages.length > 0) break;
    messages.push(message);
  }
  return {
    messages: messages.reverse(),
    more: messages.length < rows.length,
    common: rows.every(({ reactions }) => reactions === null),
  };
}

/** Every log event with `after < seq`, ascending; read in batches while it is consumed. */
export function* readAfter(
  database: Database,
  options: { room: number; after: number },
): Generator<Entry, void> {
  const { room } = options;
  let { after } = options;
  while (true) {
    const rows = database.all<EventRow>(
      `SELECT seq, body, 0 AS edited FROM messages WHERE room = ?1 AND seq > ?2
       UNION ALL
       SELECT seq, body, kind = 'edited' AS edited FROM changes WHERE room = ?1 AND seq > ?2
       ORDER BY seq LIMIT ?3`,
      room,
      after,
      BATCH,
    );
    for (const row of rows) {
      yield { encoded: withText(database, { room, row }), seq: row.seq };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = last.seq;
  }
}

/** The log event `seq`, as whoever resumes would be given it. */
export function readEvent(
  database: Database,
  options: { room: number; seq: number },
): Encoded | undefined {
  const { room, seq } = options;
  const row = database.first<EventRow>(
    `SELECT seq, body, 0 AS edited FROM messages WHERE room = ?1 AND seq = ?2
     UNION ALL
     SELECT seq, body, kind = 'edited' AS edited FROM changes WHERE room = ?1 AND seq = ?2`,
    room,
    seq,
  );
  return row && withText(database, { room, row });
}

/** The message `seq` in its current state, without reactions. */
export function readMessage(
  database: Database,
  options: { room: number; seq: number },
): Message | undefined {
  const row = database.first<{ body: string }>(
    "SELECT body FROM messages WHERE room = ? AND seq = ?",
    options.room,
    options.seq,
  );
  // The log wrote it, so its shape is known.
  return row && (JSON.parse(row.body) as Message);
}

/** Puts the reactions, with the reader's own marked, into the encoded message. */
function withReactions(
  database: Database,
  options: { room: number; reader: string; row: MessageRow },
): Encoded {
  const { room, reader, row } = options;
  if (row.reactions === null) return row.body;
  const reactions = reactionsFor(database, {
    room,
    target: row.seq,
    summary: row.reactions,
    reader,
  });
  return `${row.body.slice(0, -1)},${JSON.stringify(reactions).slice(1)}`;
}

/** Gives an edit the text that its message has now; a message that is gone has none. */
function withText(
  database: Database,
  options: { room: number; row: EventRow },
): Encoded {
  const { room, row } = options;
  if (!row.edited) return row.body;
  // The log wrote it, so its shape is known.
  const event = JSON.parse(row.body) as { target: number };
  const target = readMessage(database, { room, seq: event.target });
  return JSON.stringify({ ...event, text: target?.text ?? "" });
}
