/** Which part of a room's log is kept: its newest messages, and the changes since the oldest. */
import type { Database } from "./database.ts";
import type { LogState } from "./log_state.ts";

/** Most messages dropped at once, so that a lowered limit never pauses the room. */
const BATCH = 64;

/** Drops what exceeds `limit` messages; `state.oldest` stays honest. */
export function prune(
  database: Database,
  options: { state: LogState; limit: number },
): void {
  const { state, limit } = options;
  if (!state.oldest) return;
  const excess = state.ordinal - state.oldest.ordinal + 1 - limit;
  if (excess <= 0) return;
  const oldest = database.first<{ seq: number; ordinal: number }>(
    `SELECT seq, ordinal FROM messages
     WHERE room = ? AND seq >= ? ORDER BY seq LIMIT 1 OFFSET ?`,
    state.id,
    state.oldest.seq,
    Math.min(excess, BATCH),
  );
  if (!oldest) return;
  database.run(
    "DELETE FROM messages WHERE room = ? AND seq < ?",
    state.id,
    oldest.seq,
  );
  database.run(
    "DELETE FROM changes WHERE room = ? AND seq < ?",
    state.id,
    oldest.seq,
  );
  database.run(
    "DELETE FROM reactions WHERE room = ? AND target < ?",
    state.id,
    oldest.seq,
  );
  state.oldest = oldest;
}
