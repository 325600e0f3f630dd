/** What a client shows and what it tells its listeners. Types only. */
import type {
  Member,
  Message,
  RoomChanged,
  RoomEvent,
  You,
} from "../protocol/events.ts";
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
  /** The others who type right now. */
  typing: readonly Member[];
}

/** Event types of a client and what their listeners are given. */
export interface ChatEvents {
  /** Where the connection stands. */
  readonly status: Status;
  /** Messages, own pending ones included, or members changed. */
  readonly timeline: Timeline;
  /** Somebody came, went or has another nickname; `undefined` in a crowd. */
  readonly presence: readonly Member[] | undefined;
  /** The others who type right now. */
  readonly typing: readonly Member[];
  /** Your identity, role or nickname. */
  readonly you: You;
  /** A message that was said just now: no backfill, no history. */
  readonly message: Message;
  /** Anything the room says, each event once, after it was applied. */
  readonly event: RoomEvent;
  /** The room's settings changed. */
  readonly room: RoomChanged;
  /** The room refused something that no promise stands for. */
  readonly error: ChatError;
}
