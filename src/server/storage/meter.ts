/** What a project has used since its object woke: the counts its operator's bill is made of. */
import type { Database } from "./database.ts";

/** The counts, for `GET /project/:id/stats`. */
export interface Stats {
  /** When the object woke, in ms since 1970; everything below counts from then. */
  readonly since: number;
  /** Time in memory, in ms. */
  readonly activeMs: number;
  readonly joins: number;
  /** Messages that went into a log; retries and changes are none. */
  readonly messages: number;
  /** Frames that came in; twenty are billed as one request. */
  readonly framesReceived: number;
  /** Frames that went out; they cost CPU, not money. */
  readonly framesSent: number;
  readonly rowsRead: number;
  /** A delete and an entry of an index count as one row each. */
  readonly rowsWritten: number;
  /** Wake-ups by timer: one, when the first token of those who are here ends. */
  readonly alarms: number;
  /** Bytes on disk. */
  readonly bytesStored: number;
  /** Open sockets. */
  readonly sockets: number;
}

/** Counts what SQLite does not. */
export class Meter {
  readonly #since: number;
  joins = 0;
  messages = 0;
  framesReceived = 0;
  framesSent = 0;
  alarms = 0;

  constructor(now: number) {
    this.#since = now;
  }

  /** All counts at the time `now`. */
  read(parts: { database: Database; sockets: number; now: number }): Stats {
    const { database, sockets, now } = parts;
    const { joins, messages, framesReceived, framesSent, alarms } = this;
    return {
      since: this.#since,
      activeMs: now - this.#since,
      joins,
      messages,
      framesReceived,
      framesSent,
      rowsRead: database.rowsRead,
      rowsWritten: database.rowsWritten,
      alarms,
      bytesStored: database.size,
      sockets,
    };
  }
}
