/** What the operator's settings change in the content security policy of a page. Pure. */
import type { Env } from "./app.ts";

/** Where the challenge for guests comes from. */
const CHALLENGES = "https://challenges.cloudflare.com";

/** `policy`, which is that of all our pages, for a page of a project. */
export function pagePolicy(
  policy: string,
  options: {
    env: Pick<Env, "FRAME_ANCESTORS" | "TURNSTILE_SITEKEY">;
    isFramed: boolean;
  },
): string {
  const { env, isFramed } = options;
  const framed = isFramed
    ? policy.replace(
        "frame-ancestors 'none'",
        `frame-ancestors ${env.FRAME_ANCESTORS ?? "'self'"}`,
      )
    : policy;
  if (!env.TURNSTILE_SITEKEY) return framed;
  return (
    framed
      .replace("script-src 'self'", `script-src 'self' ${CHALLENGES}`)
      .replace("base-uri", `frame-src ${CHALLENGES}; base-uri`)
      // The script knows nothing of trusted types.
      .replace(/; require-trusted-types-for [^;]+; trusted-types [^;]+/, "")
  );
}
