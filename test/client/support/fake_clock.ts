/** Time that passes only when told to. */

interface Timer {
  readonly at: number;
  readonly task: () => void;
}

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  now: Date.now,
};

/** Takes the place of the platform's timers and time until `restore()`. */
export class FakeClock {
  readonly #timers = new Map<number, Timer>();
  #ids = 0;
  #now = 1_700_000_000_000;

  constructor() {
    const setTimeout = (
      task: (...values: unknown[]) => void,
      delay = 0,
      ...values: unknown[]
    ) => {
      this.#timers.set(++this.#ids, {
        at: this.#now + delay,
        task: () => task(...values),
      });
      return this.#ids;
    };
    const clearTimeout = (id: number) => this.#timers.delete(id);
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = this.now;
  }

  readonly now = (): number => this.#now;

  /** Timers that wait. */
  get size(): number {
    return this.#timers.size;
  }

  /** Lets `duration` ms pass, running what falls due in order. */
  async pass(duration: number): Promise<void> {
    const end = this.#now + duration;
    await settle();
    for (
      let next = this.#next(end);
      next !== undefined;
      next = this.#next(end)
    ) {
      this.#now = Math.max(this.#now, next.at);
      next.task();
      await settle();
    }
    this.#now = end;
  }

  /** The machine sleeps: time passes and timers are late. */
  sleep(duration: number): void {
    this.#now += duration;
  }

  restore(): void {
    const { now, ...timers } = real;
    Object.assign(globalThis, timers);
    Date.now = now;
  }

  #next(end: number): Timer | undefined {
    const due = [...this.#timers].filter(([, { at }]) => at <= end);
    const first = due.sort(([, a], [, b]) => a.at - b.at)[0];
    if (first) this.#timers.delete(first[0]);
    return first?.[1];
  }
}

/** Lets promises that are settled already run their course. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}
