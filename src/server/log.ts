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
  Reacted,
} from "../protocol/mod.ts";
import type { Database } from "./database.ts";
import type { Encoded, Entry } from "./frames.ts";
import {
  type Page,
  readAfter,
  readEvent,
  readMessage,
  readPage,
} from "./history.ts";
import { insertChange, insertMessage, rewriteMessage } from "./log_rows.ts";
import { createRoom, type LogState, loadState } from "./log_state.ts";
import { NonceIndex, type Seen } from "./nonce_index.ts";
import {
  addReaction,
  clearReactions,
  hasReaction,
  removeReaction,
} from "./reactions.ts";
import { prune } from "./retention.ts";

/** Who asked for an append, and how a repetition of it is recognised. */
export interface Origin {
  readonly by: Member;
  readonly nonce: string;
  /** Fingerprint of what was asked. */
  readonly print: number;
  /** The clock, in ms since 1970; the log never goes back behind its newest event. */
  readonly now: number;
}

/** Writes one room's log and knows where it stands. */
export class Log {
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
    return this.#state.oldest?.seq ?? this.#state.head + 1;
  }

  /** When the newest event was accepted, in ms since 1970; 0 when there is none. */
  get lastAt(): number {
    return this.#state.at;
  }

  /** An earlier command with the same author and nonce; `deep` looks past the newest 500. */
  seen(
    origin: Pick<Origin, "by" | "nonce">,
    options: { deep: boolean },
  ): Seen | undefined {
    if (this.#state.id === 0) return undefined;
    return this.#nonces.find(origin.by.id, origin.nonce, options);
  }

  /** The messages before `before` (or the newest), as `reader` sees them. */
  page(options: { before?: number; limit: number; reader: string }): Page {
    return readPage(this.#database, { room: this.id, ...options });
  }

  /** Every event with `after < seq`, ascending. */
  after(seq: number): Iterable<Entry> {
    return readAfter(this.#database, { room: this.id, after: seq });
  }

  /** The event `seq` as it is replayed. */
  event(seq: number): Encoded | undefined {
    return readEvent(this.#database, { room: this.id, seq });
  }

  /** The message `seq` in its current state. */
  message(seq: number): Message | undefined {
    return readMessage(this.#database, { room: this.id, seq });
  }

  /** Makes the room if this is its first message; false when the project has too many. */
  open(): boolean {
    this.#state.id ||= createRoom(this.#database, this.#options.room) ?? 0;
    return this.#state.id !== 0;
  }

  /** Appends a message to an open log and drops what retention no longer keeps. */
  appendMessage(
    origin: Origin,
    content: { text: string; replyTo?: number | undefined },
  ): Message {
    const state = this.#state;
    const message: Message = {
      type: "message",
      seq: state.head + 1,
      nonce: origin.nonce,
      at: Math.max(state.at, origin.now),
      author: origin.by,
      text: content.text,
      ...(content.replyTo !== undefined && { replyTo: content.replyTo }),
    };
    const ordinal = state.ordinal + 1;
    insertMessage(this.#database, { ...this.#key(origin), message, ordinal });
    state.ordinal = ordinal;
    state.oldest ??= { seq: message.seq, ordinal };
    this.#advance(message, origin);
    prune(this.#database, { state, limit: this.#options.historyLimit });
    return message;
  }

  /** Appends a new text of `target`. */
  appendEdit(
    origin: Origin,
    change: { target: Message; text: string },
  ): Edited {
    const { target, text } = change;
    const event: Edited = {
      type: "edited",
      ...this.#change(origin, target),
      text,
    };
    const message = { ...target, text, editedAt: event.at };
    rewriteMessage(this.#database, { room: this.id, message });
    // The text has one home, the message: whoever replays the edit is given it from
    // there, and a deletion erases all of it at once.
    this.#appendChange({ ...event, text: "" }, origin);
    return event;
  }

  /** Appends the deletion of `target`; its text and reactions are erased. */
  appendDelete(origin: Origin, target: Message): Deleted {
    const event: Deleted = {
      type: "deleted",
      ...this.#change(origin, target),
    };
    const { editedAt: _, ...kept } = target;
    const message: Message = { ...kept, text: "", deleted: true };
    const { id: room } = this;
    rewriteMessage(this.#database, { room, message });
    clearReactions(this.#database, { room, target: target.seq });
    this.#appendChange(event, origin);
    return event;
  }

  /** Whether `member` has chosen (or not) as `asked`, on a message that is not deleted. */
  stands(
    asked: { seq: number; emoji: string; on: boolean },
    member: string,
  ): boolean {
    const { seq: target, emoji, on } = asked;
    const message = this.message(target);
    if (!message || message.deleted) return false;
    const choice = { room: this.id, target, emoji, member };
    return hasReaction(this.#database, choice) === on;
  }

  /** Appends a reaction to `target`, or that it was taken back. */
  appendReaction(
    origin: Origin,
    change: { target: Message; emoji: string; on: boolean },
  ): Reacted {
    const { target, emoji, on } = change;
    const event: Reacted = {
      type: "reacted",
      ...this.#change(origin, target),
      emoji,
      on,
    };
    const { id: member, nickname } = origin.by;
    const choice = { room: this.id, target: target.seq, emoji, member };
    if (on) {
      addReaction(this.#database, { ...choice, seq: event.seq, nickname });
    } else {
      removeReaction(this.#database, choice);
    }
    this.#appendChange(event, origin);
    return event;
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

  #change(origin: Origin, target: Message) {
    return {
      seq: this.#state.head + 1,
      nonce: origin.nonce,
      at: Math.max(this.#state.at, origin.now),
      by: origin.by,
      target: target.seq,
    };
  }

  #appendChange(event: Edited | Deleted | Reacted, origin: Origin): void {
    insertChange(this.#database, { ...this.#key(origin), event });
    this.#advance(event, origin);
  }

  #key(origin: Origin) {
    return { room: this.id, author: origin.by.id, print: origin.print };
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
