/** Who is let into a project, and whether their role allows what they ask. The door that counts. */
import {
  type Action,
  isProblem,
  may,
  type Problem,
} from "../../protocol/mod.ts";
import type { Config } from "../config.ts";
import type { Sanctions } from "../moderation/sanctions.ts";
import {
  MEMBERS_ONLY,
  NOT_ALLOWED,
  OTHER_ROOM,
  sanctioned,
  TOKEN_INVALID,
} from "../problems.ts";
import type { SettingsStore } from "../settings.ts";
import type { Database } from "../storage/database.ts";
import { AddressBook } from "./address.ts";
import type { Caller } from "./caller.ts";
import { Challenge } from "./challenge.ts";
import { Guests } from "./guests.ts";
import {
  ANONYMOUS,
  guestIdentity,
  type Identity,
  memberIdentity,
  opens,
  type TokenGrant,
} from "./identity.ts";
import { Revocations } from "./revocations.ts";
import { CLOCK_TOLERANCE, isGuestToken, Verifier } from "./verifier.ts";

/** What a caller wants to do. */
export interface Wish {
  readonly action: Action;
  /** Where; absent for the project as a whole. */
  readonly room?: string;
  /** Whether they come to stay, so that a newcomer is made a guest. */
  readonly isJoin?: true;
}

/** What admission needs. */
export interface AdmissionOptions {
  readonly database: Database;
  readonly project: string;
  readonly config: Config;
  readonly settings: SettingsStore;
  readonly sanctions: Sanctions;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** Lets callers into one project. */
export class Admission {
  readonly guests: Guests;
  readonly revocations: Revocations;
  readonly challenge: Challenge;
  readonly #options: AdmissionOptions;
  readonly #verifier: Verifier;
  readonly #addresses: AddressBook;

  constructor(options: AdmissionOptions) {
    const { database, project, config } = options;
    this.#options = options;
    this.guests = new Guests(database, project);
    this.revocations = new Revocations(database, config.tokens.maxAge);
    this.challenge = new Challenge(config.turnstile, this.guests);
    this.#verifier = new Verifier(config.tokens);
    this.#addresses = new AddressBook(database);
  }

  /**
   * Who asks, if they may do what they wish; without a token they are nobody yet. Nothing
   * happens between the last question and the answer: what is revoked meanwhile is seen.
   */
  async admit(caller: Caller, wish: Wish): Promise<Identity | Problem> {
    const { action, room } = wish;
    const address =
      caller.address && (await this.#addresses.hash(caller.address));
    const identity = await this.#who(caller, wish);
    if (isProblem(identity)) return identity;
    const { mode } = this.#options.settings.current;
    if (identity.guest && mode === "members") return MEMBERS_ONLY;
    if (!may(identity.role, action, mode)) return NOT_ALLOWED;
    if (room !== undefined && !opens(identity.grant, room)) return OTHER_ROOM;
    const banned = this.#whyBanned(identity, address);
    if (banned) return banned;
    return address ? { ...identity, address } : identity;
  }

  /** Whether somebody who was let in, and has left since, would not be let in again. */
  isOut(member: { id: string; grant: TokenGrant | undefined }): boolean {
    const { id, grant } = member;
    if (!grant) return this.#options.settings.current.mode === "members";
    return this.revocations.has({ id, grant });
  }

  #whyBanned(
    member: Identity,
    address: string | undefined,
  ): Problem | undefined {
    const { sanctions, now } = this.#options;
    const subject = { member, address };
    const end = sanctions.end("ban", { subject, now: now() });
    return end === undefined ? undefined : sanctioned("ban", end);
  }

  /** What `give` makes of a caller who may do what they wish. */
  async answer<Answer>(
    caller: Caller,
    wish: Wish & { give: (identity: Identity) => Answer | Promise<Answer> },
  ): Promise<Answer | Problem> {
    const identity = await this.admit(caller, wish);
    return isProblem(identity) ? identity : wish.give(identity);
  }

  async #who({ token }: Caller, { isJoin }: Wish): Promise<Identity | Problem> {
    if (token !== undefined) return await this.identify(token);
    return isJoin ? guestIdentity(await this.guests.create()) : ANONYMOUS;
  }

  /** Who `token` proves. */
  async identify(token: string): Promise<Identity | Problem> {
    switch (isGuestToken(token)) {
      case true: {
        const guest = await this.guests.recognise(token);
        return isProblem(guest) ? guest : guestIdentity(guest);
      }
      case false:
        return await this.#identifyMember(token);
      default:
        return TOKEN_INVALID;
    }
  }

  async #identifyMember(token: string): Promise<Identity | Problem> {
    const { project, now } = this.#options;
    const time = { now: now(), grace: CLOCK_TOLERANCE * 1000 };
    const claims = await this.#verifier.verify(token, { project, ...time });
    if (isProblem(claims)) return claims;
    const identity = memberIdentity(claims, time);
    return this.revocations.has(identity) ? TOKEN_INVALID : identity;
  }
}
