/** Who is let into a project, and whether their role allows what they ask. The door that counts. */
import { type Action, may, type Problem } from "../protocol/mod.ts";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { Guests } from "./guests.ts";
import {
  guestIdentity,
  type Identity,
  memberIdentity,
  NOBODY,
  opens,
} from "./identity.ts";
import { isProblem } from "./join_request.ts";
import {
  MEMBERS_ONLY,
  NOT_ALLOWED,
  OTHER_ROOM,
  TOKEN_INVALID,
} from "./problems.ts";
import { Revocations } from "./revocations.ts";
import type { SettingsStore } from "./settings.ts";
import { CLOCK_TOLERANCE, isGuestToken, Verifier } from "./verifier.ts";

/** Somebody who asks by HTTP or for a connection. */
export interface Caller {
  readonly token?: string;
}

/** What admission needs. */
export interface AdmissionOptions {
  readonly database: Database;
  readonly project: string;
  readonly config: Config;
  readonly settings: SettingsStore;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** Lets callers into one project. */
export class Admission {
  readonly guests: Guests;
  readonly revocations: Revocations;
  readonly #options: AdmissionOptions;
  readonly #verifier: Verifier;

  constructor(options: AdmissionOptions) {
    const { database, project, config } = options;
    this.#options = options;
    this.guests = new Guests(database, project);
    this.revocations = new Revocations(database);
    this.#verifier = new Verifier(config.tokens);
  }

  /** Who asks, if they may do `action` (in `room`); without a token they are nobody yet. */
  async admit(
    caller: Caller,
    wish: { action: Action; room?: string },
  ): Promise<Identity | Problem> {
    const { action, room } = wish;
    const { token } = caller;
    const identity = token ? await this.identify(token) : NOBODY;
    if (isProblem(identity)) return identity;
    const { mode } = this.#options.settings.current;
    if (identity.guest && mode === "members") return MEMBERS_ONLY;
    if (!may(identity.role, action, mode)) return NOT_ALLOWED;
    if (room !== undefined && !opens(identity.proof, room)) return OTHER_ROOM;
    return identity;
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
