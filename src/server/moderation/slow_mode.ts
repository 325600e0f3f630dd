/**
 * When a member last spoke in a room. The log knows it, so that neither a new connection
 * nor an eviction gives anybody an extra message; read only while slow mode is on.
 */
import type { Database } from "../storage/database.ts";

/** Rows read at once. */
const BATCH = 100;

/** The latest message of each member within the slow mode's time. */
export class SlowMode {
  readonly #database: Database;
  readonly #room: () => number;
  readonly #lastAt = new Map<string, number>();
  /** Messages at and after this time are known, in ms since 1970. */
  #knownSince = Infinity;

  constructor(database: Database, room: () => number) {
    this.#database = database;
    this.#room = room;
  }

  /** How long `member` has to wait until `seconds` have passed since their last message, in ms. */
  wait(member: string, options: { seconds: number; now: number }): number {
    const time = options.seconds * 1_000;
    const since = options.now - time;
    if (since < this.#knownSince) this.#read(since);
    const last = this.#lastAt.get(member);
    // A clock that goes back makes nobody wait longer than the mode asks for.
    return last === undefined ? 0 : Math.min(Math.max(0, last - since), time);
  }

  /** A member has spoken. */
  spoke(member: string, at: number): void {
    // While nobody asks there is nothing to remember.
    if (this.#knownSince !== Infinity) this.#lastAt.set(member, at);
  }

  /** Slow mode is over, or another one begins. */
  forget(): void {
    this.#lastAt.clear();
    this.#knownSince = Infinity;
  }

  #read(since: number): void {
    this.#lastAt.clear();
    this.#knownSince = since;
    let before = Number.MAX_SAFE_INTEGER;
    while (true) {
      const rows = this.#database.all<{
        seq: number;
        at: number;
        author: string;
      }>(
        `SELECT seq, at, author FROM messages
         WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
        this.#room(),
        before,
        BATCH,
      );
      for (const { seq, at, author } of rows) {
        if (at < since) return;
        if (!this.#lastAt.has(author)) this.#lastAt.set(author, at);
        before = seq;
      }
      if (rows.length < BATCH) return;
    }
  }
}
