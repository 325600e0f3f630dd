/** What one room has said, as far as it is loaded. Pure. */
import type {
  LogEvent,
  Message,
  RoomEvent,
  Welcome,
} from "../protocol/events.ts";
import { react } from "./reactions.ts";
import type { PendingMessage } from "./request.ts";

/** One room's messages; a new object whenever anything in it changes. */
export interface Timeline {
  /** Changes when the history was reset; empty before the first welcome. */
  readonly epoch: string;
  /** Highest `seq` applied without a gap. */
  readonly cursor: number;
  /** Highest `seq` of the room. */
  readonly head: number;
  /** Lowest `seq` that the room still has. */
  readonly oldest: number;
  /** Whether there are older messages than the first of `messages`. */
  readonly more: boolean;
  /** Whether everything said so far is here; `false` during a backfill. */
  readonly live: boolean;
  /** Whether the backfill is a snapshot: one that is cut cannot be resumed. */
  readonly fresh: boolean;
  /** Id of the reader, who is told apart in reactions. */
  readonly me: string;
  /** Ascending by `seq`, each in its current state. */
  readonly messages: readonly Message[];
  /** Own messages that the room has not confirmed, in the order they were sent. */
  readonly pending: readonly PendingMessage[];
}

/** A timeline of nothing. */
export const EMPTY: Timeline = {
  epoch: "",
  cursor: 0,
  head: 0,
  oldest: 1,
  more: false,
  live: false,
  fresh: true,
  me: "",
  messages: [],
  pending: [],
};

/** Messages kept, so that a client that runs for months does not grow; older ones can be loaded. */
const MAX_MESSAGES = 10_000;

/** Whether `event` has a place in the room's order. */
export function isLogEvent(event: RoomEvent): event is LogEvent {
  // Told by its fields, so that the cursor also passes types that come later.
  return "seq" in event && event.type !== "read";
}

/** Whether `event` shows that something before it is missing. */
export function isGap({ cursor }: Timeline, event: RoomEvent): boolean {
  if (isLogEvent(event)) return event.seq > cursor + 1;
  return event.type === "live" && event.head > cursor;
}

/** Whether `event` was applied before. */
export function isKnown(timeline: Timeline, event: RoomEvent): boolean {
  // A snapshot's messages lie below the cursor, which is that of the whole snapshot.
  const { cursor, fresh } = timeline;
  return !fresh && isLogEvent(event) && event.seq <= cursor;
}

/** The timeline after `event`; the same one if nothing in it changes. */
export function apply(timeline: Timeline, event: RoomEvent): Timeline {
  if (isKnown(timeline, event)) return timeline;
  const { messages } = timeline;
  const first = messages[0]?.seq;
  switch (event.type) {
    case "welcome":
      return welcome(timeline, event);
    case "live": {
      const { fresh, oldest } = timeline;
      const more = fresh
        ? first !== undefined && first > oldest
        : timeline.more;
      return { ...timeline, live: true, fresh: false, more };
    }
    case "history": {
      const isOlder = ({ seq }: Message) => !first || seq < first;
      const older = event.messages.filter(isOlder);
      const { more } = event;
      return { ...timeline, messages: [...older, ...messages], more };
    }
    default:
      return isLogEvent(event) ? append(timeline, event) : timeline;
  }
}

function welcome(timeline: Timeline, event: Welcome): Timeline {
  const { epoch, head, oldest, resumed, you } = event;
  const { pending } = timeline;
  const before = resumed ? timeline : { ...EMPTY, pending, cursor: head };
  return { ...before, epoch, head, oldest, me: you.id, live: false };
}

function append(timeline: Timeline, event: LogEvent): Timeline {
  const cursor = Math.max(timeline.cursor, event.seq);
  const next = { ...timeline, cursor, head: Math.max(timeline.head, cursor) };
  const { messages, me } = timeline;
  if (event.type === "message") {
    const { length } = messages;
    const kept = length < MAX_MESSAGES ? messages : messages.slice(1);
    const more = timeline.more || kept !== messages;
    return { ...next, messages: [...kept, event], more };
  }
  const index = messages.findLastIndex(({ seq }) => seq === event.target);
  const target = messages[index];
  if (!target) return next;
  return {
    ...next,
    messages: messages.with(index, changed(target, event, me)),
  };
}

function changed(
  message: Message,
  event: Exclude<LogEvent, Message>,
  me: string,
): Message {
  switch (event.type) {
    case "edited":
      return { ...message, text: event.text, editedAt: event.at };
    case "deleted": {
      const { editedAt: _, reactions: __, ...kept } = message;
      return { ...kept, text: "", deleted: true };
    }
    case "reacted":
      return {
        ...message,
        reactions: react(message.reactions ?? {}, event, me),
      };
    default:
      return message;
  }
}
