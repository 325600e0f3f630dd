/**
 * Erases what a member has said since a time: their messages become tombstones at once. It is
 * what erase.ts does to one message, for thousands in a few statements: one by one they
 * would hold up the room five times as long.
 */
import { firstSince } from "../log/log_times.ts";
import type { Database } from "../storage/database.ts";

/** Whose messages, where, and from when on. */
export interface Purge {
  /** Number of the room in the tables. */
  readonly room: number;
  /** Id of the author. */
  readonly member: string;
  /** In ms since 1970. */
  readonly since: number;
}

/** Messages erased at once: more would hold up the room for too long. */
const MOST = 5_000;

/**
 * Erases texts and all that hangs on them for real; the log keeps that there was a message.
 * Returns since when everything is erased, in ms since 1970: later than asked for where
 * there was too much.
 */
export function purgeMessages(database: Database, purge: Purge): number {
  const { room, member } = purge;
  const first = firstSince(database, purge);
  const since = limit(database, { ...purge, first });
  const seq =
    since > purge.since ? firstSince(database, { room, since }) : first;
  for (const statement of STATEMENTS)
    database.run(statement, room, seq, member);
  return since;
}

/** The time of the oldest message that is not too many. */
function limit(database: Database, purge: Purge & { first: number }): number {
  const { room, first, member, since } = purge;
  const row = database.first<{ at: number }>(
    `SELECT at FROM messages
     WHERE room = ?1 AND seq >= ?2 AND author = ?3 AND body ->> '$.deleted' IS NULL
     ORDER BY seq DESC LIMIT 1 OFFSET ?4`,
    room,
    first,
    member,
    MOST - 1,
  );
  return Math.max(since, row?.at ?? since);
}

/** What hangs on the messages of ?3 in the room ?1 from seq ?2 on, and then they themselves. */
const STATEMENTS = [
  `DELETE FROM file_parts WHERE key IN (
     SELECT key FROM files WHERE room = ?1 AND seq >= ?2 AND member = ?3)`,
  "DELETE FROM files WHERE room = ?1 AND seq >= ?2 AND member = ?3",
  `DELETE FROM mentions WHERE room = ?1 AND seq IN (
     SELECT seq FROM messages WHERE room = ?1 AND seq >= ?2 AND author = ?3)`,
  `DELETE FROM reactions WHERE room = ?1 AND target IN (
     SELECT seq FROM messages
     WHERE room = ?1 AND seq >= ?2 AND author = ?3 AND reactions IS NOT NULL)`,
  `UPDATE messages SET reactions = NULL, body = json_object(
     'type', 'message', 'seq', seq, 'nonce', nonce, 'at', at,
     'author', body -> '$.author', 'text', '', 'deleted', json('true'),
     'moderated', json('true'))
   WHERE room = ?1 AND seq >= ?2 AND author = ?3 AND body ->> '$.deleted' IS NULL`,
];
