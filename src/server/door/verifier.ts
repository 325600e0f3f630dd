/**
 * Whether a platform signed a token, and what it says. The Worker asks before it wakes a
 * project, and the project asks again: the door that counts is its own.
 */
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeJwt,
  errors,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from "jose";
import {
  type Claims,
  MAX_TOKEN_LENGTH,
  type Problem,
  parseClaims,
} from "../../protocol/mod.ts";
import { TOKEN_EXPIRED, TOKEN_INVALID } from "../problems.ts";
import type { TokenConfig } from "./token_config.ts";

/** How far clocks may be apart, in seconds. */
export const CLOCK_TOLERANCE = 30;
const SECRET_ALGORITHMS = ["HS256"];
const KEY_ALGORITHMS = ["ES256", "EdDSA", "RS256"];
const GUEST_AUDIENCE = "project-chat:guest:";

/** What goes wrong where the key set is fetched: not 200, no JSON, no key set, too late. */
const FETCH_FAULTS = [
  errors.JOSEError.code,
  errors.JWKSInvalid.code,
  errors.JWKSTimeout.code,
];

/** Verifies tokens of one operator. */
export class Verifier {
  readonly #config: TokenConfig;
  readonly #keys: JWTVerifyGetKey | undefined;

  constructor(config: TokenConfig) {
    this.#config = config;
    const { keys } = config;
    if (keys instanceof URL) this.#keys = createRemoteJWKSet(keys);
    else if (keys) this.#keys = createLocalJWKSet(keys);
  }

  /**
   * What `token` says, if it is one for `project` at the time `now` (in ms since 1970);
   * the same problem whatever is wrong with it. Throws when its key cannot be fetched,
   * which is no fault of the token.
   */
  async verify(
    token: string,
    options: { project: string; now: number },
  ): Promise<Claims | Problem> {
    if (token.length > MAX_TOKEN_LENGTH) return TOKEN_INVALID;
    const { project, now } = options;
    try {
      const claims = parseClaims(await this.#open(token, now), project);
      if (claims === undefined || !this.#isTimely(claims, now)) {
        return TOKEN_INVALID;
      }
      return claims;
    } catch (error) {
      if (isFaultOfOurs(error)) throw error;
      const expired = error instanceof errors.JWTExpired;
      return expired && parseClaims(error.payload, project)
        ? TOKEN_EXPIRED
        : TOKEN_INVALID;
    }
  }

  /** The payload under a good signature; `undefined` when no key of ours made it. */
  async #open(token: string, now: number): Promise<unknown> {
    const { secrets, issuer } = this.#config;
    const options: JWTVerifyOptions = {
      clockTolerance: CLOCK_TOLERANCE,
      currentDate: new Date(now),
      requiredClaims: ["exp", "sub"],
      ...(issuer !== undefined && { issuer }),
    };
    for (const secret of secrets) {
      const algorithms = SECRET_ALGORITHMS;
      const opened = await tryKey(() =>
        jwtVerify(token, secret, { ...options, algorithms }),
      );
      if (opened) return opened.payload;
    }
    const keys = this.#keys;
    if (!keys) return undefined;
    return await this.#openByKeys(token, {
      ...options,
      algorithms: KEY_ALGORITHMS,
    });
  }

  /** A set may hold several keys that fit a token without a `kid`; each is tried. */
  async #openByKeys(
    token: string,
    options: JWTVerifyOptions,
  ): Promise<unknown> {
    const keys = this.#keys;
    if (!keys) return undefined;
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      for await (const key of error) {
        const opened = await tryKey(() => jwtVerify(token, key, options));
        if (opened) return opened.payload;
      }
      return undefined;
    }
  }

  /** Neither made in the future, nor too long ago, nor for too long. */
  #isTimely(claims: Claims, now: number): boolean {
    const { exp, iat } = claims;
    const time = now / 1000;
    const longest = this.#config.maxAge + CLOCK_TOLERANCE;
    if (exp - time > longest) return false;
    return (
      iat === undefined ||
      (iat - time <= CLOCK_TOLERANCE && time - iat <= longest)
    );
  }
}

/** Whether a token says that it is a guest's; proves nothing. `undefined` if it says nothing. */
export function isGuestToken(token: string): boolean | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  try {
    const { aud } = decodeJwt(token);
    return typeof aud === "string" && aud.startsWith(GUEST_AUDIENCE);
  } catch {
    return undefined;
  }
}

/** What a key opens; `undefined` when it is another key's, so that the next may try. */
async function tryKey<Opened>(
  open: () => Promise<Opened>,
): Promise<Opened | undefined> {
  try {
    return await open();
  } catch (error) {
    const isOther =
      error instanceof errors.JWSSignatureVerificationFailed ||
      error instanceof errors.JOSEAlgNotAllowed;
    if (isOther) return undefined;
    throw error;
  }
}

/** Whether the key set could not be had: a token cannot cause that. */
function isFaultOfOurs(error: unknown): boolean {
  return (
    !(error instanceof errors.JOSEError) || FETCH_FAULTS.includes(error.code)
  );
}
