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
import { Reading } from "./reading.ts";
import type { Settings } from "./settings.ts";
import { chime } from "./sound.ts";
import { fill, type Strings } from "./strings.ts";

interface ConversationOptions {
  readonly place: Place;
  /** Where events are fired. */
  readonly target: EventTarget;
  /** Something that is drawn changed. */
  readonly onChange: () => void;
  /** Somebody else said something. */
  readonly onHeard: (message: Message) => void;
}

/** One element's part in a room: what was read, written and told to the page. */
export class Conversation {
  readonly client: ChatClient;
  readonly reading: Reading;
  /** Whether the reader is at the end of the log. */
  #atEnd = true;
  #isReady = false;
  readonly #connection: Connection;
  readonly #options: ConversationOptions;
  readonly #off: readonly (() => void)[];

  constructor(options: ConversationOptions) {
    const { place, target, onChange, onHeard } = options;
    this.#options = options;
    this.#connection = acquire(place);
    const { client, storage } = this.#connection;
    this.client = client;
    const upTo = storage.getItem(`read:${client.room}`);
    this.reading = new Reading(upTo ? Number(upTo) : undefined);
    this.#off = [
      client.on("timeline", onChange),
      client.on("presence", onChange),
      client.on("typing", onChange),
      client.on("you", onChange),
      client.on("status", (status) => {
        fire(target, "statechange", {
          status,
          closeReason: client.closeReason,
        });
        onChange();
      }),
      client.on("message", (message) => {
        fire(target, "chat-message", { message });
        if (message.author.id !== client.you?.id) onHeard(message);
      }),
      client.on("error", (error) => fire(target, "chat-error", { error })),
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

  /** Whether nobody has chosen a nickname for the reader yet. */
  readonly isNameless = (): boolean => {
    const { place, storage } = this.#connection;
    const { you } = this.client;
    if (place.token || place.nickname || (you && !you.guest)) return false;
    return !storage.getItem("nickname");
  };

  readonly keepDraft = (text: string): void => {
    const { storage } = this.#connection;
    storage.permit();
    storage.setItem(`draft:${this.client.room}`, text);
  };

  /** Sends what was written; false when it could not be taken on. */
  readonly submit = (text: string): boolean => {
    const { client, reading } = this;
    if (!fire(this.#options.target, "before-send", { text })) return false;
    this.#connection.storage.permit();
    reading.forgetDivider();
    const { pending } = client.timeline;
    this.send(text).catch(() => {});
    // What the outbox has no room for stays in the composer.
    return client.timeline.pending !== pending;
  };

  /** Sends a message and tells the page how it went. */
  send(text: string): Promise<Message> {
    const { target } = this.#options;
    const sent = this.client.send(text);
    sent.then(
      (message) => fire(target, "message-sent", { message }),
      (error: unknown) => fire(target, "message-failed", { text, error }),
    );
    return sent;
  }

  readonly rename = async (nickname: string): Promise<void> => {
    const { storage } = this.#connection;
    const you = await this.client.rename(nickname);
    storage.permit();
    storage.setItem("nickname", you.nickname);
  };

  /** The reader opened or closed something: from now on values may be kept. */
  act(): void {
    this.#connection.storage.permit();
  }

  /** The reader reached or left the end of the log. */
  readonly moved = (atEnd: boolean): void => {
    this.#atEnd = atEnd;
    this.#options.onChange();
  };

  /** Takes in what can be read now; `isShown` says whether the log is in sight. */
  read(isShown: boolean): void {
    const { client, reading } = this;
    if (!client.timeline.live) return;
    const { messages, head } = client.timeline;
    const { unread, upTo } = reading;
    reading.update({
      messages,
      head,
      you: client.you?.id,
      attentive: isShown && this.#atEnd && !document.hidden,
    });
    const { target } = this.#options;
    if (reading.upTo !== upTo)
      this.#connection.storage.setItem(
        `read:${client.room}`,
        String(reading.upTo),
      );
    if (!this.#isReady) {
      this.#isReady = true;
      fire(target, "ready", { client });
    }
    if (reading.unread !== unread)
      fire(target, "unreadchange", { unread: reading.unread });
  }
}

/** Two elements in one room must not say the same twice. */
const heard = new WeakSet<Message>();

/** What a message does besides standing in the log: it is heard. */
export function hear(
  message: Message,
  { settings, strings }: { settings: Settings; strings: Strings },
): void {
  if (heard.has(message)) return;
  if (settings.sound) chime();
  // A closed panel speaks through its badge.
  if (settings.bubble && !settings.open) return;
  heard.add(message);
  announceMessage(`${message.author.nickname}: ${message.text}`, (n) =>
    fill(strings.newMessages, { n }),
  );
}
