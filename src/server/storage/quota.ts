/** Whether a project holds as much as it may. */
import type { Database } from "./database.ts";

/** Questions that are answered without the disk while there is plenty of space. */
const UNASKED = 64;
/** What is written between two looks at the disk needs less than this, in bytes. */
const MARGIN = UNASKED * 32 * 1024;

/** Compares the bytes on disk with what the operator allows. */
export class Quota {
  readonly #database: Database;
  readonly #limit: number;
  #unasked = 0;

  /** `limit` is in bytes. */
  constructor(database: Database, limit: number) {
    this.#database = database;
    this.#limit = limit;
  }

  /** Whether nothing more may be written; ask once for each write, for the answers are counted. */
  isFull(): boolean {
    if (this.#unasked > 0) {
      this.#unasked--;
      return false;
    }
    const { size } = this.#database;
    if (size < this.#limit - MARGIN) this.#unasked = UNASKED;
    return size >= this.#limit;
  }
}
