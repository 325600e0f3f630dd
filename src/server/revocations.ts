/** Tokens that are worth nothing any more, although their time has not come. */
import type { Revocation } from "../protocol/mod.ts";
import type { Database } from "./database.ts";
import type { Identity, Proof } from "./identity.ts";

/** Remembers what an owner revoked. A row is kept for good: a token without `iat` never ages. */
export class Revocations {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** From `now` (ms since 1970) on, what was issued before is refused. */
  add(revocation: Revocation, now: number): void {
    const [kind, value] =
      "sub" in revocation ? ["sub", revocation.sub] : ["jti", revocation.jti];
    this.#database.run(
      `INSERT INTO revocations (kind, value, at) VALUES (?1, ?2, ?3)
       ON CONFLICT (kind, value) DO UPDATE SET at = ?3`,
      kind,
      value,
      Math.floor(now / 1000),
    );
  }

  /** Whether a member's token was revoked. */
  has({ id, proof }: Identity): boolean {
    const { issued, token = null } = proof ?? {};
    const row = this.#database.first<{ revoked: number }>(
      `SELECT 1 AS revoked FROM revocations
       WHERE kind = 'sub' AND value = ?1 AND (?2 IS NULL OR at >= ?2)
       UNION ALL
       SELECT 1 FROM revocations WHERE kind = 'jti' AND value = ?3`,
      id,
      issued ?? null,
      token,
    );
    return row !== undefined;
  }
}

/** Whether `revocation` is about the token behind somebody's session. */
export function concerns(
  revocation: Revocation,
  { id, proof }: { readonly id: string; readonly proof: Proof | undefined },
): boolean {
  if (!proof) return false;
  return "sub" in revocation
    ? revocation.sub === id
    : revocation.jti === proof.token;
}
