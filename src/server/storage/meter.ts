/** What a project's object uses while it is in memory: the counts that a bill is made of. */
import type { Database } from "./database.ts";

/** Counts from a time on. */
export interface Account {
  /** In ms since 1970. */
  readonly since: number;
  /**
   * Time that kept the object awake, in ms: from the first frame, request or timer until none
   * is under way, at least 1 ms each time. Idle time is neither billed nor counted.
   */
  readonly activeMs: number;
  /** Whatever is billed as a request: joins, other HTTP, and alarms that rang. */
  readonly requests: number;
  readonly joins: number;
  /** Messages that went into a log; retries and changes are none. */
  readonly messages: number;
  /** Frames that came in; twenty are billed as one request. */
  readonly framesReceived: number;
  /** Frames that went out; they cost CPU, not money. */
  readonly framesSent: number;
  readonly rowsRead: number;
  /** A delete, an entry of an index and an alarm that is set count as one row each. */
  readonly rowsWritten: number;
  readonly alarmsSet: number;
  readonly alarmsRung: number;
}

/** The answer of `GET /project/:id/stats`. */
export interface Stats {
  /** Since the project began. */
  readonly total: Account;
  /** Since its object woke. */
  readonly wake: Account;
  /** Bytes on disk. */
  readonly bytesStored: number;
  /** Open sockets. */
  readonly sockets: number;
}

/** Counts from when the object woke. */
export class Meter {
  requests = 0;
  joins = 0;
  messages = 0;
  framesReceived = 0;
  framesSent = 0;
  alarmsSet = 0;
  alarmsRung = 0;
  readonly #database: Database;
  readonly #now: () => number;
  readonly #since: number;
  #activeMs = 0;
  /** How much is under way, and since when there is something. */
  #holds = 0;
  #heldSince = 0;
  #onRelease = (_isAtRest: boolean) => {};

  /** `now` is the clock, in ms since 1970. */
  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
    this.#since = now();
  }

  /** Has `listener` called whenever something is done, and told whether all is. */
  onRelease(listener: (isAtRest: boolean) => void): void {
    this.#onRelease = listener;
  }

  /** Something is under way that keeps the object awake, until what this returns is called. */
  hold(): () => void {
    if (this.#holds++ === 0) this.#heldSince = this.#now();
    return () => {
      const isAtRest = --this.#holds === 0;
      if (isAtRest) this.#activeMs += this.#span;
      this.#onRelease(isAtRest);
    };
  }

  /** Does what the platform asks; it is under way until that is done. */
  during<Result>(act: () => Result): Result {
    const release = this.hold();
    let result: Result | undefined;
    try {
      result = act();
      return result;
    } finally {
      if (result instanceof Promise) result.then(release, release);
      else release();
    }
  }

  /** Runs `task` after `delay` ms; a timer keeps the object awake. */
  schedule(task: () => void, delay: number): void {
    const release = this.hold();
    setTimeout(() => {
      try {
        task();
      } finally {
        release();
      }
    }, delay);
  }

  /** All counts since the object woke. */
  read(): Account {
    const { requests, joins, messages, framesReceived, framesSent } = this;
    const { alarmsSet, alarmsRung } = this;
    const { rowsRead, rowsWritten } = this.#database;
    return {
      since: this.#since,
      activeMs: this.#activeMs + (this.#holds > 0 ? this.#span : 0),
      requests,
      joins,
      messages,
      framesReceived,
      framesSent,
      rowsRead,
      rowsWritten: rowsWritten + alarmsSet,
      alarmsSet,
      alarmsRung,
    };
  }

  /** How long something has been under way; the platform's clock stands still while code runs. */
  get #span(): number {
    return Math.max(1, this.#now() - this.#heldSince);
  }
}
