/** What passes and is not kept: who types. Told in rooms small enough to care. */

import type { Session } from "../sockets/session.ts";
import type { Attendance } from "./attendance.ts";
import type { Audience } from "./audience.ts";

/** Where a signal is given. */
export interface Place {
  readonly audience: Audience;
  readonly attendance: Attendance;
  readonly session: Session;
}

/** A session's typing is told at most this often, in ms; readers forget it after twice that. */
const TYPING_PERIOD = 3_000;

/** Tells the other members that one types, or has stopped: seldom, and not what they know. */
export function tellTyping(
  place: Place,
  typing: { on: boolean; now: number },
): void {
  if (place.attendance.crowded) return;
  const { on, now } = typing;
  const { member, typed } = place.session;
  if (typed && now - typed.at < TYPING_PERIOD) return;
  if (!on && !typed?.on) return;
  place.session.update({ typed: { on, at: now } });
  place.audience.tell(
    { type: "typing", member, on },
    (other) => other.member.id !== member.id,
  );
}
