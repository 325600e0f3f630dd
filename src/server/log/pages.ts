/** Reads a page of a room: its newest messages, or those before, after or around a place. */
import { utf8Length } from "../../protocol/mod.ts";
import type { Encoded } from "../frames.ts";
import type { Database } from "../storage/database.ts";
import { reactionsFor } from "./reactions.ts";

/** Where a page lies: at most one of the three, each a `seq`; none of them for the newest. */
export interface Range {
  /** Only what came earlier. */
  readonly before?: number | undefined;
  /** Only what came later. */
  readonly after?: number | undefined;
  /** What came up to it and what came later, about as much of each. */
  readonly around?: number | undefined;
  /** Most messages. */
  readonly limit: number;
}

/** Consecutive messages, ascending, in their current state as one reader sees them. */
export interface Page {
  readonly messages: readonly Encoded[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** Whether there are newer ones; absent unless the page was asked after or around a place. */
  readonly newer?: boolean;
}

/** A message as it is stored: its reactions apart. */
export type MessageRow = {
  seq: number;
  body: string;
  reactions: string | null;
};

/** Candidates of one direction, nearest first, of which at most `most` are taken. */
interface Side {
  readonly rows: readonly MessageRow[];
  readonly most: number;
  readonly messages: Encoded[];
}

/** A page is cut when it would fill more than a frame; its first message always fits. */
const MAX_PAGE_BYTES = 60_000;

/** The page of the room `room`, as `reader` sees it. */
export function readPage(
  database: Database,
  options: Range & { room: number; reader: string },
): Page {
  const { limit, after, around, before = Number.MAX_SAFE_INTEGER } = options;
  const goesOn = after !== undefined || around !== undefined;
  const place = after ?? around ?? before - 1;
  // One more than is asked for says whether there is more.
  const older: Side = {
    rows: readOlder(database, {
      ...options,
      place,
      count: after === undefined ? limit + 1 : 1,
    }),
    most: after === undefined ? limit : 0,
    messages: [],
  };
  const newer: Side = {
    rows: goesOn
      ? readNewer(database, { ...options, place, count: limit + 1 })
      : [],
    most: goesOn ? limit : 0,
    messages: [],
  };
  fill(database, { ...options, sides: [older, newer] });
  return {
    messages: [...older.messages.reverse(), ...newer.messages],
    more: older.messages.length < older.rows.length,
    ...(goesOn && { newer: newer.messages.length < newer.rows.length }),
  };
}

/** The newest messages that fit a page, ascending: as stored, and as a stranger sees them. */
export function readNewest(
  database: Database,
  options: { room: number; limit: number },
): { rows: readonly MessageRow[]; messages: readonly Encoded[] } {
  const { room, limit } = options;
  const place = Number.MAX_SAFE_INTEGER;
  const rows = readOlder(database, { room, place, count: limit });
  const side: Side = { rows, most: limit, messages: [] };
  fill(database, { room, reader: undefined, limit, sides: [side] });
  const messages = side.messages.reverse();
  return { rows: rows.slice(0, messages.length).reverse(), messages };
}

/** `fields` and the page, as JSON. */
export function encodePage(
  fields: object,
  page: Pick<Page, "messages" | "more" | "newer">,
): Encoded {
  const { messages, more, newer } = page;
  const rest = JSON.stringify({ ...fields, more, newer }).slice(1);
  return `{"messages":[${messages.join(",")}],${rest}`;
}

/** Takes from both sides in turn, until it is enough or fills a frame. */
function fill(
  database: Database,
  options: {
    room: number;
    reader: string | undefined;
    limit: number;
    sides: Side[];
  },
): void {
  const { room, reader, limit, sides } = options;
  let [count, bytes] = [0, 0];
  const isOpen = ({ rows, most, messages }: Side) =>
    messages.length < Math.min(most, rows.length);
  for (
    let open = sides.filter(isOpen);
    open.length > 0;
    open = open.filter(isOpen)
  ) {
    for (const { rows, messages } of open) {
      const row = rows[messages.length];
      if (!row) continue;
      const message = withReactions(database, { room, reader, row });
      bytes += utf8Length(message);
      if (count === limit || (bytes > MAX_PAGE_BYTES && count > 0)) return;
      messages.push(message);
      count++;
    }
  }
}

/** Messages up to and including the place `place`, newest first. */
function readOlder(
  database: Database,
  options: { room: number; place: number; count: number },
): MessageRow[] {
  return database.all<MessageRow>(
    `SELECT seq, body, reactions FROM messages
     WHERE room = ? AND seq <= ? ORDER BY seq DESC LIMIT ?`,
    options.room,
    options.place,
    options.count,
  );
}

/** Messages after the place `place`, oldest first. */
function readNewer(
  database: Database,
  options: { room: number; place: number; count: number },
): MessageRow[] {
  return database.all<MessageRow>(
    `SELECT seq, body, reactions FROM messages
     WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
    options.room,
    options.place,
    options.count,
  );
}

/** The message at a place; `undefined` if there is none. */
export function readMessageRow(
  database: Database,
  place: { room: number; seq: number },
): MessageRow | undefined {
  return database.first<MessageRow>(
    "SELECT seq, body, reactions FROM messages WHERE room = ? AND seq = ?",
    place.room,
    place.seq,
  );
}

/** Puts the reactions, with those of a `reader` marked, into the encoded message. */
export function withReactions(
  database: Database,
  options: { room: number; reader: string | undefined; row: MessageRow },
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
