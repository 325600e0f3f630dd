/**
 * Walks the messages of one or more rooms from the newest to the oldest. It stops after
 * each, so that whoever searches can let the room go on in between.
 */
import type { Database } from "../storage/database.ts";
import { firstSince } from "./log_times.ts";

/** A place in the order in which a search goes: by time, and where that is the same by room. */
export interface SearchPlace {
  readonly at: number;
  /** Number of the room in the tables. */
  readonly room: number;
  readonly seq: number;
}

/** A message that is looked at. */
export interface Candidate extends SearchPlace {
  readonly author: string;
  /** Empty for one that was deleted. */
  readonly text: string;
}

/** Where a search looks. */
export interface Span {
  /** Numbers of the rooms in the tables. */
  readonly rooms: readonly number[];
  /** Only what comes after it in the search's order; in one room, a `seq` says it as well. */
  readonly before?: SearchPlace | number | undefined;
  /** In ms since 1970, inclusive. */
  readonly from?: number | undefined;
  /** In ms since 1970, exclusive. */
  readonly to?: number | undefined;
}

/** Messages read at once: few at first, since most rooms have little to do with it. */
const FIRST_BATCH = 8;
const MAX_BATCH = 64;

/**
 * All messages of `span`, newest first. `undefined` in between is a breath: something was
 * read that took as long as several messages.
 */
export function* walk(
  database: Database,
  span: Span,
): Generator<Candidate | undefined, void> {
  const sources: Source[] = [];
  for (const room of span.rooms) {
    const source = new Source(database, { ...span, room });
    yield undefined;
    if (source.head) sources.push(source);
  }
  for (;;) {
    let newest: Source | undefined;
    for (const source of sources) {
      if (!newest || precedes(source.head, newest.head)) newest = source;
    }
    if (!newest?.head) return;
    yield newest.head;
    newest.advance();
  }
}

/** One room of a walk. */
class Source {
  /** The next message; `undefined` at the end. */
  head: Candidate | undefined;
  readonly #database: Database;
  readonly #room: number;
  readonly #from: number;
  #below: number;
  #batch = FIRST_BATCH;
  #rows: Candidate[] = [];

  constructor(database: Database, span: Span & { room: number }) {
    this.#database = database;
    this.#room = span.room;
    this.#from = span.from ?? 0;
    this.#below = startOf(database, span);
    this.advance();
  }

  advance(): void {
    if (this.#rows.length === 0) this.#read();
    const next = this.#rows.pop();
    this.head = next && next.at >= this.#from ? next : undefined;
  }

  #read(): void {
    const rows = this.#database.all<{
      at: number;
      room: number;
      seq: number;
      author: string;
      text: string;
    }>(
      `SELECT at, room, seq, author, body ->> '$.text' AS text FROM messages
       WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
      this.#room,
      this.#below,
      this.#batch,
    );
    this.#below = rows.at(-1)?.seq ?? 0;
    this.#batch = Math.min(this.#batch * 2, MAX_BATCH);
    this.#rows = rows.reverse();
  }
}

/** The `seq` below which a room belongs to the span. */
function startOf(
  database: Database,
  { room, before, to }: Span & { room: number },
): number {
  const starts = [Number.MAX_SAFE_INTEGER];
  if (to !== undefined) starts.push(firstSince(database, { room, since: to }));
  if (typeof before === "number") {
    starts.push(before);
  } else if (before?.room === room) {
    starts.push(before.seq);
  } else if (before) {
    // Of the same moment, rooms with a lower number are still to come.
    const since = before.at + (room < before.room ? 1 : 0);
    starts.push(firstSince(database, { room, since }));
  }
  return Math.min(...starts);
}

/** Whether `one` comes before `other` in the order of a search. */
function precedes(
  one: SearchPlace | undefined,
  other: SearchPlace | undefined,
): boolean {
  if (!one || !other) return one !== undefined;
  return one.at !== other.at ? one.at > other.at : one.room > other.room;
}
