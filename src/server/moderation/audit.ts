/** What was done with power in a project: an owner reads here who did what, and when. */
import type { AuditEntry } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";

/** What is noted: it gets its number when it is. */
export type NewAuditEntry = Omit<AuditEntry, "id">;

/** Newest acts kept. */
const KEPT = 10_000;

/** Notes an act, for good until 10,000 have followed. */
export function audit(database: Database, act: NewAuditEntry): void {
  const { at, ...body } = act;
  const row = database.first<{ id: number }>(
    "INSERT INTO audit (at, body) VALUES (?, ?) RETURNING id",
    at,
    JSON.stringify(body),
  );
  database.run("DELETE FROM audit WHERE id <= ?", (row?.id ?? 0) - KEPT);
}

/** Acts before the one numbered `before`, newest first, and whether there are older ones. */
export function readAudit(
  database: Database,
  options: { before?: number; limit: number },
): { acts: AuditEntry[]; more: boolean } {
  const { before = Number.MAX_SAFE_INTEGER, limit } = options;
  const rows = database.all<{ id: number; at: number; body: string }>(
    "SELECT id, at, body FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
    before,
    limit + 1,
  );
  const acts = rows.slice(0, limit).map(({ id, at, body }) => {
    // Written by audit() above, so its shape is known.
    const act = JSON.parse(body) as Omit<NewAuditEntry, "at">;
    return { id, at, ...act };
  });
  return { acts, more: rows.length > limit };
}
