/** What HTTP answers those who run a project, and guests who want to be let speak. */
import type {
  Problem,
  Revocation,
  Settings,
  SettingsChange,
} from "../../protocol/mod.ts";
import type { Admission } from "../door/admission.ts";
import type { Caller } from "../door/caller.ts";
import type { CallerLimits } from "../door/caller_limits.ts";
import { type Identity, memberOf, opens } from "../door/identity.ts";
import { audit, type NewAuditEntry } from "../moderation/audit.ts";
import { dismissReport } from "../moderation/reports.ts";
import type { Sanctions } from "../moderation/sanctions.ts";
import { NO_REPORT } from "../problems.ts";
import type { SettingsStore } from "../settings.ts";
import type { SessionCloser } from "../sockets/session_closer.ts";
import type { Database } from "../storage/database.ts";
import {
  lookUp,
  needFor,
  type OversightQuery,
  type OversightResult,
} from "./oversight.ts";

/** What it answers with. */
export interface OwnerApiOptions {
  readonly admission: Admission;
  readonly database: Database;
  readonly callerLimits: CallerLimits;
  readonly closer: SessionCloser;
  readonly sanctions: Sanctions;
  readonly settings: SettingsStore;
}

/** Answers those who run one project. */
export class OwnerApi {
  readonly #options: OwnerApiOptions;

  constructor(options: OwnerApiOptions) {
    this.#options = options;
  }

  /** The settings in force. */
  settings(caller: Caller): Promise<Settings | Problem> {
    const { settings } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "settings",
      give: () => settings.current,
    });
  }

  /** Sanctions, reports or the audit. */
  oversee(
    caller: Caller,
    query: OversightQuery,
  ): Promise<OversightResult | Problem> {
    const { database, sanctions } = this.#options;
    return this.#options.admission.answer(caller, {
      action: needFor(query),
      give: ({ grant }) => {
        const mayEnter = (room: string) => opens(grant, room);
        const now = Date.now();
        return lookUp(query, { database, sanctions, now, mayEnter });
      },
    });
  }

  /** A report is dealt with. */
  dismiss(caller: Caller, id: number): Promise<object | Problem> {
    const { database } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "oversee",
      give: (identity) => {
        const mayEnter = (room: string) => opens(identity.grant, room);
        const dealtWith = dismissReport(database, { id, mayEnter });
        if (!dealtWith) return NO_REPORT;
        const { room, target } = dealtWith;
        this.#note(identity, { action: "dismiss", room, details: { target } });
        return {};
      },
    });
  }

  /** Changes settings; answers with those in force. */
  changeSettings(
    caller: Caller,
    change: SettingsChange,
  ): Promise<Settings | Problem> {
    const { settings } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "settings",
      give: (identity) => {
        const answer = settings.change(change);
        this.#note(identity, { action: "settings", details: change });
        return answer;
      },
    });
  }

  /** Makes tokens worthless and ends the sessions that came with them. */
  revoke(caller: Caller, revocation: Revocation): Promise<object | Problem> {
    const { admission, closer } = this.#options;
    return this.#options.admission.answer(caller, {
      action: "revoke",
      give: (identity) => {
        admission.revocations.add(revocation, Date.now());
        closer.revoke(revocation);
        this.#note(identity, { action: "revoke", details: revocation });
        return {};
      },
    });
  }

  /** Keeps in the audit what was done by HTTP and is in no log. */
  #note(identity: Identity, act: Omit<NewAuditEntry, "at" | "by">): void {
    const by = memberOf(identity, identity.name ?? identity.id);
    audit(this.#options.database, { at: Date.now(), by, ...act });
  }

  /** What draws the challenge for guests. */
  sitekey(caller: Caller): Promise<{ sitekey: string } | Problem> {
    const { challenge } = this.#options.admission;
    return this.#options.admission.answer(caller, {
      action: "read",
      give: () => challenge.sitekey,
    });
  }

  /** A guest passes the challenge; answers with a token that says so. */
  pass(
    caller: Caller,
    response: unknown,
  ): Promise<{ token: string } | Problem> {
    const { admission, callerLimits } = this.#options;
    const { challenge } = admission;
    return admission.answer(caller, {
      action: "read",
      isJoin: true,
      give: (identity) =>
        // Whoever tries may be a new guest each time: it is their address that counts.
        callerLimits.whyNotCommand({ ...identity, id: "" }) ??
        challenge.pass(identity, response),
    });
  }
}
