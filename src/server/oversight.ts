/** What those who keep order may look up: sanctions in force, reports, the audit. */
import type { Action } from "../protocol/mod.ts";
import { type Audited, readAudit } from "./audit.ts";
import type { Database } from "./database.ts";
import { type Report, readReports } from "./reports.ts";
import type { SanctionEntry, Sanctions } from "./sanctions.ts";

/** What is asked for. */
export type Question =
  | { readonly about: "sanctions" }
  | { readonly about: "reports" }
  | {
      readonly about: "audit";
      /** Only acts with a lower number. */
      readonly before?: number;
      readonly limit: number;
    };

/** What is answered: newest first. */
export type Insight =
  | { readonly sanctions: readonly SanctionEntry[] }
  | { readonly reports: readonly Report[] }
  | { readonly acts: readonly Audited[]; readonly more: boolean };

/** What somebody must be allowed to, to ask `question`. */
export function needFor({ about }: Question): Action {
  return about === "audit" ? "audit" : "oversee";
}

/** The answer at the time `now`, in ms since 1970. */
export function lookUp(
  question: Question,
  parts: { database: Database; sanctions: Sanctions; now: number },
): Insight {
  const { database, sanctions, now } = parts;
  switch (question.about) {
    case "sanctions":
      return { sanctions: sanctions.list(now) };
    case "reports":
      return { reports: readReports(database) };
    case "audit":
      return readAudit(database, question);
  }
}
