/** Messages as they are told, and the events that change them. */
import type { MessageFile } from "./files.ts";
import type { Member } from "./people.ts";

/** How often one emoji was chosen on a message. */
export interface Reaction {
  readonly count: number;
  /** Whether the reader it is addressed to is among them; absent in broadcasts. */
  readonly mine?: boolean;
  /** Nicknames of the first three. */
  readonly by: readonly string[];
}

/** Somebody who is meant by a message, as they were called then. */
export type Mention = Pick<Member, "id" | "nickname">;

/** A message, in its current state. */
export interface Message {
  readonly type: "message";
  /** Position in the room's log: dense, ascending from 1. */
  readonly seq: number;
  /** The sender's id of this send. */
  readonly nonce: string;
  /** When it was accepted, in ms since 1970; never decreases with `seq`. */
  readonly at: number;
  readonly author: Member;
  /** Empty once deleted. */
  readonly text: string;
  /** `seq` of the message it answers. */
  readonly replyTo?: number;
  /** Who is meant by it; absent when it is nobody in particular. */
  readonly mentions?: readonly Mention[];
  /** Its image; gone when it is deleted. */
  readonly file?: MessageFile;
  /** When it was last edited, in ms since 1970. */
  readonly editedAt?: number;
  readonly deleted?: true;
  /** Whether somebody other than its author deleted it. */
  readonly moderated?: true | undefined;
  readonly reactions?: Readonly<Record<string, Reaction>>;
}

/** What every change of an earlier message carries. */
interface Change {
  readonly seq: number;
  readonly nonce: string;
  readonly at: number;
  readonly by: Member;
  /** `seq` of the message that changes. */
  readonly target: number;
}

/** A message got a new text. */
export interface Edited extends Change {
  readonly type: "edited";
  readonly text: string;
  /** Who is meant from now on; absent when that stays as it was. */
  readonly mentions?: readonly Mention[];
}

/** A message was deleted; its text is gone from storage. */
export interface Deleted extends Change {
  readonly type: "deleted";
}

/** Somebody added (`on`) or took back a reaction. */
export interface Reacted extends Change {
  readonly type: "reacted";
  readonly emoji: string;
  readonly on: boolean;
  /** Taken back: the first three who are left. */
  readonly names?: readonly string[];
}
