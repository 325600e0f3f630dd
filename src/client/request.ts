/** What is asked of a room, and which event answers it. Pure. */
import type {
  Deleted,
  Edited,
  Message,
  PresenceChanged,
  Reacted,
  RoomEvent,
} from "../protocol/events.ts";
import type { ChatError } from "./chat_error.ts";
import { isLogEvent } from "./timeline.ts";

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
  readonly error?: ChatError;
}

/** A command with an answer of its own. The room ignores the nonce of a `rename`. */
export type Request = { readonly nonce: string } & (
  | { readonly type: "send"; readonly text: string; readonly replyTo?: number }
  | { readonly type: "edit"; readonly seq: number; readonly text: string }
  | { readonly type: "delete"; readonly seq: number }
  | {
      readonly type: "react";
      readonly seq: number;
      readonly emoji: string;
      readonly on: boolean;
    }
  | { readonly type: "rename"; readonly nickname: string }
);

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

/** A request of one type. */
export type RequestOf<Type> = Request & { readonly type: Type };

/** A request and, once it was sent, who it was sent as. */
export interface SentRequest {
  readonly request: Request;
  readonly author?: string;
}

/** Whether `event` answers `sent`. */
export function isAnswer(
  event: RoomEvent,
  { request, author }: SentRequest,
): event is Answer {
  if (event.type === "renamed") {
    return request.type === "rename" && event.member.id === author;
  }
  if (!isLogEvent(event) || event.nonce !== request.nonce) return false;
  // A nonce is unique per author only.
  return ("author" in event ? event.author : event.by).id === author;
}
