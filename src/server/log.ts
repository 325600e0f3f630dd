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
import {
  type Encoded,
  type Page,
  readAfter,
  readEvent,
  readMessage,
  readPage,
} from "./history.ts";
import { createRoom, type LogState, loadState } from "./log_state.ts";
import { NonceIndex, type Seen } from "./nonce_index.ts";
import { addReaction, clearReactions, removeReaction } from "./reactions.ts";
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
  readonly #room: string;
  readonly #historyLimit: number;
  #loaded: LogState | undefined;
  #loadedNonces: NonceIndex | undefined;

  constructor(
    database: Database,
    options: { room: string; historyLimit: number },
  ) {
    this.#database = database;
    this.#room = options.room;
    this.#historyLimit = options.historyLimit;
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
  after(seq: number): Iterable<Encoded> {
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
    this.#state.id ||= createRoom(this.#database, this.#room) ?? 0;
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
    this.#database.run(
      `INSERT INTO messages (room, seq, ordinal, at, author, nonce, print, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      state.id,
      message.seq,
      ordinal,
      message.at,
      origin.by.id,
      origin.nonce,
      origin.print,
      JSON.stringify(message),
    );
    state.ordinal = ordinal;
    state.oldest ??= { seq: message.seq, ordinal };
    this.#advance(message, origin);
    prune(this.#database, { state, limit: this.#historyLimit });
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
    this.#rewrite({ ...target, text, editedAt: event.at });
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
    this.#rewrite({ ...kept, text: "", deleted: true });
    clearReactions(this.#database, { room: this.id, target: target.seq });
    this.#appendChange(event, origin);
    return event;
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
    const choice = {
      room: this.id,
      target: target.seq,
      emoji,
      member: origin.by.id,
    };
    if (on) {
      const { nickname } = origin.by;
      addReaction(this.#database, { ...choice, seq: event.seq, nickname });
    } else {
      removeReaction(this.#database, choice);
    }
    this.#appendChange(event, origin);
    return event;
  }

  get #state(): LogState {
    this.#loaded ??= loadState(this.#database, this.#room);
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

  #rewrite(message: Message): void {
    this.#database.run(
      "UPDATE messages SET body = ? WHERE room = ? AND seq = ?",
      JSON.stringify(message),
      this.id,
      message.seq,
    );
  }

  #appendChange(event: Edited | Deleted | Reacted, origin: Origin): void {
    this.#database.run(
      `INSERT INTO changes (room, seq, target, at, author, nonce, print, kind, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.id,
      event.seq,
      event.target,
      event.at,
      origin.by.id,
      origin.nonce,
      origin.print,
      event.type,
      JSON.stringify(event),
    );
    this.#advance(event, origin);
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
