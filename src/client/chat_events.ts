/** What a client tells its listeners. Types only. */
import type { Member, Message, RoomEvent, You } from "../protocol/events.ts";
import type { ChatError } from "./chat_error.ts";
import type { Status } from "./connection.ts";
import type { Timeline } from "./timeline.ts";

/** Event types of a client and what their listeners are given. */
export interface ChatEvents {
  /** Where the connection stands. */
  readonly status: Status;
  /** Messages, own pending ones included, changed. */
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
  readonly room: RoomEvent;
  /** The room refused something that no promise stands for. */
  readonly error: ChatError;
}
