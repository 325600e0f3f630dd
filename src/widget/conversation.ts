import type {
  ChatClient,
  Context,
  Message,
  SendOptions,
} from "../client/mod.ts";
import { announceMessage } from "./announcer.ts";
import { acquire, isTo, type Place, release } from "./connections.ts";
import { fire } from "./element_events.ts";
import type { Extension } from "./extension.ts";
import { type Formats, formatsOf } from "./formats.ts";
import { Reading } from "./reading.ts";
import type { ReflectedElement } from "./reflected_element.ts";
import { chime } from "./sound.ts";
import { fill, type Strings, stringsFor } from "./strings.ts";

/**
 * One element's part in a room: what was read, written and told to the page. Every part of
 * the widget is drawn from it.
 */
export interface Conversation {
  readonly client: ChatClient;
  /** Where events are fired, and whose attributes are the settings. */
  readonly element: ReflectedElement;
  readonly reading: Reading;
  /** Origin of the chat server. */
  readonly server: string;
  /** What was added by the extras; none until they are loaded. */
  extensions: readonly Extension[];
  /** The part of the log that is shown in place of its end. */
  far: Context | undefined;
  /** Goes up when what extensions draw into rows has changed. */
  revision: number;
  strings: Strings;
  formats: Formats;
  /** Whether the reader is at the end of the log. */
  atEnd: boolean;
  /** Whose draft it is; undefined as long as nobody knows. */
  readonly author: string | undefined;
  /** The text that was written and not sent. */
  draft: string;
  /** The message `seq`, if it is among those that are shown. */
  find(seq: number | undefined): Message | undefined;
  /** Draws everything anew soon; resolves when that is done. */
  redraw(): Promise<void>;
  /** Leaves the room, unless another element is in it; at once if it is over. */
  end(isOver: boolean): void;
  /** Whether `place` is this conversation, for the same person. */
  isAt(place: Place): boolean;
  /** Whether nobody has chosen a nickname for the reader yet. */
  isNameless(): boolean;
  /** Sends what was written; false when it could not be taken on. */
  submit(text: string): boolean;
  /** Sends a message and tells the page how it went. */
  send(text: string, options?: SendOptions): Promise<Message>;
  /** The reader has chosen a nickname. */
  keepNickname(nickname: string): void;
  /** The reader did something: from now on values may be kept. */
  act(): void;
  /** Takes in what can be read now; `isShown` says whether the log is in sight. */
  read(isShown: boolean): void;
}

type ConversationOptions = Pick<Conversation, "element" | "redraw"> & {
  readonly place: Place;
};

/** Two elements in one room must not say the same twice. */
const heard = new WeakSet<Message>();

/** Enters a room, or joins another element there. */
export function createConversation(options: ConversationOptions): Conversation {
  const { element, redraw } = options;
  const connection = acquire(options.place);
  const { client, place, storage } = connection;
  const readKey = `read:${client.room}`;
  /** What was written here last, and for whom: others may write under the same key. */
  let own: { key?: string | undefined; text: string } = { text: "" };
  const upTo = storage.getItem(readKey);
  const reading = new Reading(upTo ? Number(upTo) : undefined);
  const act = () => storage.permit();
  let isReady = false;

  const send = (text: string, options?: SendOptions) => {
    const sent = client.send(text, options);
    sent.then(
      (message) => fire(element, "message-sent", { message }),
      (error: unknown) => fire(element, "message-failed", { text, error }),
    );
    return sent;
  };

  /** A message does more than stand in the log: it is heard. */
  const hear = (message: Message) => {
    const { nickname } = message.author;
    if (heard.has(message)) return;
    if (element.sound) chime();
    // A closed panel speaks through its badge.
    if (element.mode === "bubble" && !element.open) return;
    heard.add(message);
    const { strings } = conversation;
    announceMessage(`${nickname}: ${message.text || strings.image}`, (n) =>
      fill(strings.newMessages, { n }),
    );
  };

  const offs = [
    client.on("timeline", redraw),
    client.on("status", (status) => {
      const { closeReason } = client;
      fire(element, "statechange", { status, closeReason });
      redraw();
    }),
    client.on("message", (message) => {
      fire(element, "chat-message", { message });
      if (message.author.id !== client.you?.id) hear(message);
    }),
    client.on("error", (error) => fire(element, "chat-error", { error })),
  ];

  const written = () => {
    const { author } = conversation;
    const key =
      author === undefined ? author : `draft:${client.room}:${author}`;
    if (own.key !== key)
      own = { key, text: (key && storage.getItem(key)) || "" };
    return own;
  };

  const conversation: Conversation = {
    client,
    element,
    reading,
    redraw,
    act,
    send,
    server: place.server,
    extensions: [],
    far: undefined,
    revision: 0,
    strings: stringsFor(""),
    formats: formatsOf(undefined),
    atEnd: true,
    get author() {
      return place.token ? client.you?.id : "";
    },
    get draft() {
      return written().text;
    },
    set draft(text) {
      act();
      const { key, text: before } = written();
      own = { key, text };
      const kept = key && storage.getItem(key);
      if (key && (!kept || kept === before)) storage.setItem(key, text);
    },
    find(wanted) {
      const { messages } = conversation.far ?? client.timeline;
      return messages.find(({ seq }) => seq === wanted);
    },
    end(isOver) {
      conversation.far?.end();
      for (const extension of conversation.extensions) extension.end?.();
      for (const off of offs) off();
      release(connection, isOver);
    },
    isAt: (other) => isTo(connection, other),
    isNameless() {
      const { you } = client;
      const isKnown = place.token || place.nickname || (you && !you.guest);
      return !isKnown && !storage.getItem("nickname");
    },
    submit(text) {
      const { extensions } = conversation;
      if (extensions.some((extension) => extension.holds?.(text))) return false;
      if (extensions.some((extension) => extension.take?.(text))) return true;
      if (!fire(element, "before-send", { text })) return false;
      act();
      // The reader answered: the line has done its work.
      reading.divider = undefined;
      const { pending } = client.timeline;
      const options = extensions.map((extension) =>
        extension.sendOptions?.(text),
      );
      const sent = send(text, Object.assign({}, ...options));
      // What the outbox has no room for stays in the composer.
      const isTaken = client.timeline.pending !== pending;
      sent.catch((error: unknown) => {
        for (const { onRefused } of extensions)
          if (!isTaken) onRefused?.(error);
      });
      for (const { onSent } of extensions) if (isTaken) onSent?.();
      return isTaken;
    },
    keepNickname(nickname) {
      act();
      storage.setItem("nickname", nickname);
    },
    read(isShown) {
      const { messages, head, live, read: known } = client.timeline;
      if (!live) return;
      const before = { ...reading };
      const attentive = isShown && conversation.atEnd && !document.hidden;
      const you = client.you?.id;
      reading.update({ messages, head, known, you, attentive });
      const { upTo = head } = reading;
      if (attentive)
        for (const { onRead } of conversation.extensions) onRead?.(upTo);
      if (upTo !== before.upTo) storage.setItem(readKey, `${upTo}`);
      if (!isReady) fire(element, "ready", { client });
      isReady = true;
    },
  };
  return conversation;
}
