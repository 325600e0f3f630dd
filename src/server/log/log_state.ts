/** Where a room's log stands: read once in a handful of rows, then kept level by its writer. */
import type { Database } from "../storage/database.ts";

/** What an append must know of the rows before it. */
export interface LogState {
  /** Number of the room in the tables; 0 before its first message. */
  id: number;
  /** Highest `seq`; 0 when nothing was said yet. */
  head: number;
  /** `at` of the newest event, in ms since 1970. */
  at: number;
  /** How many messages there ever were. */
  ordinal: number;
  /** The oldest message that is kept. */
  oldest: { readonly seq: number; readonly ordinal: number } | undefined;
}

/** Most rooms of one project: a name costs its maker nothing, a row costs the operator. */
const ROOM_LIMIT = 1_000;
/** Most rooms where guests open new ones: whoever comes along must not take them all, for good. */
const GUEST_ROOM_LIMIT = 500;

/** Reads at most four rows, however long the log is. */
export function loadState(database: Database, room: string): LogState {
  const id = database.first<{ id: number }>(
    "SELECT id FROM rooms WHERE name = ?",
    room,
  )?.id;
  if (id === undefined) {
    return { id: 0, head: 0, at: 0, ordinal: 0, oldest: undefined };
  }
  const message = database.first<{ seq: number; at: number; ordinal: number }>(
    `SELECT seq, at, ordinal FROM messages
     WHERE room = ? ORDER BY seq DESC LIMIT 1`,
    id,
  );
  const change = database.first<{ seq: number; at: number }>(
    "SELECT seq, at FROM changes WHERE room = ? ORDER BY seq DESC LIMIT 1",
    id,
  );
  return {
    id,
    head: Math.max(message?.seq ?? 0, change?.seq ?? 0),
    at: Math.max(message?.at ?? 0, change?.at ?? 0),
    ordinal: message?.ordinal ?? 0,
    oldest: database.first<{ seq: number; ordinal: number }>(
      "SELECT seq, ordinal FROM messages WHERE room = ? ORDER BY seq LIMIT 1",
      id,
    ),
  };
}

/** Names of all rooms that ever had a message, oldest first. */
export function roomNames(database: Database): string[] {
  return database
    .all<{ name: string }>("SELECT name FROM rooms ORDER BY id")
    .map(({ name }) => name);
}

/** Names of all rooms that ever had a message, by number. */
export function roomNumbers(database: Database): Map<number, string> {
  const rows = database.all<{ id: number; name: string }>(
    "SELECT id, name FROM rooms ORDER BY id",
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Gives a room its number; `undefined` when the project holds as many as `by` may begin. */
export function createRoom(
  database: Database,
  { name, by }: { name: string; by: { readonly guest: boolean } },
): number | undefined {
  return database.first<{ id: number }>(
    `INSERT INTO rooms (id, name)
     SELECT ifnull(max(id), 0) + 1, ? FROM rooms
     HAVING ifnull(max(id), 0) < ?
     RETURNING id`,
    name,
    by.guest ? GUEST_ROOM_LIMIT : ROOM_LIMIT,
  )?.id;
}
