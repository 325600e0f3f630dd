/** What somebody is called in a room: what they ask for, unless somebody else is. */
import {
  type Member,
  type Problem,
  prepareNickname,
} from "../../protocol/mod.ts";
import { type Identity, memberOf } from "../door/identity.ts";
import {
  NAME_IS_SIGNED,
  NICKNAME_INVALID,
  NICKNAME_TAKEN,
} from "../problems.ts";
import type { Session } from "../sockets/session.ts";
import type { Attendance } from "./attendance.ts";

const HEX_DIGITS = 4;

/** The nickname of somebody who comes in; without a wish they keep the one they have. */
export function nicknameFor(
  attendance: Attendance,
  options: { identity: Identity; wanted: string | undefined },
): string {
  const { identity, wanted } = options;
  if (identity.name !== undefined) return identity.name;
  const known = attendance.nicknameOf(identity.id);
  const nickname = wanted ?? known ?? `User-${randomHex(HEX_DIGITS)}`;
  return attendance.freeNickname(nickname, identity.id);
}

/** Gives a member another nickname, or says why not. */
export function rename(
  attendance: Attendance,
  options: { session: Session; wanted: string },
): (Problem & { suggestion?: string }) | undefined {
  const { session, wanted } = options;
  const { member } = session;
  if (session.proof?.named) return NAME_IS_SIGNED;
  const nickname = prepareNickname(wanted);
  if (nickname === undefined) {
    return NICKNAME_INVALID;
  }
  const suggestion = attendance.freeNickname(nickname, member.id);
  if (suggestion !== nickname) {
    return { ...NICKNAME_TAKEN, suggestion };
  }
  attendance.rename({ ...member, nickname });
  return undefined;
}

/** A session goes on under a newer token; the others learn what it changed. */
export function recognise(
  attendance: Attendance,
  options: { session: Session; identity: Identity },
): Member {
  const { session, identity } = options;
  const former = session.member;
  const member = memberOf(identity, identity.name ?? former.nickname);
  const { proof, human } = identity;
  session.update({ member, proof, human });
  const isSame =
    member.nickname === former.nickname &&
    member.role === former.role &&
    member.avatar === former.avatar;
  if (!isSame) attendance.claim(session, () => attendance.rename(member));
  return member;
}

function randomHex(digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(digits));
  return Array.from(bytes, (byte) => (byte % 16).toString(16)).join("");
}
