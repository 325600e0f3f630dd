/** What a client shows and what it tells its listeners. Types only. */
import type { Message, RoomEvent } from "../protocol/events.ts";
import type { ChatError } from "./chat_error.ts";
import type { Status } from "./connection.ts";
import type { CloseReason } from "./options.ts";
import type { Timeline } from "./timeline.ts";

/** The state of a client. Everybody reads it, only its room writes it. */
export interface ChatState {
  /** Where the connection stands. */
  status: Status;
  /** Why the last connection ended; `undefined` while one stands. */
  closeReason: CloseReason | undefined;
  /** When the next attempt is due, in ms since 1970; only while waiting for one. */
  retryAt: number | undefined;
  /** Messages and members; a new object whenever anything in it changes. */
  timeline: Timeline;
}

/** What a room says, by its type. */
type Said = {
  readonly [Event in RoomEvent as Exclude<Event["type"], "error">]: Event;
};

/**
 * Event types of a client and what their listeners are given. Each type of event that a
 * room says is one: `message`, `edited`, `joined`, `typing`, … What is in the log is told
 * this way only when it is said: no backfill, no history.
 */
export interface ChatEvents extends Said {
  /** Where the connection stands. */
  readonly status: Status;
  /** Messages, own pending ones included, or members changed. */
  readonly timeline: Timeline;
  /** A message that was said just now. */
  readonly message: Message;
  /** Anything the room says, backfill included, each event once, after it was applied. */
  readonly event: RoomEvent;
  /** An error that does not belong to a call of yours; those reject their own promise. */
  readonly error: ChatError;
}
