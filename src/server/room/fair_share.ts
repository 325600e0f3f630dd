/**
 * How much each member has written in one room lately, so that nobody keeps a busy room for
 * themselves. A cache of the last two seconds. Pure.
 */

/** For how long it is counted, in ms. */
const PERIOD = 1_000;
/** The part of the rate that is shared out; with the rest a busy room recovers. */
const SHARED = 0.5;

/** What members had of one room's rate. */
export class FairShare {
  readonly #perSecond: number;
  /** How much each wrote in this period. */
  #written = new Map<string, number>();
  /** How many wrote in the one before. */
  #writers = 0;
  #since = 0;

  /** Shares out `perSecond`. */
  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Whether a member has had their share for now; one that wrote nothing has not. */
  isSpent(member: string, now: number): boolean {
    this.#pass(now);
    const writers = Math.max(this.#writers, this.#written.size, 1);
    const share = Math.floor((this.#perSecond * SHARED) / writers);
    return this.#of(member) >= Math.max(1, share);
  }

  /** A member wrote something. */
  count(member: string, now: number): void {
    this.#pass(now);
    this.#written.set(member, this.#of(member) + 1);
  }

  #of(member: string): number {
    return this.#written.get(member) ?? 0;
  }

  #pass(now: number): void {
    const elapsed = Math.abs(now - this.#since);
    if (elapsed < PERIOD) return;
    this.#writers = elapsed < 2 * PERIOD ? this.#written.size : 0;
    this.#written = new Map();
    this.#since = now;
  }
}
