/** Keeps one sender's commands in order while some of them wait, and lets nobody else wait. Pure. */

interface Lane {
  last: Promise<void>;
  waiting: number;
}

/** Commands of one sender that may wait behind another. */
const MAX_WAITING = 32;

/** One lane for each sender who has something that waits. */
export class Lanes<Sender extends object> {
  readonly #lanes = new WeakMap<Sender, Lane>();

  /**
   * Runs `task` behind all that `sender` has waiting, at once if that is nothing. A task
   * that returns a promise is waited for. False when too much waits already.
   */
  run(
    sender: Sender,
    task: () => Promise<void> | undefined,
  ): Promise<void> | boolean {
    const lane = this.#lanes.get(sender);
    if (!lane) {
      const first = task();
      return first ? this.#open(sender, first) : true;
    }
    if (lane.waiting >= MAX_WAITING) return false;
    lane.waiting++;
    lane.last = lane.last.then(() => {
      lane.waiting--;
      return task();
    });
    return this.#closeAfter(sender, lane);
  }

  #open(sender: Sender, last: Promise<void>): Promise<void> {
    const lane = { last, waiting: 0 };
    this.#lanes.set(sender, lane);
    return this.#closeAfter(sender, lane);
  }

  /** The lane is gone once its last task is done. */
  async #closeAfter(sender: Sender, lane: Lane): Promise<void> {
    const { last } = lane;
    await last;
    if (lane.last === last) this.#lanes.delete(sender);
  }
}
