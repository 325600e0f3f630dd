/** What is asked of a room, and which event answers it. Types only. */
import type {
  Deleted,
  Edited,
  History,
  Message,
  Moderated,
  PresenceChanged,
  Reacted,
  Reported,
  YouChanged,
} from "../protocol/events.ts";
import type { ChatError } from "./chat_error.ts";

/** A message of one's own that the room has not confirmed. */
export interface PendingMessage {
  readonly nonce: string;
  readonly text: string;
  readonly replyTo?: number;
  readonly mentions?: readonly string[];
  /** Key of its image. */
  readonly file?: string;
  /** When it was given to the client, in ms since 1970. */
  readonly at: number;
  /** A failed one is sent again only on request. */
  readonly state: "pending" | "failed";
  /** Why it failed. */
  readonly error?: ChatError | undefined;
}

/** What a message says. */
export interface SendFields {
  /** May be empty beside a file. */
  readonly text: string;
  readonly replyTo?: number;
  /** Ids of the members who are meant. */
  readonly mentions?: readonly string[];
  /** Key of an image that was uploaded. */
  readonly file?: string;
}

interface EditFields {
  readonly seq: number;
  readonly text: string;
  readonly mentions?: readonly string[];
}

/** Every command that is answered, and its answer. A new one is added here, and only here. */
interface Exchanges {
  readonly send: [SendFields, Message];
  readonly edit: [EditFields, Edited];
  readonly delete: [{ readonly seq: number }, Deleted];
  readonly react: [
    { readonly seq: number; readonly emoji: string; readonly on: boolean },
    Reacted,
  ];
  readonly rename: [
    { readonly nickname: string; readonly ref: string },
    YouChanged | PresenceChanged,
  ];
  readonly moderate: [
    Omit<Moderated, "type" | "seq" | "nonce" | "at" | "by" | "member"> & {
      /** Id of the member. */
      readonly member?: string;
      /** Whether the address behind a guest is meant too. */
      readonly address?: boolean;
    },
    Moderated,
  ];
  readonly report: [
    { readonly seq: number; readonly reason: string },
    Reported,
  ];
  readonly history: [
    {
      /** At most one of the three, a `seq`. */
      readonly before?: number | undefined;
      readonly after?: number | undefined;
      readonly around?: number | undefined;
      readonly limit?: number | undefined;
      readonly ref: string;
    },
    History,
  ];
}

/** Types of commands that are answered. */
export type Asked = keyof Exchanges;

/** A command of the type `Type`. */
export type Wish<Type extends Asked = Asked> = {
  readonly [Each in Type]: Exchanges[Each][0] & {
    readonly type: Each;
    /** Given by the client. */
    readonly nonce?: string;
    /** Names a command that has no nonce, 1 to 64 of `A-Z a-z 0-9 _ -`. */
    readonly ref?: string;
  };
}[Type];

/** What answers a command of the type `Type`. */
export type Answer<Type extends Asked = Asked> = Exchanges[Type][1];
