/**
 * Finds an earlier command by author and nonce, so that a retry is never a duplicate. It
 * lives beside the tables without an index of theirs: the newest 500 in memory, read
 * again after eviction; what is older is searched for only when a command says `retry`.
 */
import { NONCE_WINDOW } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";
import { NonceFilter } from "./nonce_filter.ts";

/** Where the earlier command stands, and what it asked. */
export interface Seen {
  readonly seq: number;
  /** Fingerprint of the command; another one with the same nonce is a conflict. */
  readonly print: number;
  /** The answer to a command that changed nothing, and so is in no row. */
  readonly answer?: string;
}

type SeenRow = { seq: number; print: number; author: string; nonce: string };

/** Authors whose nonces are kept after a search for one of them. */
const MAX_AUTHORS = 16;
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
  readonly #authors = new Map<string, Map<string, Seen>>();
  /** Commands that changed nothing, the oldest first: they are in no row. */
  readonly #unlogged = new Map<string, Seen>();

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
    this.#authors.get(author)?.set(nonce, seen);
    for (const [oldest, { seq }] of this.#newest) {
      if (seq > seen.seq - NONCE_WINDOW) break;
      this.#newest.delete(oldest);
    }
    if (this.#filter?.full) this.#filter = undefined;
    this.#filter?.add(key);
  }

  /** Remembers a command that changed nothing; of these the newest 500. */
  remember(author: string, nonce: string, seen: Seen): void {
    this.#unlogged.set(keyOf(author, nonce), seen);
    const [oldest] = this.#unlogged.keys();
    if (oldest && this.#unlogged.size > NONCE_WINDOW)
      this.#unlogged.delete(oldest);
  }

  /** The earlier command; `deep` looks through the whole retained history. */
  find(
    author: string,
    nonce: string,
    options: { deep: boolean; oldest: number },
  ): Seen | undefined {
    const key = keyOf(author, nonce);
    const recent = this.#newest.get(key) ?? this.#unlogged.get(key);
    if (recent || !options.deep) return recent;
    this.#filter ??= this.#readFilter(options.oldest);
    return this.#filter.mayHave(key)
      ? this.#ofAuthor(author).get(nonce)
      : undefined;
  }

  /** All nonces of one author: the search reads the room once, however many are asked for. */
  #ofAuthor(author: string): ReadonlyMap<string, Seen> {
    const known = this.#authors.get(author);
    if (known) return known;
    const rows = this.#database.all<SeenRow>(
      `SELECT seq, print, author, nonce FROM messages WHERE room = ?1 AND author = ?2
       UNION ALL
       SELECT seq, print, author, nonce FROM changes WHERE room = ?1 AND author = ?2`,
      this.#room,
      author,
    );
    const nonces = new Map(
      rows.map(({ nonce, seq, print }) => [nonce, { seq, print }]),
    );
    const [oldest] = this.#authors.keys();
    if (oldest && this.#authors.size >= MAX_AUTHORS)
      this.#authors.delete(oldest);
    this.#authors.set(author, nonces);
    return nonces;
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
