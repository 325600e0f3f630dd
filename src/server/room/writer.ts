/** Takes commands into a room's log, no more of them than the room can bear. */
import type { LogCommand, Member } from "../../protocol/mod.ts";
import { type Bucket, type Rate, take } from "../door/rate.ts";
import type { Find } from "../log/mentions.ts";
import { TOO_BUSY } from "../problems.ts";
import { append, type Outcome } from "./append.ts";
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

/** Writes into one room's log. */
export class Writer {
  readonly #options: WriterOptions;
  #bucket: Bucket | undefined;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Appends what `command` asks, or says why not. */
  write(asked: { subject: Author; command: LogCommand; here: Find }): Outcome {
    const { subject, command, here } = asked;
    const { member: by, address } = subject;
    const { store, now: clock, isFull } = this.#options;
    const now = clock();
    // Order is kept also where everybody talks.
    const retryAfter =
      command.type === "moderate" ? undefined : this.#retryAfter(now);
    if (retryAfter !== undefined) {
      return { kind: "refused", problem: { ...TOO_BUSY, retryAfter } };
    }
    const full = isFull();
    return append(store, { by, address, command, now, full, here });
  }

  /** How long the room is busy, in ms; this command counts if it is not. */
  #retryAfter(now: number): number | undefined {
    const { roomRate: rate } = this.#options;
    if (rate === "off") return undefined;
    const { bucket, retryAfter } = take(this.#bucket, { rate, now });
    this.#bucket = bucket;
    return retryAfter;
  }
}
