/**
 * When rooms flush, that is append what waits and send it: at once while their object can
 * afford it; if it cannot, together, so that they share one timer and one commit. Pure.
 */
import { describeFault } from "../fault.ts";
import { type Reach, SendBudget } from "./send_budget.ts";

/** Runs `task` after `delay` ms. */
export type Schedule = (task: () => void, delay: number) => void;

/** A flush that is to come, of one or more rooms. */
interface Flush {
  /** In ms since 1970. */
  readonly at: number;
  readonly tasks: (() => void)[];
}

/** The flushes of all rooms of one object. */
export class FlushSchedule {
  readonly #schedule: Schedule;
  readonly #now: () => number;
  readonly #budget = new SendBudget();
  #next: Flush | undefined;

  constructor(options: { schedule: Schedule; now: () => number }) {
    this.#schedule = options.schedule;
    this.#now = options.now;
  }

  /** Whether a room may flush at once; if not, `task` is run when it may. */
  take(reach: Reach, task: () => void): boolean {
    const now = this.#now();
    const wait = this.#budget.wait(now, reach);
    if (wait === 0) return true;
    const at = now + wait;
    if (this.#next === undefined || this.#next.at > at) this.#plan(at, wait);
    this.#next?.tasks.push(task);
    return false;
  }

  /** Pays for sends that `take` was not told of. */
  pay(sends: number): void {
    this.#budget.pay(sends);
  }

  #plan(at: number, wait: number): void {
    const flush: Flush = { at, tasks: [] };
    this.#next = flush;
    this.#schedule(() => {
      if (this.#next === flush) this.#next = undefined;
      for (const task of flush.tasks) perform(task);
    }, wait);
  }
}

/** One room's fault is not another's. */
function perform(task: () => void): void {
  try {
    task();
  } catch (fault) {
    console.error("Flush failed:", describeFault(fault));
  }
}
