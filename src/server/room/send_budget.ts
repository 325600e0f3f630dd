/**
 * When fan-out may leave. In a quiet room at once; under load so seldom that sending
 * stays a small part of the work, and one frame carries all that came in between. Pure.
 */

/** Sends per ms that are always affordable: about a tenth of one core. */
const SENDS_PER_MS = 10;
/** What a commit costs, in sends: it waits for the disk. */
const COMMIT = 30;
/** Sends that may be saved up. */
const BURST = 2_000;
/**
 * Once frames have had to wait, they do until this much is saved up again. Otherwise what
 * has just been saved would go into a frame with the first message of the next period.
 */
const CALM = 1_000;
/** Shortest time between two frames under load, in ms. */
const MIN_WAIT = 10;
/** Longest time between two frames under load, in ms. */
const MAX_WAIT = 50;
/** What each reader adds to the time between two frames, within these limits, in ms. */
const WAIT_PER_READER = 0.05;

/** Whom a frame goes to. */
export interface Reach {
  /** How many listen in its room. */
  readonly readers: number;
  /** How many of them it is for; all, if absent. */
  readonly told?: number;
}

/** The sends that an object can afford, and so how long the next frame has to wait. */
export class SendBudget {
  #credit = BURST;
  #at = 0;
  #isBusy = false;

  /**
   * Time until the next frame may leave, in ms; it is paid for either way. One for few waits
   * as long as one for all, for others will share it.
   */
  wait(now: number, { readers, told = readers }: Reach): number {
    this.#credit = Math.min(
      BURST,
      this.#credit + Math.max(0, now - this.#at) * SENDS_PER_MS,
    );
    this.#at = now;
    const cost = Math.min(BURST, COMMIT + told);
    this.#isBusy = this.#credit < (this.#isBusy ? Math.max(cost, CALM) : cost);
    this.#credit = Math.max(0, this.#credit - cost);
    if (!this.#isBusy) return 0;
    return Math.min(MAX_WAIT, Math.max(MIN_WAIT, readers * WAIT_PER_READER));
  }

  /** Pays for more sends than were waited for. */
  pay(sends: number): void {
    this.#credit = Math.max(0, this.#credit - sends);
  }
}
