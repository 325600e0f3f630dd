/** Which part of a room's log is kept: its newest messages, and the changes since the oldest. */
import type { Database } from "../storage/database.ts";
import { eraseAttached } from "./erase.ts";
import { parseStored } from "./log_rows.ts";
import type { LogState } from "./log_state.ts";

/** Most messages dropped at once, so that a lowered limit never pauses the room. */
const BATCH = 64;
/** Most changes, and most reactions: a few milliseconds, and more than messages mostly have. */
const HANGING_BATCH = 1_000;

/** How many messages more than `limit` are kept. */
export function excessOf(state: LogState, limit: number): number {
  const { ordinal, oldest } = state;
  return oldest === undefined ? 0 : ordinal + 1 - oldest.ordinal - limit;
}

/** Drops what exceeds `limit` messages; `state.oldest` is kept up to date. */
export function prune(
  database: Database,
  options: { state: LogState; limit: number },
): void {
  const { state, limit } = options;
  const excess = excessOf(state, limit);
  if (!state.oldest || excess <= 0) return;
  const oldest = database.first<{ seq: number; ordinal: number }>(
    `SELECT seq, ordinal FROM messages
     WHERE room = ? AND seq >= ? ORDER BY seq LIMIT 1 OFFSET ?`,
    state.id,
    state.oldest.seq,
    Math.min(excess, BATCH),
  );
  if (!oldest) return;
  const dropped = database.all<{ body: string }>(
    "DELETE FROM messages WHERE room = ? AND seq < ? RETURNING body",
    state.id,
    oldest.seq,
  );
  for (const { body } of dropped) {
    const message = parseStored(body);
    eraseAttached(database, { room: state.id, message });
  }
  // What is left of these beyond a batch is below `oldest`: nobody reads it, and the
  // next time takes it.
  database.run(
    `DELETE FROM changes WHERE room = ?1 AND seq IN (
       SELECT seq FROM changes WHERE room = ?1 AND seq < ?2 ORDER BY seq LIMIT ?3)`,
    state.id,
    oldest.seq,
    HANGING_BATCH,
  );
  database.run(
    `DELETE FROM reactions WHERE (room, target, emoji, member) IN (
       SELECT room, target, emoji, member FROM reactions
       WHERE room = ?1 AND target < ?2 LIMIT ?3)`,
    state.id,
    oldest.seq,
    HANGING_BATCH,
  );
  state.oldest = oldest;
}
