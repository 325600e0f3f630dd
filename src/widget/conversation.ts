import type {
  ChatClient,
  Context,
  Message,
  SendOptions,
} from "../client/mod.ts";
import {
  acquire,
  isSameRoom,
  matches,
  nicknameKey,
  type Place,
  release,
} from "./connections.ts";
import { createDraft, type Luggage } from "./draft.ts";
import { fire } from "./element_events.ts";
import type { Extension } from "./extension.ts";
import { type Formats, formatsOf } from "./formats.ts";
import { type ProjectStorage, storageOf } from "./project_storage.ts";
import { Reading } from "./reading.ts";
import type { ReflectedElement } from "./reflected_element.ts";
import { type Strings, stringsFor } from "./strings.ts";

/** One element's part in a room: what was read, written and told; all is drawn from it. */
export interface Conversation {
  readonly client: ChatClient;
  readonly place: Place;
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
  /** Whose draft it is, empty for a guest; undefined as long as nobody knows. */
  readonly author: string | undefined;
  /** Whether the nickname is the platform's to give. */
  readonly isNamed: boolean;
  /** The one that the reader has chosen here. */
  nickname: string | null;
  /** What stands in the composer: the draft, or what is on the sheet. */
  written: string;
  /** Written in place of the draft, which is kept meanwhile. */
  sheet: { text: string } | undefined;
  readonly luggage: Luggage;
  readonly storage: ProjectStorage;
  /** Of this tab alone. */
  readonly own: ProjectStorage;
  /** The message `seq`, if it is among those that are shown. */
  find(seq: number | undefined): Message | undefined;
  /** Draws everything anew soon; resolves when that is done. */
  redraw(): Promise<void>;
  /** Leaves the room, unless another element is in it; at once if it is over. */
  end(isOver?: boolean): void;
  /** Whether `place` is this conversation, for the same person. */
  isAt(place: Place): boolean;
  /** Goes on with another token of that person. */
  adopt(token: Place["token"]): void;
  /** Why the room has never let the reader in; then nothing here is that member's. */
  readonly refusal: string | undefined;
  /** What goes along to `place`: nothing that is kept here, and nothing of a member's. */
  pack(place: Place): Luggage | undefined;
  /** Whether the reader is a guest for whom nobody has chosen a nickname yet. */
  isNameless(): boolean;
  /** Sends what was written; false when it could not be taken on. */
  submit(text: string): boolean;
  /** Sends a message and tells the page how it went. */
  send(text: string, options?: SendOptions): Promise<Message>;
  /** The reader did something: from now on values may be kept. */
  act(): void;
  /** Takes in what can be read now; `isShown` says whether the log is in sight. */
  read(isShown: boolean): void;
}

type ConversationOptions = Pick<Conversation, "element" | "redraw"> & {
  readonly place: Place;
  readonly luggage: Luggage | undefined;
};

/** Enters a room, or joins another element there. */
export function createConversation(options: ConversationOptions): Conversation {
  const { element, redraw, luggage = { written: { text: "" } } } = options;
  const connection = acquire(options.place);
  const { client, place, storage } = connection;
  const readKey = `read:${client.room}`;
  const own = storageOf(
    `${place.server}:${place.project}`,
    place.storage === "none" ? "none" : "session",
  );
  let { token } = options.place;
  const upTo = storage.getItem(readKey);
  const reading = new Reading(upTo ? Number(upTo) : undefined);
  const act = () => {
    storage.permit();
    own.permit();
  };
  const draft = createDraft({
    luggage,
    shared: storage,
    own,
    keyOf() {
      const { author } = conversation;
      return author === undefined ? author : `draft:${client.room}:${author}`;
    },
  });
  let isReady = false;

  const send = (text: string, options?: SendOptions) => {
    const sent = client.send(text, options);
    sent.then(
      (message) => fire(element, "message-sent", { message }),
      (error: unknown) => fire(element, "message-failed", { text, error }),
    );
    return sent;
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
    }),
    client.on("error", (error) => fire(element, "chat-error", { error })),
  ];

  const conversation: Conversation = {
    client,
    place,
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
    sheet: undefined,
    luggage,
    storage,
    own,
    get author() {
      return connection.claims?.sub;
    },
    get refusal() {
      return client.you ? undefined : client.closeReason?.error;
    },
    get isNamed() {
      return connection.claims?.name !== undefined;
    },
    get nickname() {
      return storage.getItem(nicknameKey(conversation.author));
    },
    set nickname(nickname) {
      act();
      storage.setItem(nicknameKey(conversation.author), `${nickname}`);
    },
    get written() {
      return conversation.sheet?.text ?? draft.text;
    },
    set written(text) {
      act();
      (conversation.sheet ?? draft).text = text;
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
    isAt: (other) => matches(connection, other),
    adopt(next) {
      // Another element may have brought a newer one than that.
      if (next !== token) connection.adopt(next);
      token = next;
    },
    pack(other) {
      if (conversation.author && !conversation.refusal) return undefined;
      if (isSameRoom(place, other)) return luggage;
      const { written } = luggage;
      return written.key ? undefined : { written };
    },
    isNameless() {
      const { author, nickname } = conversation;
      return author === "" && !element.nickname && !nickname;
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
      if (isTaken) {
        conversation.written = "";
        for (const { onSent } of extensions) onSent?.();
      } else
        sent.catch((error: unknown) => {
          for (const { onRefused } of extensions) onRefused?.(error);
        });
      return isTaken;
    },
    read(isShown) {
      const { messages, head, live, read: known } = client.timeline;
      if (!live) return;
      const { upTo: before } = reading;
      const isCovered = conversation.extensions.some(({ view }) => view?.());
      const attentive =
        isShown && conversation.atEnd && !isCovered && !document.hidden;
      const you = client.you?.id;
      reading.update({ messages, head, known, you, attentive });
      const { upTo = head } = reading;
      if (attentive)
        for (const { onRead } of conversation.extensions) onRead?.(upTo);
      if (upTo !== before) storage.setItem(readKey, `${upTo}`);
      if (!isReady) fire(element, "ready", { client });
      isReady = true;
    },
  };
  return conversation;
}
