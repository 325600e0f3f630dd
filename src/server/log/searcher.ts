/**
 * Searches, in slices: after each the object does whatever else has come. One search at a
 * time, so that many of them hold nobody up longer than one.
 */
import type { Problem } from "../../protocol/mod.ts";
import type { Encoded } from "../frames.ts";
import { TOO_MANY_SEARCHES } from "../problems.ts";
import type { Database } from "../storage/database.ts";
import { parseStored } from "./log_rows.ts";
import { readMessageRow, withReactions } from "./pages.ts";
import { matches, type Query } from "./query.ts";
import { type Candidate, type SearchPlace, type Span, walk } from "./search.ts";

/** What is looked for, and where. */
export interface Search extends Omit<Span, "rooms"> {
  /** Names of the rooms, by their numbers in the tables. */
  readonly rooms: ReadonlyMap<number, string>;
  readonly query: Query;
  /** Id of the only author. */
  readonly author?: string | undefined;
  /** Most messages to find. */
  readonly limit: number;
  /** Who asks: their own reactions are marked. */
  readonly reader: string;
  /** Whether each message says which room it is of. */
  readonly namesRooms: boolean;
}

/** A search as somebody asks for it: in one room, or in all that they may enter. */
export type SearchWish = Pick<
  Search,
  "query" | "author" | "before" | "from" | "to" | "limit"
> & { readonly room?: string };

/** What was found. */
export interface Found {
  /** Newest first. */
  readonly messages: readonly Encoded[];
  /** Whether there is history that was not searched. */
  readonly more: boolean;
  /** Where to go on: the next search's `before`. */
  readonly before?: string;
}

/** What a slice may cost, in characters looked at: a few milliseconds. */
const SLICE = 40_000;
/** What looking at a message costs besides its characters, in characters. */
const PER_MESSAGE = 60;
/** What an `undefined` of the walk costs, in characters. */
const PER_BREATH = 2_000;
/** Messages looked at for one answer, which may then be short and say that there is more. */
const MAX_LOOKED_AT = 200_000;
/** Searches that may wait for their turn. */
const MAX_WAITING = 8;

/** Runs the searches of one project. */
export class Searcher {
  readonly #database: Database;
  readonly #pause: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** `pause` lets everything else go first. */
  constructor(database: Database, pause = yieldToOthers) {
    this.#database = database;
    this.#pause = pause;
  }

  /** Finds messages, when those who asked before have their answer. */
  async find(search: Search): Promise<Found | Problem> {
    if (this.#waiting >= MAX_WAITING) return TOO_MANY_SEARCHES;
    this.#waiting++;
    const found = this.#last.then(() => this.#run(search));
    this.#last = found.catch(() => undefined);
    try {
      return await found;
    } finally {
      this.#waiting--;
    }
  }

  async #run(search: Search): Promise<Found> {
    const { limit, rooms } = search;
    const hits: SearchPlace[] = [];
    let last: SearchPlace | undefined;
    let [cost, count] = [0, 0];
    const span = { ...search, rooms: [...rooms.keys()] };
    for (const candidate of walk(this.#database, span)) {
      // Looked for before it is known whether there is another one.
      if (hits.length === limit || count === MAX_LOOKED_AT) {
        if (candidate) return this.#answer(search, { hits, last });
      }
      if (candidate) {
        count++;
        last = candidate;
        if (this.#fits(search, candidate)) hits.push(candidate);
      }
      cost += candidate ? PER_MESSAGE + candidate.text.length : PER_BREATH;
      if (cost < SLICE) continue;
      cost = 0;
      await this.#pause();
    }
    return this.#answer(search, { hits, last: undefined });
  }

  #fits({ author, query }: Search, candidate: Candidate): boolean {
    if (author !== undefined && candidate.author !== author) return false;
    if (query.length > 0 && candidate.text === "") return false;
    return (
      matches(query, candidate.text) && this.#read(candidate) !== undefined
    );
  }

  /** What was found is read again: it may have changed while the search paused. */
  #answer(
    search: Search,
    result: { hits: SearchPlace[]; last: SearchPlace | undefined },
  ): Found {
    const { rooms, reader, query, namesRooms } = search;
    const messages = result.hits.flatMap((hit) => {
      const row = this.#read(hit);
      if (!row || !matches(query, row.text)) return [];
      const { room } = hit;
      const message = withReactions(this.#database, { room, reader, row });
      const name = JSON.stringify(rooms.get(room));
      return [namesRooms ? `${message.slice(0, -1)},"room":${name}}` : message];
    });
    const before = result.last && encodePlace(result.last);
    return { messages, more: before !== undefined, ...(before && { before }) };
  }

  /** A message as it is now, unless it is no more. */
  #read(place: SearchPlace) {
    const row = readMessageRow(this.#database, place);
    if (!row) return undefined;
    const { deleted, text } = parseStored(row.body);
    return deleted ? undefined : { ...row, text };
  }
}

function yieldToOthers(): Promise<void> {
  return new Promise((resume) => setTimeout(resume, 0));
}

const PLACE = /^([0-9a-z]{1,11})-([0-9a-z]{1,11})-([0-9a-z]{1,11})$/;

/** The place that a `before` stands for; `undefined` if it is none of ours. */
export function parsePlace(text: string): SearchPlace | undefined {
  const [, at, room, seq] = text.match(PLACE) ?? [];
  if (!at || !room || !seq) return undefined;
  const place = {
    at: Number.parseInt(at, 36),
    room: Number.parseInt(room, 36),
    seq: Number.parseInt(seq, 36),
  };
  return Object.values(place).every(Number.isSafeInteger) ? place : undefined;
}

function encodePlace({ at, room, seq }: SearchPlace): string {
  return [at, room, seq].map((number) => number.toString(36)).join("-");
}
