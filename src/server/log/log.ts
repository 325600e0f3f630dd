/**
 * One room's log: numbers and stores what was said and what changed. Synchronous; a
 * message is one row, and the runtime lets no frame out before that row is safe.
 */
import type {
  Deleted,
  Edited,
  LogEvent,
  Member,
  Message,
  Moderated,
  Problem,
  Reacted,
} from "../../protocol/mod.ts";
import type { Entry } from "../frames.ts";
import type { Database } from "../storage/database.ts";
import { type Attached, attach, type Named, resolve } from "./attach.ts";
import { Changes } from "./changes.ts";
import { History } from "./history.ts";
import {
  insertChange,
  insertMessage,
  type Key,
  ordinalAt,
} from "./log_rows.ts";
import { createRoom, type LogState, loadState } from "./log_state.ts";
import { countMentions } from "./mentions.ts";
import { NonceIndex, type Seen } from "./nonce_index.ts";
import { excessOf, prune } from "./retention.ts";

/** Who asked for an append, and how a repetition of it is recognised. */
export interface Origin {
  readonly by: Member;
  readonly nonce: string;
  /** Fingerprint of what was asked. */
  readonly print: number;
  /** The clock, in ms since 1970; the log never goes back behind its newest event. */
  readonly now: number;
}

/** What somebody says. */
export interface Content extends Partial<Attached> {
  readonly text: string;
  readonly replyTo?: number | undefined;
}

/** Writes one room's log and knows where it stands. */
export class Log {
  /** What it holds. */
  readonly history: History;
  /** How it changes. */
  readonly changes: Changes<Origin>;
  readonly #database: Database;
  readonly #options: { room: string; historyLimit: number };
  #loaded: LogState | undefined;
  #loadedNonces: NonceIndex | undefined;

  constructor(
    database: Database,
    options: { room: string; historyLimit: number },
  ) {
    this.#database = database;
    this.#options = options;
    this.history = new History(database, () => this.id);
    this.changes = new Changes(database, this);
  }

  /** Number of the room in the tables, 0 before its first message. */
  get id(): number {
    return this.#state.id;
  }

  /** Highest `seq`, 0 when nothing was said yet. */
  get head(): number {
    return this.#state.head;
  }

  /** Lowest `seq` kept, `head + 1` when nothing is. */
  get oldest(): number {
    const { oldest } = this.#state;
    // Before the first message there may be changes, and they go when it goes.
    return oldest === undefined || oldest.ordinal === 1 ? 1 : oldest.seq;
  }

  /** When the newest event was accepted, in ms since 1970; 0 when there is none. */
  get lastAt(): number {
    return this.#state.at;
  }

  /** How many messages there ever were. */
  get count(): number {
    return this.#state.ordinal;
  }

  /** How many messages came after `seq`, and how many of them mean `member`. */
  unread(reader: { member: string; mark: number }) {
    const { id, head, ordinal } = this.#state;
    const { member, mark: after } = reader;
    if (after >= head) return { unread: 0, mentions: 0 };
    const mentions = countMentions(this.#database, { member, room: id, after });
    // Without a mark a reader was never here: nothing is unread, but mentions count.
    if (after === 0) return { unread: 0, mentions };
    const read = ordinalAt(this.#database, { room: id, seq: after });
    return { unread: ordinal - (read ?? this.#pruned), mentions };
  }

  /** How many messages are no longer kept. */
  get #pruned(): number {
    const { oldest, ordinal } = this.#state;
    return oldest ? oldest.ordinal - 1 : ordinal;
  }

  /** An earlier command with the same author and nonce; `deep` looks past the newest 500. */
  seen(
    origin: Pick<Origin, "by" | "nonce">,
    options: { deep: boolean },
  ): Seen | undefined {
    if (this.#state.id === 0) return undefined;
    const { oldest } = this;
    return this.#nonces.find(origin.by.id, origin.nonce, {
      ...options,
      oldest,
    });
  }

  /** Remembers the answer to a command that changed nothing, for as long as it is awake. */
  remember(origin: Origin, answer: string): void {
    if (this.#state.id === 0) return;
    const { by, nonce, print } = origin;
    this.#nonces.remember(by.id, nonce, { seq: this.head, print, answer });
  }

  /** Runs `change` whole or not at all; what a failed one has touched is read again. */
  atomically<Result>(change: () => Result): Result {
    try {
      return this.#database.transaction(change);
    } catch (fault) {
      this.#loaded = undefined;
      this.#loadedNonces = undefined;
      throw fault;
    }
  }

  /** Makes the room if `by` is the first to do something there; false when the project has too many. */
  open(by: Member): boolean {
    const { room: name } = this.#options;
    this.#state.id ||= createRoom(this.#database, { name, by }) ?? 0;
    return this.#state.id !== 0;
  }

  /** What a command names by ids and a key, or a problem when some of it is not there. */
  resolve(named: Named): Attached | Problem {
    return resolve(this.#database, { room: this.id, ...named });
  }

  /** Appends a message to an open log and drops what retention no longer keeps. */
  appendMessage(origin: Origin, content: Content): Entry {
    const state = this.#state;
    const message: Message = {
      type: "message",
      seq: state.head + 1,
      nonce: origin.nonce,
      at: Math.max(state.at, origin.now),
      author: origin.by,
      text: content.text,
      ...(content.replyTo !== undefined && { replyTo: content.replyTo }),
      ...(content.mentions?.length && { mentions: content.mentions }),
      ...(content.file && { file: content.file }),
    };
    const ordinal = state.ordinal + 1;
    const body = JSON.stringify(message);
    insertMessage(this.#database, {
      ...this.#key(origin, message),
      ordinal,
      body,
    });
    attach(this.#database, { room: this.id, message });
    state.ordinal = ordinal;
    state.oldest ??= { seq: message.seq, ordinal };
    this.#advance(message, origin);
    const { historyLimit: limit } = this.#options;
    if (excessOf(state, limit) > 0) {
      this.atomically(() => prune(this.#database, { state, limit }));
    }
    return { encoded: body, seq: message.seq };
  }

  /** What an event that is appended now and is no message carries. */
  stamp(origin: Origin) {
    return {
      seq: this.#state.head + 1,
      nonce: origin.nonce,
      at: Math.max(this.#state.at, origin.now),
      by: origin.by,
    };
  }

  /** The same for a change of `target`. */
  next(origin: Origin, target: Message) {
    return { ...this.stamp(origin), target: target.seq };
  }

  /** Appends what is no message; `stored` is what is kept of it, if that is not all. */
  appendChange(
    event: Edited | Deleted | Reacted | Moderated,
    options: { origin: Origin; stored?: Edited },
  ): Entry {
    const { origin, stored = event } = options;
    const { type: kind, target = 0 } = event;
    insertChange(this.#database, {
      ...this.#key(origin, event),
      kind,
      target,
      body: JSON.stringify(stored),
    });
    this.#advance(event, origin);
    return { encoded: JSON.stringify(event), seq: event.seq };
  }

  get #state(): LogState {
    this.#loaded ??= loadState(this.#database, this.#options.room);
    return this.#loaded;
  }

  get #nonces(): NonceIndex {
    const { id, head } = this.#state;
    this.#loadedNonces ??= new NonceIndex(this.#database, { room: id, head });
    return this.#loadedNonces;
  }

  #key(origin: Origin, { seq, at }: LogEvent): Key {
    const { by, nonce, print } = origin;
    return { room: this.id, seq, at, author: by.id, nonce, print };
  }

  #advance(event: LogEvent, origin: Origin): void {
    const { seq, at } = event;
    this.#loadedNonces?.add(origin.by.id, origin.nonce, {
      seq,
      print: origin.print,
    });
    this.#state.head = seq;
    this.#state.at = at;
  }
}
