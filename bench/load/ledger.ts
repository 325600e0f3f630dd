/** Checks that every message came to every member once and in order, and how long it took. */
import { Histogram } from "./histogram.ts";

/** What went wrong; all zero in an honest run. */
export interface Faults {
  lost: number;
  /** Came again, or after a later one of the same sender. */
  repeated: number;
  /** `seq` was not the next one, where the server numbers messages. */
  gaps: number;
  refused: number;
  closed: number;
}

/** How far one reader is with each sender of its place. */
export interface Page {
  /** The `n` expected next, by sender. */
  readonly next: number[];
  seq: number | undefined;
}

/** The books of one run. */
export class Ledger {
  readonly faults: Faults = {
    lost: 0,
    repeated: 0,
    gaps: 0,
    refused: 0,
    closed: 0,
  };
  /** Deliveries since the beginning. */
  deliveries = 0;
  /** Latencies of deliveries since `latencies` was last set. */
  latencies = new Histogram();
  /** When each message left, by place and sender. */
  readonly #sent: number[][][];

  constructor(shape: { readonly places: number; readonly senders: number }) {
    this.#sent = Array.from({ length: shape.places }, () =>
      Array.from({ length: shape.senders }, () => []),
    );
  }

  /** Messages since the beginning. */
  get messages(): number {
    return this.#sent.flat().reduce((sum, times) => sum + times.length, 0);
  }

  /** Books a send; answers with its `n`. */
  send(place: number, sender: number): number {
    return (this.#sent[place]?.[sender]?.push(performance.now()) ?? 0) - 1;
  }

  /** Books a delivery. */
  deliver(
    page: Page,
    message: {
      readonly place: number;
      readonly sender: number;
      readonly n: number;
      readonly seq?: number | undefined;
    },
  ): void {
    const { place, sender, n, seq } = message;
    const expected = page.next[sender] ?? 0;
    if (n < expected) this.faults.repeated++;
    else if (n > expected) this.faults.lost += n - expected;
    page.next[sender] = Math.max(expected, n + 1);
    if (seq !== undefined) {
      if (page.seq !== undefined && seq !== page.seq + 1) this.faults.gaps++;
      page.seq = seq;
    }
    this.deliveries++;
    const sentAt = this.#sent[place]?.[sender]?.[n];
    if (sentAt !== undefined) this.latencies.add(performance.now() - sentAt);
  }

  /** Messages of a place that a reader has not been given. */
  missing(place: number, page: Page): number {
    const senders = this.#sent[place] ?? [];
    return senders.reduce(
      (sum, times, sender) => sum + times.length - (page.next[sender] ?? 0),
      0,
    );
  }
}
