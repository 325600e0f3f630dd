/** Finds a place in a room's log by time: times ascend with `seq`, so half is enough to ask. */
import type { Database } from "../storage/database.ts";

/** The lowest `seq` of a message that is not older than `since` (in ms since 1970); above the newest if none is. */
export function firstSince(
  database: Database,
  options: { room: number; since: number },
): number {
  const { room, since } = options;
  const newest = database.first<{ seq: number }>(
    "SELECT seq FROM messages WHERE room = ? ORDER BY seq DESC LIMIT 1",
    room,
  );
  let low = 0;
  let high = (newest?.seq ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const next = database.first<{ seq: number; at: number }>(
      "SELECT seq, at FROM messages WHERE room = ? AND seq >= ? ORDER BY seq LIMIT 1",
      room,
      middle,
    );
    if (next === undefined || next.at >= since) high = middle;
    else low = next.seq + 1;
  }
  return low;
}
