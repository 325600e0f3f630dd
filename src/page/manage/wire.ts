/** What the project answers to the panel, as docs/protocol.md says. Types only. */
import type { Member, Message } from "../../client/mod.ts";

/** A message somebody reported. */
export interface Report {
  readonly id: number;
  /** In ms since 1970. */
  readonly at: number;
  readonly room: string;
  /** `seq` of the message. */
  readonly target: number;
  readonly by: Member;
  readonly reason: string;
  /** Absent when it is kept no longer. */
  readonly message?: Message;
}

/** Somebody who may not write, or may not come in. */
export interface Sanction {
  readonly kind: "mute" | "ban";
  readonly member: Pick<Member, "id" | "nickname">;
  /** Whether it binds guests from the same addresses, too. */
  readonly address: boolean;
  /** In ms since 1970; absent when it does not end. */
  readonly until?: number;
  readonly at: number;
  /** Id of who imposed it. */
  readonly by: string;
  readonly reason?: string;
}

/** Something that was done with power. */
export interface Act {
  readonly id: number;
  readonly at: number;
  readonly by: Member;
  readonly action: string;
  readonly room?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}
