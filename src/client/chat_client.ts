/** A client of one room: what an application can ask, say and hear. */
import type {
  Deleted,
  Edited,
  Limits,
  Member,
  Message,
  Reacted,
  RoomEvent,
  You,
} from "../protocol/events.ts";
import { DEFAULT_PAGE_SIZE, DEFAULT_ROOM } from "../protocol/limits.ts";
import type { ChatEvents, ChatState } from "./chat_events.ts";
import type { Status } from "./connection.ts";
import { createEmitter, type Emitter } from "./emitter.ts";
import type { ChatClientOptions, CloseReason, SendOptions } from "./options.ts";
import type { Answers, Wish } from "./request.ts";
import { createRoom, type Room } from "./room.ts";
import { EMPTY, type Timeline } from "./timeline.ts";

/** The others are told at most this often that somebody types, in ms. */
const TYPING_MS = 3_000;

/** A reconnecting client of one room. */
export class ChatClient
  implements Readonly<ChatState>, AsyncIterable<RoomEvent>
{
  /** Id of the project. */
  readonly project: string;
  /** Name of the room. */
  readonly room: string;
  /** Where the connection stands. */
  readonly status: Status = "idle";
  /** Why the last connection ended; `undefined` while one stands. */
  readonly closeReason: CloseReason | undefined;
  /** When the next attempt is due, in ms since 1970; only while waiting for one. */
  readonly retryAt: number | undefined;
  /** Messages; a new object whenever anything in it changes. */
  readonly timeline: Timeline = EMPTY;
  /** The others who type right now. */
  readonly typing: readonly Member[] = [];
  /** Calls a listener on each event of a type until the returned function is called. */
  readonly on: Emitter<ChatEvents>["on"];
  readonly #room: Room;
  /** When the others were last told; 0 while they take you for silent. */
  #typedAt = 0;

  /**
   * A client of the chat at `url`, the server's origin. Nothing happens before
   * `connect()`. Throws a `TypeError` if `url` is no URL.
   */
  constructor(url: string | URL, options: ChatClientOptions) {
    const { project, room = DEFAULT_ROOM } = options;
    const { on, emit } = createEmitter<ChatEvents>();
    this.project = project;
    this.room = room;
    this.on = on;
    this.#room = createRoom({ ...options, url, room, emit, state: this });
  }

  /** You, as the room knows you. */
  get you(): You | undefined {
    return this.timeline.you;
  }

  /** Who is here; `undefined` in a crowd. */
  get members(): readonly Member[] | undefined {
    return this.timeline.members;
  }

  /** How many members are here. */
  get online(): number {
    return this.timeline.online;
  }

  /** Numbers in force. */
  get limits(): Limits | undefined {
    return this.timeline.limits;
  }

  /** Connects, and stays connected until `close()` or until the room says it is over. */
  connect(): void {
    if (this.status === "idle" || this.status === "closed") this.reconnect();
  }

  /** Connects at once, in place of the connection or the wait that there is. */
  reconnect(): void {
    this.#room.dial();
  }

  /** Ends the connection; what has no answer yet is rejected with code `closed`. */
  close(): void {
    this.#room.close();
  }

  /**
   * Sends a message, now or as soon as the room can be reached. Resolves once it is
   * stored; rejects with a {@linkcode ChatError}, and `retry()` sends it again.
   */
  send(text: string, options?: SendOptions): Promise<Message> {
    // It tells everybody that it is typed no more.
    this.#typedAt = 0;
    return this.#ask({ type: "send", text, ...options });
  }

  /** Sends a failed message again under its nonce. */
  retry(nonce: string): Promise<Message> {
    // Only messages fail and stay, and a message is what answers them.
    return this.#room.retry(nonce) as Promise<Message>;
  }

  /** Gives a message up that was not confirmed. */
  discard(nonce: string): void {
    this.#room.discard(nonce);
  }

  /** Replaces the text of the message `seq`. */
  edit(seq: number, text: string): Promise<Edited> {
    return this.#ask({ type: "edit", seq, text });
  }

  /** Deletes the message `seq`. */
  delete(seq: number): Promise<Deleted> {
    return this.#ask({ type: "delete", seq });
  }

  /** Adds (`on`) or takes back a reaction to the message `seq`. */
  react(seq: number, emoji: string, on: boolean): Promise<Reacted> {
    return this.#ask({ type: "react", seq, emoji, on });
  }

  /** Loads the messages before the first; true while there are older ones. */
  loadOlder(limit: number = DEFAULT_PAGE_SIZE): Promise<boolean> {
    return this.#room.loadOlder(limit);
  }

  /** Takes another nickname; rejects with a `suggestion` if it is taken. */
  async rename(nickname: string): Promise<You> {
    await this.#ask({ type: "rename", nickname });
    // Whoever was renamed has been welcomed.
    return this.you as You;
  }

  /** Says whether you type; call it on each input. */
  setTyping(on: boolean): void {
    const now = Date.now();
    const isKnown = on ? now - this.#typedAt < TYPING_MS : this.#typedAt === 0;
    if (isKnown || !this.#room.tell({ type: "typing", on })) return;
    this.#typedAt = on ? now : 0;
  }

  /** Says that you have read everything up to `seq`. */
  read(seq: number): void {
    this.#room.read(seq);
  }

  /** Everything the room says from now on, until the client is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<RoomEvent, void> {
    const events: RoomEvent[] = [];
    let news = Promise.withResolvers<void>();
    const offs = [
      this.on("event", (event) => {
        events.push(event);
        news.resolve();
      }),
      this.on("status", () => news.resolve()),
    ];
    try {
      while (events.length > 0 || this.status !== "closed") {
        await news.promise;
        news = Promise.withResolvers();
        yield* events.splice(0);
      }
    } finally {
      for (const off of offs) off();
    }
  }

  #ask<Type extends Wish["type"]>(
    wish: Wish & { readonly type: Type; readonly nonce?: string },
  ): Promise<Answers[Type]> {
    // Not randomUUID(), which browsers keep from pages without TLS.
    const random = crypto.getRandomValues(new Uint32Array(4)).join("-");
    // The room answers each type of wish with the event listed in Answers.
    return this.#room.ask({ ...wish, nonce: wish.nonce ?? random }) as Promise<
      Answers[Type]
    >;
  }
}
