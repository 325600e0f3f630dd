/** Who somebody is, once they were recognised. Pure. */
import type { Claims, Member, Role } from "../../protocol/mod.ts";

/** What a platform's token says besides who its member is; kept while the session lasts. */
export interface TokenGrant {
  /** When the session ends unless a newer token comes, in ms since 1970. */
  readonly expires: number;
  /** When the token was made, in seconds since 1970. */
  readonly issued?: number;
  /** Id of the token. */
  readonly token?: string;
  /** The only rooms it is for. */
  readonly rooms?: readonly string[];
  /** Whether the nickname is the platform's, and so not the member's to change. */
  readonly named?: true;
}

/** What an identity has only where its kind has it. */
interface Absent {
  readonly name?: undefined;
  readonly avatar?: undefined;
  readonly token?: undefined;
  readonly human?: undefined;
  readonly grant?: undefined;
}

/** What every identity has. */
interface Shared {
  /** Hash of the address they ask from; absent where addresses do not count. */
  readonly address?: string | undefined;
}

/** Somebody who shows no token and has not been made a guest. */
export interface Anonymous extends Shared, Absent {
  readonly kind: "anonymous";
  readonly id: "";
  readonly role: "guest";
  readonly guest: true;
}

/** A guest, new or recognised. */
export interface GuestIdentity extends Shared, Omit<Absent, "token" | "human"> {
  readonly kind: "guest";
  readonly id: string;
  readonly role: "guest";
  readonly guest: true;
  /** Proves the same guest on the next connection. */
  readonly token: string;
  /** Whether they have shown that they are a person. */
  readonly human: boolean;
}

/** A member with a token of the platform. */
export interface MemberIdentity
  extends Shared,
    Omit<Absent, "name" | "avatar" | "grant"> {
  readonly kind: "member";
  readonly id: string;
  readonly role: Role;
  readonly guest: false;
  readonly name?: string;
  readonly avatar?: string;
  readonly grant: TokenGrant;
}

/** Somebody who may be let in. */
export type Identity = Anonymous | GuestIdentity | MemberIdentity;

/** Somebody who is about to have a nickname. */
export type Unnamed = Pick<Member, "id" | "role" | "guest"> &
  Pick<Identity, "name" | "avatar" | "address">;

/** Somebody who shows no token. */
export const ANONYMOUS: Anonymous = {
  kind: "anonymous",
  id: "",
  role: "guest",
  guest: true,
};

/** The guest `id`. */
export function guestIdentity(guest: {
  id: string;
  token: string;
  human?: boolean;
}): GuestIdentity {
  const { id, token, human = false } = guest;
  return { kind: "guest", id, role: "guest", guest: true, token, human };
}

/** The member that `claims` speak of; `grace` is how long a token is taken after its time, in ms. */
export function memberIdentity(
  claims: Claims,
  options: { now: number; grace: number },
): MemberIdentity {
  const { sub: id, role, name, avatar, iat, jti, rooms } = claims;
  const end = claims.exp * 1000;
  return {
    kind: "member",
    id,
    role,
    guest: false,
    ...(name !== undefined && { name }),
    ...(avatar !== undefined && { avatar }),
    grant: {
      // Who was let in with a token of a clock behind ours is not put out at once.
      expires: end > options.now ? end : end + options.grace,
      ...(iat !== undefined && { issued: iat }),
      ...(jti !== undefined && { token: jti }),
      ...(rooms && { rooms }),
      ...(name !== undefined && { named: true }),
    },
  };
}

/** Somebody as the others see them. */
export function memberOf(who: Unnamed, nickname: string): Member {
  const { id, role, guest, avatar } = who;
  return { id, nickname, role, guest, ...(avatar !== undefined && { avatar }) };
}

/** Whether `grant` lets its member into `room`; a guest's is absent and lets them into all. */
export function opens(grant: TokenGrant | undefined, room: string): boolean {
  return grant?.rooms?.includes(room) ?? true;
}
