/**
 * When a member last spoke in a room. The log knows it, so that neither a new connection
 * nor an eviction gives anybody an extra message; read only while slow mode is on.
 */
import { MAX_SLOW_SECONDS } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";

/** Rows read at once. */
const BATCH = 100;
/** What is older binds nobody, in ms. */
const LONGEST = MAX_SLOW_SECONDS * 1_000;

/** The latest message of each member within the slow mode's time. */
export class SlowMode {
  readonly #database: Database;
  readonly #room: () => number;
  /** The one who has been silent longest comes first. */
  #lastAt = new Map<string, number>();
  /** Messages at and after this time are known, in ms since 1970. */
  #knownSince = Infinity;

  constructor(database: Database, room: () => number) {
    this.#database = database;
    this.#room = room;
  }

  /** Members that are remembered. */
  get size(): number {
    return this.#lastAt.size;
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
    if (this.#knownSince === Infinity) return;
    this.#lastAt.delete(member);
    this.#lastAt.set(member, at);
    for (const [silent, last] of this.#lastAt) {
      if (last >= at - LONGEST) break;
      this.#lastAt.delete(silent);
      this.#knownSince = Math.max(this.#knownSince, at - LONGEST);
    }
  }

  /** Slow mode is over, or another one begins. */
  forget(): void {
    this.#lastAt.clear();
    this.#knownSince = Infinity;
  }

  #read(since: number): void {
    const newest = new Map<string, number>();
    for (const { at, author } of this.#since(since)) {
      if (!newest.has(author)) newest.set(author, at);
    }
    this.#lastAt = new Map([...newest].reverse());
    this.#knownSince = since;
  }

  /** Messages since a time, the newest first. */
  *#since(since: number): Generator<{ at: number; author: string }, void> {
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
      for (const row of rows) {
        if (row.at < since) return;
        yield row;
        before = row.seq;
      }
      if (rows.length < BATCH) return;
    }
  }
}
