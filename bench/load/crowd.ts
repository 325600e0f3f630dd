/** All members of a run. */
import { setTimeout as sleep } from "node:timers/promises";
import { dialectOf } from "./dialect.ts";
import type { Job } from "./job.ts";
import { Ledger } from "./ledger.ts";
import { type Company, Member } from "./member.ts";
import { rememberingDecoder } from "./remembering_decoder.ts";

/** Handshakes on their way at a time: what a kernel queues without refusing any. */
const HANDSHAKES = 250;
const DRAIN_LIMIT_MS = 8_000;
const POLL_MS = 5;
const OFFER = {
  "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
};

export class Crowd {
  readonly ledger: Ledger;
  /** Members by place. */
  readonly places: readonly (readonly Member[])[];
  /** Those who talk. */
  readonly senders: readonly Member[];

  constructor(job: Job) {
    this.ledger = new Ledger({
      places: job.places.length,
      senders: job.senders,
    });
    const dialect = dialectOf(job.dialect);
    const company: Company = {
      port: job.port,
      dialect,
      ledger: this.ledger,
      textBytes: job.textBytes,
      headers: job.deflate ? OFFER : {},
      decode: rememberingDecoder(dialect),
    };
    this.places = job.places.map((place, index) =>
      Array.from({ length: job.members }, (_, member) => {
        return new Member(company, { seat: { place: index, member }, place });
      }),
    );
    this.senders = this.places.flatMap((row) => row.slice(0, job.senders));
  }

  get members(): readonly Member[] {
    return this.places.flat();
  }

  /** Everybody joins, as many at a time as a kernel takes. */
  async join(): Promise<void> {
    const waiting = this.members.values();
    const next = async (): Promise<void> => {
      for (const member of waiting) await member.join();
    };
    await Promise.all(Array.from({ length: HANDSHAKES }, next));
  }

  /** Calls `heard` for each message whose sender knows that it was taken. */
  onHeard(heard: (sender: Member) => void): void {
    for (const row of this.places) {
      for (const member of row) {
        member.onHeard = (sender) => {
          const talker = row[sender];
          if (talker) heard(talker);
        };
      }
    }
  }

  /** Waits until everything that was sent has come, or will not; books what is missing. */
  async drain(): Promise<void> {
    const deadline = performance.now() + DRAIN_LIMIT_MS;
    while (performance.now() < deadline && this.#missing > 0) {
      await sleep(POLL_MS);
    }
    this.ledger.faults.lost += this.#missing;
  }

  get #missing(): number {
    return this.members.reduce((sum, member) => sum + member.missing, 0);
  }
}
