/** The newest messages of a room, read and encoded once for all who join before it goes on. */
import { utf8Length } from "../../protocol/mod.ts";
import type { Encoded, Entry } from "../frames.ts";
import type { Database } from "../storage/database.ts";
import { type MessageRow, readNewest, withReactions } from "./pages.ts";
import { reactorsOf } from "./reactions.ts";

/** A page that differs only for those who reacted to a message of it. */
export class NewestPage {
  readonly #database: Database;
  readonly #room: number;
  readonly #rows: readonly MessageRow[];
  readonly #isReactor: (member: string) => boolean;
  /** As everybody else sees it. */
  readonly #shared: readonly Entry[];

  constructor(database: Database, options: { room: number; limit: number }) {
    const { room } = options;
    const { rows, messages } = readNewest(database, options);
    this.#database = database;
    this.#room = room;
    this.#rows = rows;
    this.#isReactor = reactorsOf(database, { room, messages: rows });
    this.#shared = pack(messages);
  }

  /** The messages as `reader` sees them, ascending; none for an empty room. */
  as(reader: string): readonly Entry[] {
    if (!this.#isReactor(reader)) return this.#shared;
    const [database, room] = [this.#database, this.#room];
    return pack(
      this.#rows.map((row) => withReactions(database, { room, reader, row })),
    );
  }
}

/** Messages as one entry, measured once. */
function pack(messages: readonly Encoded[]): Entry[] {
  if (messages.length === 0) return [];
  const encoded = messages.join(",");
  return [{ encoded, bytes: utf8Length(encoded) }];
}
