/** How much a server grows while a load is on it. */
import { memoryMib } from "../measure/server_cost.ts";

const PERIOD_MS = 100;

export class MemoryWatch {
  readonly #pid: number;
  readonly #before: number;
  readonly #timer: NodeJS.Timeout;
  #growth = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#before = memoryMib(pid);
    this.#timer = setInterval(() => this.#look(), PERIOD_MS);
  }

  /** The most it has grown, in MiB. */
  get growth(): number {
    return this.#growth;
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  #look(): void {
    this.#growth = Math.max(this.#growth, memoryMib(this.#pid) - this.#before);
  }
}
