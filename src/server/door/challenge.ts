/** Whether a guest is a person: Cloudflare's Turnstile says so, where the operator wants it. */
import type { Problem } from "../../protocol/mod.ts";
import {
  CHALLENGE_FAILED,
  CHALLENGED,
  NO_CHALLENGE,
  NOT_ALLOWED,
} from "../problems.ts";
import type { Guests } from "./guests.ts";
import type { Identity } from "./identity.ts";
import type { TurnstileKeys } from "./turnstile_config.ts";

const VERIFY = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
const TIMEOUT = 5_000;
const MAX_RESPONSE_LENGTH = 2_048;

/** Asks guests for it before they say something. */
export class Challenge {
  readonly #keys: TurnstileKeys | undefined;
  readonly #guests: Guests;

  constructor(keys: TurnstileKeys | undefined, guests: Guests) {
    this.#keys = keys;
    this.#guests = guests;
  }

  /** What draws it; a problem where there is none. */
  get sitekey(): { sitekey: string } | Problem {
    return this.#keys ? { sitekey: this.#keys.sitekey } : NO_CHALLENGE;
  }

  /** Why somebody may not say anything yet. */
  whyNotSpeak(who: {
    readonly guest: boolean;
    readonly human?: boolean | undefined;
  }): Problem | undefined {
    return this.#keys && who.guest && !who.human ? CHALLENGED : undefined;
  }

  /** The same guest's token, which says that they passed. Throws where nobody can tell. */
  async pass(
    guest: Identity,
    response: unknown,
  ): Promise<{ token: string } | Problem> {
    if (guest.kind !== "guest") return NOT_ALLOWED;
    if (!this.#keys) return NO_CHALLENGE;
    const isText =
      typeof response === "string" &&
      response.length > 0 &&
      response.length <= MAX_RESPONSE_LENGTH;
    if (!isText || !(await verify(this.#keys.secret, response))) {
      return CHALLENGE_FAILED;
    }
    const { token } = await this.#guests.promote(guest.id);
    return { token };
  }
}

async function verify(secret: string, response: string): Promise<boolean> {
  const answer = await fetch(VERIFY, {
    method: "POST",
    body: new URLSearchParams({ secret, response }),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const { success } = await answer.json<{ success?: boolean }>();
  return success === true;
}
