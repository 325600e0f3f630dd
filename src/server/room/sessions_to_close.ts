/** Which sessions a kick or a ban closes. */
import type { LogCommand, ModerateOf, Problem } from "../../protocol/mod.ts";
import type { Sanctions } from "../moderation/sanctions.ts";
import { KICKED, sanctioned } from "../problems.ts";
import type { Session } from "../sockets/session.ts";
import type { SessionCloser } from "../sockets/session_closer.ts";

/** What that depends on. */
export interface Removal {
  /** Open sessions in all rooms. */
  readonly sessions: () => readonly Session[];
  /** In force, the one of this act among them. */
  readonly sanctions: Sanctions;
  /** In ms since 1970. */
  readonly now: number;
}

/** Closes every session that a command means, in whatever room: a kick or a ban does, no other. */
export function closeExpelled(
  command: LogCommand,
  options: Removal & { closer: SessionCloser },
): void {
  if (command.type !== "moderate") return;
  if (command.action !== "ban" && command.action !== "kick") return;
  for (const [session, why] of sessionsToClose(command, options)) {
    options.closer.dismiss([session], why);
  }
}

/** The sessions that an act ends, and why. */
function sessionsToClose(
  act: ModerateOf<"ban" | "kick">,
  { sessions: open, sanctions, now }: Removal,
): [Session, Problem][] {
  const sessions = open();
  const own = sessions.filter(({ member }) => member.id === act.member);
  if (act.action === "kick") return own.map((session) => [session, KICKED]);
  // Only these are looked up: for everybody in a crowd that would be a row each.
  const bound = act.address ? own : [];
  const addresses = new Set(bound.map(({ address }) => address));
  const meant = sessions.filter(
    ({ member, address }) =>
      member.id === act.member ||
      (member.guest && address !== undefined && addresses.has(address)),
  );
  return meant.flatMap((session): [Session, Problem][] => {
    const end = sanctions.end("ban", { subject: session, now });
    return end === undefined ? [] : [[session, sanctioned("ban", end)]];
  });
}
