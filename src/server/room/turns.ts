/**
 * When rooms have their turns: at once while their object can afford it; if it cannot,
 * together, so that they share one timer and one commit. Pure.
 */
import { Pace } from "./pace.ts";

/** Runs `task` after `delay` ms. */
export type Schedule = (task: () => void, delay: number) => void;

/** A turn that is to come. */
interface Turn {
  /** In ms since 1970. */
  readonly at: number;
  readonly tasks: (() => void)[];
}

/** The turns of all rooms of one object. */
export class Turns {
  readonly #schedule: Schedule;
  readonly #now: () => number;
  readonly #pace = new Pace();
  #next: Turn | undefined;

  constructor(options: { schedule: Schedule; now: () => number }) {
    this.#schedule = options.schedule;
    this.#now = options.now;
  }

  /** Whether a room of `readers` may have its turn at once; if not, it has it with `task`. */
  take(readers: number, task: () => void): boolean {
    const now = this.#now();
    const wait = this.#pace.wait(now, readers);
    if (wait === 0) return true;
    const at = now + wait;
    if (this.#next === undefined || this.#next.at > at) this.#plan(at, wait);
    this.#next?.tasks.push(task);
    return false;
  }

  #plan(at: number, wait: number): void {
    const turn: Turn = { at, tasks: [] };
    this.#next = turn;
    this.#schedule(() => {
      if (this.#next === turn) this.#next = undefined;
      for (const task of turn.tasks) perform(task);
    }, wait);
  }
}

/** One room's fault is not another's. */
function perform(task: () => void): void {
  try {
    task();
  } catch (fault) {
    console.error("Turn failed:", fault instanceof Error ? fault.message : "");
  }
}
