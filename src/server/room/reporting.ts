/** What becomes of a report: it is filed, and the moderators who are here are told. */
import { type CommandOf, may, type RoomEvent } from "../../protocol/mod.ts";
import { opens } from "../door/identity.ts";
import type { Log } from "../log/log.ts";
import { addReport } from "../moderation/reports.ts";
import { NOT_FOUND, refusal, TOO_MANY_REPORTS } from "../problems.ts";
import type { Session } from "../sockets/session.ts";
import type { Database } from "../storage/database.ts";

/** What a report depends on. */
export interface Reporting {
  readonly database: Database;
  /** Who reports. */
  readonly by: Session;
  /** The log of their room. */
  readonly log: Log;
  /** Open sessions in all rooms. */
  readonly sessions: () => readonly Session[];
  /** Sends something to one session, in whatever room. */
  readonly send: (session: Session, event: RoomEvent) => void;
  /** In ms since 1970. */
  readonly now: number;
}

/** Files a report; what its sender is answered. */
export function report(
  command: CommandOf<"report">,
  { database, by: reporter, log, sessions, send, now: at }: Reporting,
): RoomEvent {
  const { member: by, room } = reporter;
  const { seq: target, reason, nonce } = command;
  const message = log.history.message(target);
  if (!message || message.deleted) return refusal(NOT_FOUND, { nonce });
  const id = addReport(database, { room: log.id, target, by, at, reason });
  if (id === "too many") return refusal(TOO_MANY_REPORTS, { nonce });
  // A repetition is answered and not told again.
  if (id !== undefined) {
    const event = { type: "reported", id, room, target, by, reason } as const;
    for (const session of sessions()) {
      const { member, grant } = session;
      if (may(member.role, "oversee") && opens(grant, room)) {
        send(session, event);
      }
    }
  }
  return { type: "reported", nonce, by, target };
}
