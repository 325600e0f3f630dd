/** What is known of one room: what was said, and who is there. Pure. */
import type {
  LogEvent,
  Member,
  Message,
  RoomEvent,
  Welcome,
} from "../protocol/events.ts";
import { CROWD_SIZE } from "../protocol/limits.ts";
import { type Changes, change } from "./changes.ts";
import { MAX_MESSAGES } from "./limits.ts";
import type { PendingMessage } from "./request.ts";

/** One room as it was welcomed to, kept up to date; new whenever anything changes. */
export interface Timeline
  extends Partial<
      Pick<Welcome, "you" | "limits" | "settings" | "read" | "reads">
    >,
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

/** Whether `event` has a place in the room's order. */
export function isLogEvent(event: RoomEvent): event is LogEvent {
  // Told by its fields, so that the cursor also passes types that come later.
  return "seq" in event && event.type !== "read";
}

/** Names the page of history that joins on to the first message. */
export function pageBefore({ messages }: Timeline): string {
  return `before-${messages[0]?.seq}`;
}

/**
 * The timeline after `event`: the same one if nothing in it changes, `undefined` if events
 * before it are missing. `changes` says what events beyond those of every timeline do to a
 * message.
 */
export function apply(
  timeline: Timeline,
  event: RoomEvent,
  changes: Changes = {},
): Timeline | undefined {
  const { messages, members = [], you, pending, fresh, cursor } = timeline;
  switch (event.type) {
    case "welcome": {
      const { type: _, ...room } = event;
      return {
        ...(event.resumed
          ? timeline
          : { ...EMPTY, pending, cursor: event.head }),
        members: undefined,
        ...room,
        live: false,
      };
    }
    case "live": {
      if (event.head > cursor) return undefined;
      return {
        ...timeline,
        live: true,
        fresh: false,
        more: fresh ? (messages[0]?.seq ?? 0) > timeline.oldest : timeline.more,
      };
    }
    case "history":
      // Another page, or one that was asked for before everything began anew.
      if (event.ref !== pageBefore(timeline)) return timeline;
      return {
        ...timeline,
        messages: [...event.messages, ...messages],
        more: event.more,
      };
    case "you":
      // Only a welcome brings the token of a guest.
      return { ...timeline, you: { ...you, ...event.you } };
    case "room": {
      const { type: _, ...changed } = event;
      return { ...timeline, settings: { ...timeline.settings, ...changed } };
    }
    case "online":
      // In a crowd only a number is told.
      return { ...timeline, members: undefined, online: event.online };
    case "joined":
    case "left":
    case "renamed": {
      const { member, online } = event;
      const others = members.filter(({ id }) => id !== member.id);
      if (event.type !== "left") others.push(member);
      return {
        ...timeline,
        // When a crowd is gone everybody is told again.
        members: online > CROWD_SIZE ? undefined : others,
        online,
        ...(you?.id === member.id && { you: { ...you, ...member } }),
      };
    }
    default:
      return isLogEvent(event) ? append(timeline, event, changes) : timeline;
  }
}

function append(
  timeline: Timeline,
  event: LogEvent,
  changes: Changes,
): Timeline | undefined {
  const { seq } = event;
  const { messages, fresh, more, cursor, head, you } = timeline;
  // A snapshot's messages lie below the cursor, which is that of the whole snapshot.
  if (!fresh && seq <= cursor) return timeline;
  if (seq > cursor + 1) return undefined;
  return {
    ...timeline,
    cursor: Math.max(cursor, seq),
    head: Math.max(head, seq),
    ...(event.type === "message"
      ? {
          messages: [...messages, event].slice(-MAX_MESSAGES),
          more: more || messages.length === MAX_MESSAGES,
        }
      : {
          messages: messages.map((message) =>
            change(message, event, { me: you?.id, changes }),
          ),
        }),
  };
}
