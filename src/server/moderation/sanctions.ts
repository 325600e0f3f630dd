/**
 * Who is muted or banned in a project, and until when. Nothing runs when one ends: it is
 * asked for at the time it matters. Looked up by key, once for each member after a wake.
 */
import {
  type Member,
  outranks,
  type Role,
  type SanctionEntry,
  type SanctionKind,
} from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";

/** Somebody a sanction may bind: guests also by the hash of their address. */
export interface Subject {
  readonly member: Pick<Member, "id" | "role" | "guest">;
  readonly address?: string | undefined;
}

/** A sanction to impose. */
export interface NewSanction {
  readonly kind: SanctionKind;
  readonly member: Pick<Member, "id" | "nickname">;
  /** Hashes of the addresses whose guests it binds, too. */
  readonly addresses: readonly string[];
  /** In ms since 1970; absent when it does not end. */
  readonly until?: number | undefined;
  readonly at: number;
  readonly by: Member;
  readonly reason?: string | undefined;
}

type Kept = {
  kind: SanctionKind;
  until: number | null;
  role: Role;
  nickname: string;
};

interface EntryRow extends Kept, Record<string, string | number | null> {
  kind: SanctionKind;
  role: Role;
  until: number | null;
  member: string;
  at: number;
  author: string;
  reason: string | null;
  address: number;
}

/** Subjects remembered while awake, so that a stream of strangers needs no memory. */
const MAX_KNOWN = 10_000;
/** Most entries of a list. */
const MAX_LISTED = 1_000;

/** The sanctions of one project. */
export class Sanctions {
  readonly #database: Database;
  /** A cache of the table: what it says of each subject that was asked for. */
  readonly #known = new Map<string, readonly Kept[]>();
  /** Whether there is none at all, as in most projects: then a storm of joins asks once. */
  #isEmpty: boolean | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The end of the sanction that binds `subject` now, in ms since 1970, or `undefined` for none. */
  end(
    kind: SanctionKind,
    options: { subject: Subject; now: number },
  ): number | undefined {
    const { subject, now } = options;
    const { member, address } = subject;
    const binding = [
      ...this.#of(memberKey(member.id)),
      ...(member.guest && address ? this.#of(addressKey(address)) : []),
    ].filter((kept) => kept.kind === kind && outranks(kept.role, member.role));
    const latest = Math.max(...binding.map(({ until }) => until ?? Infinity));
    return latest > now ? latest : undefined;
  }

  /** Imposes a sanction in place of an earlier one of this kind; drops those that have ended. */
  impose(sanction: NewSanction): void {
    const { kind, member, addresses, until, at, by, reason } = sanction;
    this.lift(kind, member.id);
    this.#database.run("DELETE FROM sanctions WHERE until <= ?", at);
    for (const subject of [
      memberKey(member.id),
      ...addresses.map(addressKey),
    ]) {
      this.#database.run(
        `INSERT INTO sanctions
         (subject, kind, member, nickname, until, at, author, role, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        subject,
        kind,
        member.id,
        member.nickname,
        until ?? null,
        at,
        by.id,
        by.role,
        reason ?? null,
      );
    }
    this.forget();
  }

  /** Ends a member's sanction and those of their addresses; the role that imposed it, if there was one. */
  lift(kind: SanctionKind, member: string): void {
    this.#database.run(
      "DELETE FROM sanctions WHERE kind = ? AND member = ?",
      kind,
      member,
    );
    this.forget();
  }

  /** The role that imposed a member's sanction, and their nickname then; `undefined` for none. */
  imposed(
    kind: SanctionKind,
    options: { member: string; now: number },
  ): { role: Role; nickname: string } | undefined {
    const { member, now } = options;
    return this.#of(memberKey(member)).find(
      ({ kind: other, until }) => other === kind && (until ?? Infinity) > now,
    );
  }

  /** The sanctions in force, newest first, 1,000 at most. */
  list(now: number): SanctionEntry[] {
    return this.#database
      .all<EntryRow>(
        `SELECT kind, member, nickname, min(until) AS until, at, author, role, reason,
           count(*) > 1 AS address
         FROM sanctions WHERE until IS NULL OR until > ?
         GROUP BY kind, member ORDER BY at DESC LIMIT ?`,
        now,
        MAX_LISTED,
      )
      .map((row) => ({
        kind: row.kind,
        member: { id: row.member, nickname: row.nickname },
        address: row.address === 1,
        ...(row.until !== null && { until: row.until }),
        at: row.at,
        by: row.author,
        ...(row.reason !== null && { reason: row.reason }),
      }));
  }

  /** Reads the table again when it is asked for. */
  forget(): void {
    this.#known.clear();
    this.#isEmpty = undefined;
  }

  #of(subject: string): readonly Kept[] {
    this.#isEmpty ??= !this.#database.first("SELECT 1 FROM sanctions LIMIT 1");
    if (this.#isEmpty) return [];
    const known = this.#known.get(subject);
    if (known) return known;
    if (this.#known.size >= MAX_KNOWN) this.forget();
    const rows = this.#database.all<Kept>(
      "SELECT kind, until, role, nickname FROM sanctions WHERE subject = ?",
      subject,
    );
    this.#known.set(subject, rows);
    return rows;
  }
}

function memberKey(id: string): string {
  return `member ${id}`;
}

function addressKey(hash: string): string {
  return `address ${hash}`;
}
