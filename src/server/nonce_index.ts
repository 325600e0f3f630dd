/**
 * Finds an earlier command by author and nonce, so that a retry is never a duplicate. It
 * lives beside the tables without an index of theirs: the newest 500 in memory, read
 * again after eviction; what is older is searched for only when a command says `retry`.
 */
import { NONCE_WINDOW } from "../protocol/mod.ts";
import type { Database } from "./database.ts";
import { NonceFilter } from "./nonce_filter.ts";

/** Where the earlier command stands, and what it asked. */
export interface Seen {
  readonly seq: number;
  /** Fingerprint of the command; another one with the same nonce is a conflict. */
  readonly print: number;
}

type SeenRow = { seq: number; print: number; author: string; nonce: string };

/** Events read at once. */
const BATCH = 5_000;

/** The nonces of one room. */
export class NonceIndex {
  readonly #database: Database;
  readonly #room: number;
  #head: number;
  /** In order of `seq`: the first key is the one to forget next. */
  readonly #newest = new Map<string, Seen>();
  #filter: NonceFilter | undefined;

  constructor(database: Database, position: { room: number; head: number }) {
    this.#database = database;
    this.#room = position.room;
    this.#head = position.head;
    const rows = database.all<SeenRow>(
      `SELECT seq, print, author, nonce FROM messages WHERE room = ?1 AND seq > ?2
       UNION ALL
       SELECT seq, print, author, nonce FROM changes WHERE room = ?1 AND seq > ?2
       ORDER BY seq`,
      position.room,
      position.head - NONCE_WINDOW,
    );
    for (const { author, nonce, seq, print } of rows) {
      this.#newest.set(keyOf(author, nonce), { seq, print });
    }
  }

  /** Remembers an event that was just appended. */
  add(author: string, nonce: string, seen: Seen): void {
    const key = keyOf(author, nonce);
    this.#newest.set(key, seen);
    this.#head = seen.seq;
    for (const [oldest, { seq }] of this.#newest) {
      if (seq > seen.seq - NONCE_WINDOW) break;
      this.#newest.delete(oldest);
    }
    if (this.#filter?.full) this.#filter = undefined;
    this.#filter?.add(key);
  }

  /** The earlier command; `deep` looks through the whole retained history. */
  find(
    author: string,
    nonce: string,
    options: { deep: boolean; oldest: number },
  ): Seen | undefined {
    const key = keyOf(author, nonce);
    const recent = this.#newest.get(key);
    if (recent || !options.deep) return recent;
    this.#filter ??= this.#readFilter(options.oldest);
    return this.#filter.mayHave(key) ? this.#search(author, nonce) : undefined;
  }

  #search(author: string, nonce: string): Seen | undefined {
    return this.#database.first<{ seq: number; print: number }>(
      `SELECT seq, print FROM messages WHERE room = ?1 AND author = ?2 AND nonce = ?3
       UNION ALL
       SELECT seq, print FROM changes WHERE room = ?1 AND author = ?2 AND nonce = ?3
       LIMIT 1`,
      this.#room,
      author,
      nonce,
    );
  }

  /** Reads all nonces, in batches: a long history need not fit into memory. */
  #readFilter(oldest: number): NonceFilter {
    const filter = new NonceFilter((this.#head - oldest) * 2);
    for (let after = oldest - 1; after < this.#head; after += BATCH) {
      const rows = this.#database.all<{ author: string; nonce: string }>(
        `SELECT author, nonce FROM messages
         WHERE room = ?1 AND seq > ?2 AND seq <= ?3
         UNION ALL
         SELECT author, nonce FROM changes
         WHERE room = ?1 AND seq > ?2 AND seq <= ?3`,
        this.#room,
        after,
        after + BATCH,
      );
      for (const { author, nonce } of rows) filter.add(keyOf(author, nonce));
    }
    return filter;
  }
}

// Neither part can hold a space.
function keyOf(author: string, nonce: string): string {
  return `${author} ${nonce}`;
}
