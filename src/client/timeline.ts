/** What is known of one room: what was said, and who is there. Pure. */
import type {
  LogEvent,
  Member,
  Message,
  RoomEvent,
  Welcome,
} from "../protocol/events.ts";
import { react } from "./reactions.ts";
import type { PendingMessage } from "./request.ts";

/** One room as it was welcomed to, kept up to date; new whenever anything changes. */
export interface Timeline
  extends Partial<Pick<Welcome, "you" | "limits">>,
    Pick<Welcome, "epoch" | "head" | "oldest" | "online"> {
  /** Who is here; `undefined` in a crowd. */
  readonly members?: readonly Member[] | undefined;
  /** Highest `seq` applied without a gap. */
  readonly cursor: number;
  /** Whether there are older messages than the first of `messages`. */
  readonly more: boolean;
  /** Whether everything said so far is here; `false` during a backfill. */
  readonly live: boolean;
  /** Whether the backfill is a snapshot: one that is cut cannot be resumed. */
  readonly fresh: boolean;
  /** Ascending by `seq`, each in its current state. */
  readonly messages: readonly Message[];
  /** Own messages that the room has not confirmed, in the order they were sent. */
  readonly pending: readonly PendingMessage[];
}

/** A room that was not entered. */
export const EMPTY: Timeline = {
  epoch: "",
  cursor: 0,
  head: 0,
  oldest: 1,
  online: 0,
  more: false,
  live: false,
  fresh: true,
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

/** The timeline after `event`; the same one if nothing in it changes. */
export function apply(timeline: Timeline, event: RoomEvent): Timeline {
  const { messages, members, you, pending, fresh } = timeline;
  const first = messages[0]?.seq ?? 0;
  switch (event.type) {
    case "welcome": {
      const { type: _, ...room } = event;
      const fromNow = { ...EMPTY, pending, cursor: event.head };
      const before = event.resumed ? timeline : fromNow;
      return { ...before, members: undefined, ...room, live: false };
    }
    case "live": {
      const more = fresh ? first > timeline.oldest : timeline.more;
      return { ...timeline, live: true, fresh: false, more };
    }
    case "history": {
      const older = event.messages.filter(({ seq }) => !first || seq < first);
      const { more } = event;
      return { ...timeline, messages: [...older, ...messages], more };
    }
    case "you":
      return { ...timeline, you: event.you };
    case "online":
      // In a crowd only a number is told.
      return { ...timeline, members: undefined, online: event.online };
    case "joined":
    case "left":
    case "renamed": {
      const { member, online } = event;
      const others = members?.filter(({ id }) => id !== member.id);
      if (event.type !== "left") others?.push(member);
      const next = { ...timeline, members: others, online };
      return you?.id === member.id
        ? { ...next, you: { ...you, ...member } }
        : next;
    }
    default:
      return isLogEvent(event) ? append(timeline, event) : timeline;
  }
}

function append(timeline: Timeline, event: LogEvent): Timeline {
  const { seq } = event;
  const { messages, you, fresh } = timeline;
  // A snapshot's messages lie below the cursor, which is that of the whole snapshot.
  if (!fresh && seq <= timeline.cursor) return timeline;
  const cursor = Math.max(timeline.cursor, seq);
  const next = { ...timeline, cursor, head: Math.max(timeline.head, seq) };
  if (event.type === "message") {
    const more = timeline.more || messages.length === MAX_MESSAGES;
    return {
      ...next,
      messages: [...messages, event].slice(-MAX_MESSAGES),
      more,
    };
  }
  const change = (message: Message) =>
    message.seq === event.target ? changed(message, event, you?.id) : message;
  return { ...next, messages: messages.map(change) };
}

function changed(
  message: Message,
  event: Exclude<LogEvent, Message>,
  me: string | undefined,
): Message {
  switch (event.type) {
    case "edited":
      return { ...message, text: event.text, editedAt: event.at };
    case "deleted": {
      const { editedAt: _, reactions: __, ...kept } = message;
      return { ...kept, text: "", deleted: true };
    }
    case "reacted":
      return { ...message, reactions: react(message.reactions, event, me) };
    default:
      return message;
  }
}
