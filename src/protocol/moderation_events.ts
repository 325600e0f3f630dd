/** Events of those who keep order in a room. */
import type { Member } from "./people.ts";

/** What a moderator can do. */
export type ModerationAction =
  | "mute"
  | "unmute"
  | "ban"
  | "unban"
  | "kick"
  | "purge"
  | "slow"
  | "lock"
  | "unlock"
  | "topic"
  | "pin"
  | "unpin";

/** A moderator acted; only the fields of this action are there. */
export interface Moderated {
  readonly type: "moderated";
  readonly seq: number;
  readonly nonce: string;
  readonly at: number;
  readonly by: Member;
  readonly action: ModerationAction;
  /** Whom it concerns. */
  readonly member?: Pick<Member, "id" | "nickname">;
  /** When the mute or ban ends, in ms since 1970; absent when it does not. */
  readonly until?: number;
  /** From when on the member's messages are purged, in ms since 1970; absent for all. */
  readonly since?: number;
  /** Of slow mode. */
  readonly seconds?: number;
  /** `seq` of the pinned message. */
  readonly target?: number;
  /** The topic. */
  readonly text?: string;
  readonly reason?: string;
}

/** A report has reached the moderators: the answer to who made it. */
export interface Reported {
  readonly type: "reported";
  readonly nonce: string;
  /** You. */
  readonly by: Member;
  /** `seq` of the message; it is no event of the log itself. */
  readonly target: number;
}

/** What only moderators are told of a report. */
export interface ReportReceived {
  readonly type: "reported";
  /** Number of the report in its project. */
  readonly id: number;
  readonly room: string;
  readonly target: number;
  readonly by: Member;
  readonly reason: string;
}
