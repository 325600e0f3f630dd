/** What those who keep order may look up: sanctions in force, reports, the audit. */
import type {
  Action,
  AuditEntry,
  Report,
  SanctionEntry,
} from "../../protocol/mod.ts";
import { readAudit } from "../moderation/audit.ts";
import { readReports } from "../moderation/reports.ts";
import type { Sanctions } from "../moderation/sanctions.ts";
import type { Database } from "../storage/database.ts";

/** What is asked for. */
export type OversightQuery =
  | { readonly about: "sanctions" }
  | { readonly about: "reports" }
  | {
      readonly about: "audit";
      /** Only acts with a lower number. */
      readonly before?: number;
      readonly limit: number;
    };

/** What is answered: newest first. */
export type OversightResult =
  | { readonly sanctions: readonly SanctionEntry[] }
  | { readonly reports: readonly Report[] }
  | { readonly acts: readonly AuditEntry[]; readonly more: boolean };

/** What somebody must be allowed to, to ask `query`. */
export function needFor({ about }: OversightQuery): Action {
  return about === "audit" ? "audit" : "oversee";
}

/**
 * The answer at the time `now`, in ms since 1970, to somebody who may enter some rooms:
 * nothing of the others is in it.
 */
export function lookUp(
  query: OversightQuery,
  parts: {
    database: Database;
    sanctions: Sanctions;
    now: number;
    mayEnter: (room: string) => boolean;
  },
): OversightResult {
  const { database, sanctions, now, mayEnter } = parts;
  switch (query.about) {
    case "sanctions":
      return { sanctions: sanctions.list(now) };
    case "reports":
      return { reports: readReports(database, mayEnter) };
    case "audit":
      return auditFor(mayEnter, readAudit(database, query));
  }
}

/** What was done in a room that somebody may not enter is left out; `more` stays true of the rest. */
function auditFor(
  mayEnter: (room: string) => boolean,
  page: { acts: readonly AuditEntry[]; more: boolean },
) {
  const acts = page.acts.filter(
    ({ room }) => room === undefined || mayEnter(room),
  );
  return { ...page, acts };
}
