/** Reads a room's log: pages, what came after a cursor, one event. */
import type { Edited, Message } from "../../protocol/mod.ts";
import type { Encoded, Entry } from "../frames.ts";
import type { Database } from "../storage/database.ts";
import { parseStored } from "./log_rows.ts";
import { NewestPage } from "./newest_page.ts";
import { type Page, type Range, readPage } from "./pages.ts";

type EventRow = { seq: number; body: string; edited: number };

/** Rows read at once while a resume is answered. */
const BATCH = 200;

/** What is kept of one room. */
export class History {
  readonly #database: Database;
  readonly #room: () => number;

  /** `room` is the room's number in the tables, 0 until it has one. */
  constructor(database: Database, room: () => number) {
    this.#database = database;
    this.#room = room;
  }

  /** The messages in `range`, as `reader` sees them. */
  page(options: Range & { reader: string }): Page {
    return readPage(this.#database, { room: this.#room(), ...options });
  }

  /** The newest messages, at most `limit`, for many readers. */
  newest(limit: number): NewestPage {
    return new NewestPage(this.#database, { room: this.#room(), limit });
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

  /** The latest message of `author` among the newest `lookBack`. */
  latestBy(author: string, lookBack: number): Message | undefined {
    const row = this.#database.first<{ body: string }>(
      `SELECT body FROM (
         SELECT author, body FROM messages WHERE room = ? ORDER BY seq DESC LIMIT ?)
       WHERE author = ? LIMIT 1`,
      this.#room(),
      lookBack,
      author,
    );
    return row && parseStored(row.body);
  }
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
      yield { encoded: withState(database, { room, row }), seq: row.seq };
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
  return row && withState(database, { room, row });
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
  return row && parseStored(row.body);
}

/** Gives an edit what its message has now: text and mentions; one that is gone has none. */
function withState(
  database: Database,
  options: { room: number; row: EventRow },
): Encoded {
  const { room, row } = options;
  if (!row.edited) return row.body;
  // The log wrote it, so its shape is known.
  const event = JSON.parse(row.body) as Edited;
  const target = readMessage(database, { room, seq: event.target });
  return JSON.stringify({
    ...event,
    text: target?.text ?? "",
    ...(event.mentions && { mentions: target?.mentions ?? [] }),
  });
}
