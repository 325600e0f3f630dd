/** How far somebody has read: what follows from it, and what a newcomer is told of it. */
import { SMALL_ROOM_SIZE, type Welcome } from "../../protocol/mod.ts";
import type { Session } from "../sockets/session.ts";
import type { RoomOptions } from "./room_options.ts";
import type { Place } from "./signals.ts";

/** What reading depends on besides who reads. */
type Setting = Pick<RoomOptions, "room" | "marks" | "onlookers" | "settings">;

/** A session has read up to `seq`; what it has read before is no news. */
export function read(place: Place, options: Setting & { seq: number }): void {
  const { session, audience } = place;
  const { seq, marks, onlookers } = options;
  if (seq <= (session.read ?? 0)) return;
  session.update({ read: seq });
  marks.raise(session);
  onlookers.read(session);
  const { member } = session;
  const isForAll = isTold(place, options);
  audience.tell(
    { type: "read", member, seq },
    (other) => other !== session && (isForAll || other.member.id === member.id),
  );
}

/** What somebody who joins is told: how far they have read, and in a small room all others. */
export function reading(
  place: Place,
  options: Setting,
): Pick<Welcome, "read" | "reads"> {
  const { session, audience } = place;
  const own = options.marks.of(session.member).get(options.room);
  if (own !== undefined) session.update({ read: own });
  return {
    ...(own !== undefined && { read: own }),
    ...(isTold(place, options) && { reads: readsOf(audience) }),
  };
}

function isTold({ attendance }: Place, { settings }: Setting): boolean {
  return settings.current.readReceipts && attendance.online < SMALL_ROOM_SIZE;
}

function readsOf(sessions: Iterable<Session>): Record<string, number> {
  const reads = new Map<string, number>();
  for (const { member, read: mark = 0 } of sessions) {
    if (mark > (reads.get(member.id) ?? 0)) reads.set(member.id, mark);
  }
  return Object.fromEntries(reads);
}
