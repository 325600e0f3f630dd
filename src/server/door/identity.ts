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

/** Somebody who may be let in: a guest, or a member with a token of the platform. */
export interface Identity {
  /** Empty for a guest who has not been given one. */
  readonly id: string;
  readonly role: Role;
  readonly guest: boolean;
  readonly name?: string;
  readonly avatar?: string;
  /** Proves the same guest on the next connection. */
  readonly token?: string;
  /** Whether a guest has shown that they are a person. */
  readonly human?: boolean;
  /** Absent for a guest. */
  readonly grant?: TokenGrant | undefined;
  /** Hash of the address they ask from; absent where addresses do not count. */
  readonly address?: string | undefined;
}

/** Somebody who shows no token. */
export const NOBODY: Identity = { id: "", role: "guest", guest: true };

/** The guest `id`. */
export function guestIdentity(guest: {
  id: string;
  token: string;
  human?: boolean;
}): Identity {
  return { ...NOBODY, ...guest };
}

/** The member that `claims` speak of; `grace` is how long a token is taken after its time, in ms. */
export function memberIdentity(
  claims: Claims,
  options: { now: number; grace: number },
): Identity {
  const { sub: id, role, name, avatar, iat, jti, rooms } = claims;
  const end = claims.exp * 1000;
  return {
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
export function memberOf(identity: Identity, nickname: string): Member {
  const { id, role, guest, avatar } = identity;
  return { id, nickname, role, guest, ...(avatar !== undefined && { avatar }) };
}

/** Whether `grant` lets its member into `room`; a guest's is absent and lets them into all. */
export function opens(grant: TokenGrant | undefined, room: string): boolean {
  return grant?.rooms?.includes(room) ?? true;
}
