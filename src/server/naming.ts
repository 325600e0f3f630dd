/** What somebody is called in a room: what they ask for, unless somebody else is. */
import { type Member, type Problem, prepareNickname } from "../protocol/mod.ts";
import type { Attendance } from "./attendance.ts";
import { NICKNAME_INVALID, NICKNAME_TAKEN } from "./problems.ts";

const HEX_DIGITS = 4;

/** The nickname of somebody who comes in; without a wish they keep the one they have. */
export function nicknameFor(
  attendance: Attendance,
  guest: { id: string; wanted: string | undefined },
): string {
  const known = attendance.nicknameOf(guest.id);
  const nickname = guest.wanted ?? known ?? `User-${randomHex(HEX_DIGITS)}`;
  return attendance.freeNickname(nickname, guest.id);
}

/** Gives a member another nickname, or says why not. */
export function rename(
  attendance: Attendance,
  options: { member: Member; wanted: string },
): (Problem & { suggestion?: string }) | undefined {
  const { member, wanted } = options;
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

function randomHex(digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(digits));
  return Array.from(bytes, (byte) => (byte % 16).toString(16)).join("");
}
