/** Timelines out of events, written as shortly as a test can read them. */
import {
  reacted as applyReacted,
  type Message,
  type RoomEvent,
} from "../../../src/client/mod.ts";
import * as timelines from "../../../src/client/timeline.ts";
import { EMPTY, type Timeline } from "../../../src/client/timeline.ts";

export const ann = {
  id: "a",
  nickname: "Ann",
  role: "member",
  guest: false,
} as const;
export const bob = { ...ann, id: "b", nickname: "Bob" } as const;

/** The first event of a connection, which is Ann's. */
export function welcome(fields: object = {}): RoomEvent {
  // Fields that a timeline does not read are left out.
  return {
    type: "welcome",
    epoch: "e1",
    head: 0,
    oldest: 1,
    resumed: false,
    you: { ...ann, session: "s" },
    ...fields,
  } as RoomEvent;
}

/** A message of Bob's. */
export function said(seq: number, fields: Partial<Message> = {}): Message {
  const base = { type: "message", nonce: `n${seq}`, at: seq } as const;
  return { ...base, seq, author: bob, text: `text ${seq}`, ...fields };
}

/** The end of what a connection begins with. */
export function live(head: number): RoomEvent {
  return { type: "live", head };
}

/** The timeline after `event`, of a client that also counts reactions. */
export function apply(timeline: Timeline, event: RoomEvent): Timeline {
  const next = timelines.apply(timeline, event, { reacted: applyReacted });
  if (!next) throw new Error("Events are missing");
  return next;
}

/** The timeline after `events`. */
export function read(...events: RoomEvent[]): Timeline {
  return events.reduce(apply, EMPTY);
}
