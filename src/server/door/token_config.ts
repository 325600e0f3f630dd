/** Which tokens are taken, read from the Worker's variables. Says what is wrong, never a value. Pure. */
import type { JSONWebKeySet } from "jose";
import { cannotRead, isPrivate } from "../variables.ts";

/** The variables about tokens, as text. */
export interface TokenVariables {
  readonly TOKEN_SECRET?: string;
  readonly TOKEN_SECRET_PREVIOUS?: string;
  readonly TOKEN_JWKS?: string;
  readonly TOKEN_ISSUER?: string;
  readonly TOKEN_MAX_AGE?: string;
}

/** Whose signature is taken, and how old it may be. */
export interface TokenConfig {
  /** Keys for HS256, the current one first; none when no secret is set. */
  readonly secrets: readonly Uint8Array[];
  /** Public keys, or where they are. */
  readonly keys?: JSONWebKeySet | URL;
  readonly issuer?: string;
  /** In seconds. */
  readonly maxAge: number;
}

const MIN_SECRET_BYTES = 32;
const DEFAULT_MAX_AGE = "86400";
/** Members of a JWK that nobody but its owner may have. */
const PRIVATE_MEMBERS = ["d", "k", "p", "q", "dp", "dq", "qi"];

/** Reads the variables. Throws a `RangeError` that names the first bad one. */
export function readTokenConfig(env: TokenVariables): TokenConfig {
  const { TOKEN_ISSUER: issuer, TOKEN_JWKS: keys } = env;
  const secrets = [
    readSecret("TOKEN_SECRET", env.TOKEN_SECRET),
    readSecret("TOKEN_SECRET_PREVIOUS", env.TOKEN_SECRET_PREVIOUS),
  ].filter((secret) => secret !== undefined);
  const maxAge = Number(env.TOKEN_MAX_AGE ?? DEFAULT_MAX_AGE);
  if (!Number.isSafeInteger(maxAge) || maxAge <= 0) {
    throw cannotRead(
      "TOKEN_MAX_AGE",
      "it must be a positive number of seconds",
    );
  }
  return {
    secrets,
    maxAge,
    ...(keys && { keys: readKeys(keys) }),
    ...(issuer && { issuer }),
  };
}

function readSecret(
  name: string,
  value: string | undefined,
): Uint8Array | undefined {
  // A variable that is set to nothing is how some hosts spell one that is not set.
  if (!value) return undefined;
  const secret = new TextEncoder().encode(value);
  if (secret.length >= MIN_SECRET_BYTES) return secret;
  throw cannotRead(
    name,
    `it must have at least ${MIN_SECRET_BYTES} bytes: it has ${secret.length}`,
  );
}

function readKeys(value: string): JSONWebKeySet | URL {
  if (!value.trimStart().startsWith("{")) return readKeysUrl(value);
  const keys = parse(value);
  if (keys === undefined) {
    throw cannotRead("TOKEN_JWKS", 'it must be {"keys": […]} or an https URL');
  }
  for (const key of keys.keys) {
    if (PRIVATE_MEMBERS.some((member) => member in key)) {
      throw cannotRead("TOKEN_JWKS", "it must hold public keys only");
    }
  }
  return keys;
}

function parse(value: string): JSONWebKeySet | undefined {
  try {
    const { keys } = JSON.parse(value);
    const isSet =
      Array.isArray(keys) &&
      keys.length > 0 &&
      keys.every((key) => typeof key === "object" && key !== null);
    return isSet ? { keys } : undefined;
  } catch {
    return undefined;
  }
}

function readKeysUrl(value: string): URL {
  const url = URL.parse(value);
  if (url && isPrivate(url)) return url;
  throw cannotRead("TOKEN_JWKS", 'it must be {"keys": […]} or an https URL');
}
