import type { ChatClient, Message } from "../client/mod.ts";
import { announceMessage } from "./announcer.ts";
import {
  acquire,
  type Connection,
  isSame,
  type Place,
  release,
} from "./connections.ts";
import { fire } from "./element_events.ts";
import type { Formats } from "./formats.ts";
import { Reading } from "./reading.ts";
import type { ReflectedElement } from "./reflected_element.ts";
import { chime } from "./sound.ts";
import { fill, type Strings } from "./strings.ts";

const DRAWN = ["timeline", "presence", "typing", "you"] as const;

/** Two elements in one room must not say the same twice. */
const heard = new WeakSet<Message>();

interface ConversationOptions {
  readonly place: Place;
  readonly element: ReflectedElement;
  redraw(): Promise<void>;
}

/**
 * One element's part in a room: what was read, written and told to the page. Every part of
 * the widget is drawn from it.
 */
export class Conversation {
  readonly client: ChatClient;
  /** Where events are fired, and whose attributes are the settings. */
  readonly element: ReflectedElement;
  /** Draws everything anew soon; resolves when that is done. */
  readonly redraw: () => Promise<void>;
  readonly reading: Reading;
  declare strings: Strings;
  declare formats: Formats;
  /** Whether the reader is at the end of the log. */
  atEnd = true;
  #isReady = false;
  readonly #connection: Connection;
  readonly #off: readonly (() => void)[];

  constructor({ place, element, redraw }: ConversationOptions) {
    const connection = acquire(place);
    const { client, storage } = connection;
    this.#connection = connection;
    this.client = client;
    this.element = element;
    this.redraw = redraw;
    const upTo = storage.getItem(`read:${client.room}`);
    this.reading = new Reading(upTo ? Number(upTo) : undefined);
    this.#off = [
      ...DRAWN.map((change) => client.on(change, redraw)),
      client.on("status", (status) => {
        const { closeReason } = client;
        fire(element, "statechange", { status, closeReason });
        redraw();
      }),
      client.on("message", (message) => {
        fire(element, "chat-message", { message });
        if (message.author.id !== client.you?.id) this.#hear(message);
      }),
      client.on("error", (error) => fire(element, "chat-error", { error })),
    ];
  }

  /** Leaves the room, unless another element is in it. */
  end(): void {
    for (const off of this.#off) off();
    release(this.#connection);
  }

  /** Whether `place` is this conversation, for the same person. */
  isAt(place: Place): boolean {
    return isSame(this.#connection.place, place);
  }

  /** The text that was written and not sent. */
  get draft(): string {
    const { storage } = this.#connection;
    return storage.getItem(`draft:${this.client.room}`) ?? "";
  }

  set draft(text: string) {
    this.act();
    this.#connection.storage.setItem(`draft:${this.client.room}`, text);
  }

  /** Whether nobody has chosen a nickname for the reader yet. */
  get isNameless(): boolean {
    const { place, storage } = this.#connection;
    const { you } = this.client;
    if (place.token || place.nickname || (you && !you.guest)) return false;
    return !storage.getItem("nickname");
  }

  /** Sends what was written; false when it could not be taken on. */
  submit(text: string): boolean {
    const { client, element, reading } = this;
    if (!fire(element, "before-send", { text })) return false;
    this.act();
    // The reader answered: the line has done its work.
    reading.divider = undefined;
    const { pending } = client.timeline;
    this.send(text).catch(() => {});
    // What the outbox has no room for stays in the composer.
    return client.timeline.pending !== pending;
  }

  /** Sends a message and tells the page how it went. */
  send(text: string): Promise<Message> {
    const { element } = this;
    const sent = this.client.send(text);
    sent.then(
      (message) => fire(element, "message-sent", { message }),
      (error: unknown) => fire(element, "message-failed", { text, error }),
    );
    return sent;
  }

  /** Changes the nickname of the reader; throws what the room has against it. */
  async rename(wanted: string): Promise<void> {
    const { nickname } = await this.client.rename(wanted);
    this.act();
    this.#connection.storage.setItem("nickname", nickname);
  }

  /** The reader did something: from now on values may be kept. */
  act(): void {
    this.#connection.storage.permit();
  }

  /** Takes in what can be read now; `isShown` says whether the log is in sight. */
  read(isShown: boolean): void {
    const { client, element, reading } = this;
    const { messages, head, live } = client.timeline;
    if (!live) return;
    const { unread, upTo } = reading;
    const attentive = isShown && this.atEnd && !document.hidden;
    reading.update({ messages, head, you: client.you?.id, attentive });
    if (reading.upTo !== upTo)
      this.#connection.storage.setItem(`read:${client.room}`, `${head}`);
    if (!this.#isReady) fire(element, "ready", { client });
    this.#isReady = true;
    if (reading.unread !== unread)
      fire(element, "unreadchange", { unread: reading.unread });
  }

  /** A message does more than stand in the log: it is heard. */
  #hear(message: Message): void {
    const { element, strings } = this;
    if (heard.has(message)) return;
    if (element.sound) chime();
    // A closed panel speaks through its badge.
    if (element.mode === "bubble" && !element.open) return;
    heard.add(message);
    announceMessage(`${message.author.nickname}: ${message.text}`, (n) =>
      fill(strings.newMessages, { n }),
    );
  }
}
