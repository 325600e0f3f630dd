/** Keeps each sender's commands in order while some of them wait, and lets nobody else wait. Pure. */

interface Queue {
  last: Promise<void>;
  waiting: number;
}

/** Commands of one sender that may wait behind another. */
const MAX_WAITING = 32;

/** One queue for each sender who has something that waits. */
export class SenderQueues<Sender extends object> {
  readonly #queues = new WeakMap<Sender, Queue>();

  /**
   * Runs `task` behind all that `sender` has waiting, at once if that is nothing. A task
   * that returns a promise is waited for. False when too much waits already.
   */
  run(
    sender: Sender,
    task: () => Promise<void> | undefined,
  ): Promise<void> | boolean {
    const queue = this.#queues.get(sender);
    if (!queue) {
      const first = task();
      return first ? this.#open(sender, first) : true;
    }
    if (queue.waiting >= MAX_WAITING) return false;
    queue.waiting++;
    queue.last = queue.last.then(() => {
      queue.waiting--;
      return task();
    });
    return this.#closeAfter(sender, queue);
  }

  #open(sender: Sender, last: Promise<void>): Promise<void> {
    const queue = { last, waiting: 0 };
    this.#queues.set(sender, queue);
    return this.#closeAfter(sender, queue);
  }

  /** The queue is gone once its last task is done. */
  async #closeAfter(sender: Sender, queue: Queue): Promise<void> {
    const { last } = queue;
    await last;
    if (queue.last === last) this.#queues.delete(sender);
  }
}
