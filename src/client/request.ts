/** What is asked of a room, and which event answers it. Types only. */
import type {
  Deleted,
  Edited,
  Message,
  PresenceChanged,
  Reacted,
} from "../protocol/events.ts";
import type { ChatError } from "./chat_error.ts";

/** A message of one's own that the room has not confirmed. */
export interface PendingMessage {
  readonly nonce: string;
  readonly text: string;
  readonly replyTo?: number;
  /** When it was given to the client, in ms since 1970. */
  readonly at: number;
  /** A failed one is sent again only on request. */
  readonly state: "pending" | "failed";
  /** Why it failed. */
  readonly error?: ChatError | undefined;
}

/** What a command with an answer of its own says. */
export type Wish =
  | { readonly type: "send"; readonly text: string; readonly replyTo?: number }
  | { readonly type: "edit"; readonly seq: number; readonly text: string }
  | { readonly type: "delete"; readonly seq: number }
  | {
      readonly type: "react";
      readonly seq: number;
      readonly emoji: string;
      readonly on: boolean;
    }
  | { readonly type: "rename"; readonly nickname: string };

/** A wish with a name of its own. The room ignores that of a `rename`. */
export type Request = Wish & { readonly nonce: string };

/** The event that answers each type of request. */
export interface Answers {
  readonly send: Message;
  readonly edit: Edited;
  readonly delete: Deleted;
  readonly react: Reacted;
  readonly rename: PresenceChanged;
}

/** What answers a request. */
export type Answer = Answers[Request["type"]];
