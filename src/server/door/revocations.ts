/** Tokens that are worth nothing any more, although their time has not come. */
import type { Revocation } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";
import type { MemberIdentity, TokenGrant } from "./identity.ts";
import { CLOCK_TOLERANCE } from "./verifier.ts";

/** Remembers what an owner revoked, for as long as a token from before then could be good. */
export class Revocations {
  readonly #database: Database;
  readonly #maxAge: number;

  /** `maxAge` is how long a token may live, in seconds. */
  constructor(database: Database, maxAge: number) {
    this.#database = database;
    this.#maxAge = maxAge;
  }

  /** From `now` (ms since 1970) on, what was issued before is refused. */
  add(revocation: Revocation, now: number): void {
    const at = Math.floor(now / 1000);
    // Clocks may be apart, the one that made the token from ours, and ours when it is shown.
    const oldest = at - this.#maxAge - 2 * CLOCK_TOLERANCE;
    this.#database.run("DELETE FROM revocations WHERE at < ?", oldest);
    const [kind, value] =
      "sub" in revocation ? ["sub", revocation.sub] : ["jti", revocation.jti];
    this.#database.run(
      `INSERT INTO revocations (kind, value, at) VALUES (?1, ?2, ?3)
       ON CONFLICT (kind, value) DO UPDATE SET at = ?3`,
      kind,
      value,
      at,
    );
  }

  /** Whether a member's token was revoked. One that does not say when it was made is as old as can be. */
  has({ id, grant }: Pick<MemberIdentity, "id" | "grant">): boolean {
    const { expires, token = null } = grant;
    const { issued = Math.floor(expires / 1000) - this.#maxAge } = grant;
    const row = this.#database.first<{ revoked: number }>(
      `SELECT 1 AS revoked FROM revocations
       WHERE kind = 'sub' AND value = ?1 AND at >= ?2
       UNION ALL
       SELECT 1 FROM revocations WHERE kind = 'jti' AND value = ?3`,
      id,
      issued,
      token,
    );
    return row !== undefined;
  }
}

/** Whether `revocation` is about the token behind somebody's session. */
export function concerns(
  revocation: Revocation,
  {
    id,
    grant,
  }: { readonly id: string; readonly grant: TokenGrant | undefined },
): boolean {
  if (!grant) return false;
  return "sub" in revocation
    ? revocation.sub === id
    : revocation.jti === grant.token;
}
