/** Takes commands into a room's log, no more of them than the room can bear. */
import type { LogCommand, Member, Problem } from "../../protocol/mod.ts";
import { type Bucket, type Rate, take } from "../door/rate.ts";
import type { Find } from "../log/mentions.ts";
import { TOO_BUSY } from "../problems.ts";
import { append, type Outcome } from "./append.ts";
import { FairShare } from "./fair_share.ts";
import type { RoomStore } from "./room_store.ts";

/** Who asks, and from where. */
export interface Author {
  readonly member: Member;
  /** Hash of the address that they ask from. */
  readonly address?: string | undefined;
}

/** What a writer needs. */
export interface WriterOptions {
  readonly store: RoomStore;
  /** How often the room takes something into its log. */
  readonly roomRate: Rate | "off";
  /** The clock, in ms since 1970. */
  readonly now: () => number;
  /** Whether the project holds as much as it may. */
  readonly isFull: () => boolean;
}

/** The last part of what a room takes is for those who have not had their share of it. */
const RESERVED = 0.25;
/**
 * Who is refused by a busy room is told to wait at least so long, and up to so much longer,
 * in ms: however soon there is room for one, there is none for all of them at once.
 */
const MIN_PAUSE = 500;
const MAX_PAUSE = 1_500;

/** Writes into one room's log. */
export class Writer {
  readonly #options: WriterOptions;
  readonly #limit:
    | { readonly rate: Rate; readonly share: FairShare }
    | undefined;
  #bucket: Bucket | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
    const { roomRate: rate } = options;
    if (rate === "off") return;
    this.#limit = { rate, share: new FairShare(rate.perSecond) };
  }

  /** Appends what `command` asks, or says why not. */
  write(asked: { subject: Author; command: LogCommand; here: Find }): Outcome {
    const { subject, command, here } = asked;
    const { member: by, address } = subject;
    const { store, now, isFull } = this.#options;
    // Order is kept also where everybody talks.
    const problem =
      command.type === "moderate" ? undefined : this.whyBusy(by.id);
    if (problem) return { kind: "refused", problem };
    const full = isFull();
    return append(store, { by, address, command, now: now(), full, here });
  }

  /** Why the room has no time for a member now; where it has, that counts. */
  whyBusy(member: string): Problem | undefined {
    if (!this.#limit) return undefined;
    const { rate, share } = this.#limit;
    const now = this.#options.now();
    const { bucket, retryAfter } = take(this.#bucket, { rate, now });
    const isScarce = bucket.tokens < rate.burst * RESERVED;
    if (retryAfter !== undefined || (isScarce && share.isSpent(member, now))) {
      const pause = MIN_PAUSE + Math.random() * (MAX_PAUSE - MIN_PAUSE);
      return { ...TOO_BUSY, retryAfter: Math.round(pause) };
    }
    this.#bucket = bucket;
    share.count(member, now);
    return undefined;
  }
}
