/** What passes and is not kept: who types, who has read. Told in rooms small enough to care. */
import type { Attendance } from "./attendance.ts";
import type { Audience } from "./audience.ts";
import type { Session } from "./session.ts";

/** Where a signal is given. */
export interface Place {
  readonly audience: Audience;
  readonly attendance: Attendance;
  readonly session: Session;
}

/** Tells the other members that one types, or has stopped. */
export function tellTyping(place: Place, on: boolean): void {
  if (place.attendance.crowded) return;
  const { member } = place.session;
  place.audience.tell(
    { type: "typing", member, on },
    (other) => other.member.id !== member.id,
  );
}

/** Tells the other sessions how far a member has read. */
export function tellRead(place: Place, seq: number): void {
  if (place.attendance.crowded) return;
  const { session } = place;
  place.audience.tell(
    { type: "read", member: session.member, seq },
    (other) => other !== session,
  );
}
