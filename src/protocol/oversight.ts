/** What HTTP answers those who oversee a project. Types only. */
import type { Message } from "./messages.ts";
import type { Member } from "./people.ts";

/** What a sanction takes away: speaking, or being here. */
export type SanctionKind = "mute" | "ban";

/** A sanction in force. */
export interface SanctionEntry {
  readonly kind: SanctionKind;
  readonly member: Pick<Member, "id" | "nickname">;
  /** Whether it also binds guests from the same addresses. */
  readonly address: boolean;
  /** When it ends, in ms since 1970; absent when it does not. */
  readonly until?: number;
  /** When it was imposed, in ms since 1970. */
  readonly at: number;
  /** Id of who imposed it. */
  readonly by: string;
  readonly reason?: string;
}

/** One report, with the message as it is now. */
export interface Report {
  readonly id: number;
  /** In ms since 1970. */
  readonly at: number;
  readonly room: string;
  /** `seq` of the message. */
  readonly target: number;
  readonly by: Member;
  readonly reason: string;
  /** Absent when it is no longer kept. */
  readonly message?: Message;
}

/** Something that was done with power. */
export interface AuditEntry {
  /** Ascends in the order of what was done. */
  readonly id: number;
  /** In ms since 1970. */
  readonly at: number;
  /** Who did it. */
  readonly by: Member;
  /** What was done: an action of `moderate`, `edit`, `delete`, `dismiss`, `settings`, `revoke`. */
  readonly action: string;
  /** Where, if it was in a room. */
  readonly room?: string;
  /** What else there is to say; no text of a message, which a deletion would have to find here. */
  readonly details?: Readonly<Record<string, unknown>>;
}
