/** Tokens as a platform signs them. */
import { env } from "cloudflare:workers";
import { SignJWT } from "jose";

/** Claims of a token; what is not said is as a platform would say it. */
export type TokenClaims = Record<string, unknown>;

/** A token of somebody in `project`, valid for an hour from `now` (in ms since 1970). */
export function sign(
  project: string,
  claims: TokenClaims = {},
  { now = Date.now(), secret = env.TOKEN_SECRET } = {},
): Promise<string> {
  const time = Math.floor(now / 1000);
  return new SignJWT({
    sub: "u1",
    project,
    iat: time,
    exp: time + 3600,
    ...claims,
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(secret));
}

/** Headers that carry `token`. */
export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}
