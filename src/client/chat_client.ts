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
import { chatUrl } from "./address.ts";
import { ChatError, CLOSED, rejected } from "./chat_error.ts";
import type { ChatEvents } from "./chat_events.ts";
import type { Status } from "./connection.ts";
import { createCredentials } from "./credentials.ts";
import { createEmitter } from "./emitter.ts";
import { iterate } from "./iterate.ts";
import { createNonce } from "./nonce.ts";
import { createOlderPages, type OlderPages } from "./older_pages.ts";
import type { ChatClientOptions, CloseReason, SendOptions } from "./options.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import type { Answers, Request, RequestOf } from "./request.ts";
import { createRoomReader, type RoomReader } from "./room_reader.ts";
import { createSignals, type Signals } from "./signals.ts";
import { createStored } from "./stored.ts";
import type { Timeline } from "./timeline.ts";

/** A reconnecting client of one room. */
export class ChatClient implements AsyncIterable<RoomEvent> {
  /** Id of the project. */
  readonly project: string;
  /** Name of the room. */
  readonly room: string;
  readonly #emitter = createEmitter<ChatEvents>();
  readonly #act: () => void;
  readonly #reader: RoomReader;
  readonly #outbox: Outbox;
  readonly #signals: Signals;
  readonly #pages: OlderPages;

  /**
   * A client of the chat at `url`, the server's origin. Nothing happens before
   * `connect()`. Throws a `TypeError` if `url` is no URL.
   */
  constructor(url: string | URL, options: ChatClientOptions) {
    const { project, room = DEFAULT_ROOM, storage = null } = options;
    const { random = Math.random, now = Date.now } = options;
    this.project = project;
    this.room = room;
    const key = `project-chat:${new URL(url).origin}:${project}`;
    const guestToken = createStored<string>(storage, key);
    const credentials = createCredentials(guestToken, options.getToken);
    const reader = createRoomReader({
      url: chatUrl(url, project),
      room,
      nickname: options.nickname,
      credentials,
      emitter: this.#emitter,
      WebSocket: options.WebSocket ?? globalThis.WebSocket,
      random,
      now,
      onEvent: (event) => this.#receive(event),
      onStatus: (status) => this.#follow(status),
    });
    this.#act = credentials.act;
    this.#reader = reader;
    this.#pages = createOlderPages((limit) => {
      const before = this.timeline.messages[0]?.seq;
      reader.tell({ type: "history", before, limit, ref: "older" });
    });
    this.#signals = createSignals({ now, send: reader.tell });
    // A guest is whoever uses this browser; a member's words must not become another's.
    const shelf = options.getToken ? null : storage;
    this.#outbox = createOutbox({
      stored: createStored(shelf, `${key}:${room}`),
      now,
      send: reader.connection.send,
      onStuck: () => reader.connection.drop("Room does not answer"),
      onChange: reader.show,
    });
    reader.show(this.#outbox.rows);
  }

  /** Where the connection stands. */
  get status(): Status {
    return this.#reader.connection.status;
  }

  /** Why the last connection ended; `undefined` while one stands. */
  get closeReason(): CloseReason | undefined {
    return this.#reader.closeReason;
  }

  /** When the next attempt is due, in ms since 1970; only while waiting for one. */
  get retryAt(): number | undefined {
    return this.#reader.connection.retryAt;
  }

  /** Messages; a new object whenever anything in it changes. */
  get timeline(): Timeline {
    return this.#reader.state.timeline;
  }

  /** You, as the room knows you. */
  get you(): You | undefined {
    return this.#reader.state.you;
  }

  /** Who is here; `undefined` in a crowd. */
  get members(): readonly Member[] | undefined {
    return this.#reader.state.members;
  }

  /** How many members are here. */
  get online(): number {
    return this.#reader.state.online;
  }

  /** Numbers in force. */
  get limits(): Limits | undefined {
    return this.#reader.state.limits;
  }

  /** The others who type right now. */
  get typing(): readonly Member[] {
    return this.#reader.typing;
  }

  /** Connects, and stays connected until `close()` or until the room says it is over. */
  connect(): void {
    if (this.status === "idle" || this.status === "closed") this.reconnect();
  }

  /** Connects at once, in place of the connection or the wait that there is. */
  reconnect(): void {
    this.#reader.connection.dial();
  }

  /** Ends the connection; what has no answer yet is rejected with code `closed`. */
  close(): void {
    this.#reader.close();
  }

  /**
   * Sends a message, now or as soon as the room can be reached. Resolves once it is
   * stored; rejects with a {@linkcode ChatError}, and `retry()` sends it again.
   */
  send(text: string, options: SendOptions = {}): Promise<Message> {
    const { nonce = createNonce(), ...rest } = options;
    this.#act();
    this.#signals.typed();
    return this.#submit({ type: "send", nonce, text, ...rest });
  }

  /** Sends a failed message again under its nonce. */
  retry(nonce: string): Promise<Message> {
    // Only messages fail and stay, and a message is what answers them.
    return this.#outbox.retry(nonce) as Promise<Message>;
  }

  /** Gives a message up that was not confirmed. */
  discard(nonce: string): void {
    this.#outbox.discard(nonce);
  }

  /** Replaces the text of the message `seq`. */
  edit(seq: number, text: string): Promise<Edited> {
    return this.#submit({ type: "edit", nonce: createNonce(), seq, text });
  }

  /** Deletes the message `seq`. */
  delete(seq: number): Promise<Deleted> {
    return this.#submit({ type: "delete", nonce: createNonce(), seq });
  }

  /** Adds (`on`) or takes back a reaction to the message `seq`. */
  react(seq: number, emoji: string, on: boolean): Promise<Reacted> {
    const nonce = createNonce();
    return this.#submit({ type: "react", nonce, seq, emoji, on });
  }

  /** Loads the messages before the first; true while there are older ones. */
  loadOlder(limit: number = DEFAULT_PAGE_SIZE): Promise<boolean> {
    if (this.status === "closed") return rejected(CLOSED);
    return this.#pages.load(limit);
  }

  /** Takes another nickname; rejects with a `suggestion` if it is taken. */
  async rename(nickname: string): Promise<You> {
    this.#act();
    await this.#submit({ type: "rename", nonce: createNonce(), nickname });
    // Whoever was renamed has been welcomed.
    return this.you as You;
  }

  /** Says whether you type; call it on each input. */
  setTyping(on: boolean): void {
    this.#signals.type(on);
  }

  /** Says that you have read everything up to `seq`. */
  read(seq: number): void {
    this.#signals.read(seq);
  }

  /** Calls `listener` on each event of `type` until the returned function is called. */
  on<Type extends keyof ChatEvents>(
    type: Type,
    listener: (value: ChatEvents[Type]) => void,
  ): () => void {
    return this.#emitter.on(type, listener);
  }

  /** Everything the room says from now on, until the client is closed. */
  [Symbol.asyncIterator](): AsyncIterator<RoomEvent> {
    return iterate(this);
  }

  #submit<Type extends Request["type"]>(
    request: RequestOf<Type>,
  ): Promise<Answers[Type]> {
    // The room answers each type of request with the event listed in Answers.
    return this.#outbox.add(request) as Promise<Answers[Type]>;
  }

  /** Settles whatever `event` answers. */
  #receive(event: RoomEvent): void {
    this.#outbox.settle(event);
    if (event.type === "live") {
      this.#pages.repeat();
      this.#signals.read();
      if (this.you) this.#outbox.open(this.you.id);
    } else if (event.type === "history") {
      this.#pages.resolve(event.more);
    } else if (event.type === "error") {
      const error = new ChatError(event);
      if (event.ref) this.#pages.reject(error);
      else if (!this.#outbox.refuse(event)) this.#emitter.emit("error", error);
    }
  }

  #follow(status: Status): void {
    if (status === "closed") {
      this.#outbox.close();
      this.#pages.reject(new ChatError(CLOSED));
    } else if (status !== "online") this.#outbox.shut();
  }
}
