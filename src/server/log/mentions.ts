/** Who is meant by a message, and how many such messages somebody has not read. */
import type { Mention, Message, Problem } from "../../protocol/mod.ts";
import { NOBODY } from "../problems.ts";
import type { Database } from "../storage/database.ts";

/** How many messages back an author counts as somebody who may be meant. */
const KNOWN_AUTHORS = 100;

/** Finds somebody by id among those whom one may mean. */
export type Find = (id: string) => Mention | undefined;

/**
 * The members that `ids` name: each is `here`, was meant before or wrote one of the newest
 * messages of the room. Reads nothing while all of them are here.
 */
export function resolveMentions(
  database: Database,
  options: { room: number; ids: readonly string[]; here: Find },
): Mention[] | Problem {
  const { room, ids, here } = options;
  let authors: Map<string, Mention> | undefined;
  const mentions: Mention[] = [];
  for (const id of ids) {
    let found = here(id);
    if (!found) {
      authors ??= readAuthors(database, room);
      found = authors.get(id);
    }
    if (!found) return NOBODY;
    mentions.push({ id, nickname: found.nickname });
  }
  return mentions;
}

/** Notes who is meant by a message; its author needs no telling. */
export function addMentions(
  database: Database,
  options: { room: number; message: Message },
): void {
  const { room, message } = options;
  for (const { id } of message.mentions ?? []) {
    if (id === message.author.id) continue;
    database.run(
      "INSERT INTO mentions (member, room, seq) VALUES (?, ?, ?)",
      id,
      room,
      message.seq,
    );
  }
}

/** Forgets who was meant by a message. */
export function clearMentions(
  database: Database,
  options: { room: number; message: Message },
): void {
  const { room, message } = options;
  for (const { id } of message.mentions ?? []) {
    database.run(
      "DELETE FROM mentions WHERE member = ? AND room = ? AND seq = ?",
      id,
      room,
      message.seq,
    );
  }
}

/** How many messages after `after` mean `member`. */
export function countMentions(
  database: Database,
  options: { member: string; room: number; after: number },
): number {
  const row = database.first<{ count: number }>(
    "SELECT count(*) AS count FROM mentions WHERE member = ? AND room = ? AND seq > ?",
    options.member,
    options.room,
    options.after,
  );
  return row?.count ?? 0;
}

/** Whether two lists mean the same members in the same order. */
export function sameMentions(
  one: readonly Mention[] = [],
  other: readonly Mention[] = [],
): boolean {
  return (
    one.length === other.length &&
    one.every(({ id }, index) => id === other[index]?.id)
  );
}

/** Authors of the newest messages, as they were called in their newest. */
function readAuthors(database: Database, room: number): Map<string, Mention> {
  const rows = database.all<{ id: string; nickname: string }>(
    `SELECT author AS id, body ->> '$.author.nickname' AS nickname FROM messages
     WHERE room = ? ORDER BY seq DESC LIMIT ?`,
    room,
    KNOWN_AUTHORS,
  );
  return new Map(rows.reverse().map((author) => [author.id, author]));
}
