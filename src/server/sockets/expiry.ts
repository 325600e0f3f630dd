/**
 * Sessions end with the token they came with, unless a newer one comes first. One alarm, at
 * the earliest end, wakes a project for that; a project of guests has none.
 */
import { TOKEN_EXPIRED } from "../problems.ts";
import type { Session } from "./session.ts";
import type { SessionCloser } from "./session_closer.ts";

/** Ends that are this close share an alarm, in ms. */
const GRID = 2_000;

/** What expiry needs. */
export interface ExpiryOptions {
  /** Open sessions in all rooms. */
  readonly sessions: () => Iterable<Session>;
  readonly closer: SessionCloser;
  /** Has {@linkcode Expiry.ring} called at `time`, in ms since 1970, and not before. */
  readonly setAlarm: (time: number) => void;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** Watches over the tokens of all sessions. */
export class Expiry {
  readonly #options: ExpiryOptions;
  /** When the alarm rings; unknown after a wake. */
  #alarm: number | undefined;

  constructor(options: ExpiryOptions) {
    this.#options = options;
  }

  /** A session began, or goes on with another token. */
  watch(session: Session): void {
    const end = session.grant?.expires;
    if (end === undefined) return;
    // After a wake: it was set for all the others, and rings by the earliest of their ends.
    this.#alarm ??= this.#earliest((other) => other !== session);
    // One that did not ring in its time may be lost.
    const isOver = this.#alarm < this.#options.now();
    if (onGrid(end) < this.#alarm || isOver) this.#set(this.#earliest());
  }

  /** The alarm rang: ends whose time is over, and sees who is next. */
  ring(now: number): void {
    const over = Array.from(this.#options.sessions()).filter(
      ({ grant }) => grant !== undefined && grant.expires <= now,
    );
    this.#options.closer.dismiss(over, TOKEN_EXPIRED);
    const earliest = this.#earliest();
    this.#alarm = undefined;
    if (earliest < Number.POSITIVE_INFINITY) this.#set(earliest);
  }

  /** When the first of those sessions ends that `isMeant` picks. */
  #earliest(isMeant = (_: Session) => true): number {
    return Array.from(this.#options.sessions())
      .filter(isMeant)
      .map(({ grant }) => onGrid(grant?.expires ?? Number.POSITIVE_INFINITY))
      .reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
  }

  #set(time: number): void {
    this.#alarm = time;
    this.#options.setAlarm(time);
  }
}

function onGrid(time: number): number {
  return Math.ceil(time / GRID) * GRID;
}
