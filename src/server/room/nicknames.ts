/** What somebody is called in a room: what they ask for, unless somebody else is. */
import {
  type Member,
  type Problem,
  prepareNickname,
} from "../../protocol/mod.ts";
import { type Identity, memberOf, type Unnamed } from "../door/identity.ts";
import {
  NAME_IS_SIGNED,
  NICKNAME_INVALID,
  NICKNAME_TAKEN,
} from "../problems.ts";
import type { Session } from "../sockets/session.ts";
import type { PresenceEvents } from "./presence_events.ts";

const HEX_DIGITS = 4;

/** The nickname of somebody who comes in; without a wish they keep the one they have. */
export function nicknameFor(
  presence: PresenceEvents,
  options: { identity: Unnamed; wanted: string | undefined },
): string {
  const { identity, wanted } = options;
  if (identity.name !== undefined) return identity.name;
  const known = presence.nicknameOf(identity.id);
  const nickname = wanted ?? known ?? `User-${randomHex(HEX_DIGITS)}`;
  return presence.freeNickname(nickname, identity.id);
}

/** Gives a member another nickname, or says why not; asks `whyBusy` last, for that counts. */
export function rename(
  presence: PresenceEvents,
  options: {
    session: Session;
    wanted: string;
    whyBusy: (member: string) => Problem | undefined;
  },
): (Problem & { suggestion?: string }) | undefined {
  const { session, wanted, whyBusy } = options;
  const { member } = session;
  if (session.grant?.named) return NAME_IS_SIGNED;
  const nickname = prepareNickname(wanted);
  if (nickname === undefined) {
    return NICKNAME_INVALID;
  }
  const suggestion = presence.freeNickname(nickname, member.id);
  if (suggestion !== nickname) {
    return { ...NICKNAME_TAKEN, suggestion };
  }
  const problem = whyBusy(member.id);
  if (!problem) presence.rename({ ...member, nickname });
  return problem;
}

/** A session goes on under a newer token; the others learn what it changed. */
export function recognise(
  presence: PresenceEvents,
  options: { session: Session; identity: Identity },
): Member {
  const { session, identity } = options;
  const former = session.member;
  const member = memberOf(identity, identity.name ?? former.nickname);
  const { grant, human } = identity;
  session.update({ member, grant, human });
  const isSame =
    member.nickname === former.nickname &&
    member.role === former.role &&
    member.avatar === former.avatar;
  if (!isSame) presence.claim(session, () => presence.rename(member));
  return member;
}

function randomHex(digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(digits));
  return Array.from(bytes, (byte) => (byte % 16).toString(16)).join("");
}
