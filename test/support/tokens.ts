/** Tokens as a platform signs them, for a server that was started to trust them. */
import { SignJWT } from "jose";

const SECRET = "what-only-the-browser-tests-sign-with";

/** Options of a server that takes these tokens. */
export const TRUSTING = {
  args: ["--var", `TOKEN_SECRET:${SECRET}`],
} as const;

/** A token of somebody in `project`, valid for an hour. */
export function sign(
  project: string,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    sub: "u1",
    project,
    iat: now,
    exp: now + 3_600,
    ...claims,
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(new TextEncoder().encode(SECRET));
}
