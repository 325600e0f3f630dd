/** Who is told how far somebody has read: at once, and who joins later. */
import { SMALL_ROOM_SIZE, type Welcome } from "../../protocol/mod.ts";
import type { Session } from "../sockets/session.ts";
import type { RoomOptions, SessionContext } from "./room_options.ts";

/** What it depends on besides who reads. */
type Setting = Pick<RoomOptions, "room" | "marks" | "watchers" | "settings">;

/** A session has read up to `seq`; what it has read before is no news. */
export function markRead(
  context: SessionContext,
  options: Setting & { seq: number },
): void {
  const { session, fanOut, presence } = context;
  const { seq, marks, watchers } = options;
  if (seq <= (session.read ?? 0)) return;
  session.update({ read: seq });
  marks.raise(session);
  watchers.read(session);
  const { member } = session;
  const event = { type: "read", member, seq } as const;
  if (isTold(context, options)) {
    return fanOut.broadcast(event, (other) => other !== session);
  }
  const own = presence.sessionsOf(member.id);
  own.delete(session);
  fanOut.broadcast(event, own);
}

/** What somebody who joins is told: how far they have read, and in a small room all others. */
export function readStateFor(
  context: SessionContext,
  options: Setting,
): Pick<Welcome, "read" | "reads"> {
  const { session, fanOut } = context;
  const own = options.marks.of(session.member).get(options.room);
  if (own !== undefined) session.update({ read: own });
  return {
    ...(own !== undefined && { read: own }),
    ...(isTold(context, options) && { reads: readsOf(fanOut) }),
  };
}

function isTold({ presence }: SessionContext, { settings }: Setting): boolean {
  return settings.current.readReceipts && presence.online < SMALL_ROOM_SIZE;
}

function readsOf(sessions: Iterable<Session>): Record<string, number> {
  const reads = new Map<string, number>();
  for (const { member, read: mark = 0 } of sessions) {
    if (mark > (reads.get(member.id) ?? 0)) reads.set(member.id, mark);
  }
  return Object.fromEntries(reads);
}
