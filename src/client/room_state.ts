/** All that a client shows of its room. Pure. */
import type {
  Limits,
  Member,
  PresenceChanged,
  RoomEvent,
  You,
} from "../protocol/events.ts";
import { apply, EMPTY, type Timeline } from "./timeline.ts";

/** One room, as its reader sees it; parts that do not change keep their identity. */
export interface RoomState {
  readonly timeline: Timeline;
  /** Who is here; `undefined` in a crowd. */
  readonly members?: readonly Member[] | undefined;
  /** How many are here. */
  readonly online: number;
  /** Absent before the first welcome. */
  readonly you?: You | undefined;
  /** Absent before the first welcome. */
  readonly limits?: SpreadLimits | undefined;
}

/** Limits with a hint that a server may give; not in the contract's first version. */
type SpreadLimits = Limits & {
  /** Clients that were dropped together come back within this time, in ms. */
  readonly spread?: number;
};

/** A room that was not entered. */
export const OUTSIDE: RoomState = { timeline: EMPTY, online: 0 };

/** The state after `event`. */
export function advance(before: RoomState, event: RoomEvent): RoomState {
  const state = { ...before, timeline: apply(before.timeline, event) };
  switch (event.type) {
    case "welcome": {
      const { members, online, you, limits } = event;
      return { ...state, members, online, you, limits };
    }
    case "you":
      return { ...state, you: event.you };
    case "online":
      // In a crowd only a number is told.
      return { ...state, members: undefined, online: event.online };
    case "joined":
    case "left":
    case "renamed": {
      const { member, online } = event;
      const { you } = state;
      const isYou = you && member.id === you.id;
      return {
        ...state,
        members: state.members && attend(state.members, event),
        online,
        you: isYou ? { ...you, ...member } : you,
      };
    }
    default:
      return state;
  }
}

/** Who is there after `event`. */
function attend(
  members: readonly Member[],
  { type, member }: PresenceChanged,
): readonly Member[] {
  const index = members.findIndex(({ id }) => id === member.id);
  if (type === "left") return members.toSpliced(index, index < 0 ? 0 : 1);
  return index < 0 ? [...members, member] : members.with(index, member);
}
