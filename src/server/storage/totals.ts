/**
 * What a project has used since it began. The counts go on from wake to wake as a note that
 * a socket carries, which costs nothing; one row keeps them for when all sockets are gone.
 */
import type { Database } from "./database.ts";
import { keep, kept } from "./meta.ts";
import type { Account, Meter } from "./meter.ts";

/** Totals, and how much of them the row has, in rows' worth. */
export interface Note extends Account {
  readonly saved: number;
}

/** Carries a note through hibernation. */
export interface Carrier {
  readonly note: Note | undefined;
  /** Changes the note; false when nobody is here to carry it. */
  carry(note: Note): boolean;
}

/** What totals need. */
export interface TotalsOptions {
  readonly database: Database;
  readonly meter: Meter;
  readonly carrier: Carrier;
}

/** The row is written when it lacks this much, so that counting adds 1 in 64 to the bill; */
const WORTH_SAVING = 64;
/** and when the last session leaves, if it lacks this much. */
const WORTH_SAVING_AT_LAST = 4;
const KEY = "meter";

/** The totals of one project. */
export class Totals {
  readonly #options: TotalsOptions;
  /** What there was when the object woke; `undefined` for a project that begins. */
  #before: Account | undefined;
  #isLoaded = false;
  #isCarried = false;
  #saved = 0;

  constructor(options: TotalsOptions) {
    this.#options = options;
  }

  /** All counts since the project began. */
  read(): Account {
    this.#load();
    const wake = this.#options.meter.read();
    return this.#before ? sum(this.#before, wake) : wake;
  }

  /** Keeps the counts in the row when it lacks much; at rest, what follows may be hibernation. */
  keep(isAtRest: boolean): void {
    try {
      this.#keep(isAtRest);
    } catch (fault) {
      // What is counted does not fail because of its count.
      console.error("Cannot keep counts:", String(fault));
    }
  }

  #keep(isAtRest: boolean): void {
    const total = this.read();
    const lacks = worthOf(total) - this.#saved;
    if (lacks >= WORTH_SAVING) this.#save(total);
    if (!isAtRest) return;
    const note = { ...total, saved: this.#saved };
    const isCarried = this.#options.carrier.carry(note);
    const isLast = this.#isCarried && !isCarried;
    if (isLast && lacks >= WORTH_SAVING_AT_LAST) this.#save(total);
    this.#isCarried = isCarried;
  }

  #load(): void {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    const { carrier, database } = this.#options;
    if (carrier.note) {
      const { saved, ...before } = carrier.note;
      [this.#before, this.#saved, this.#isCarried] = [before, saved, true];
      return;
    }
    const row = kept(database, KEY);
    if (row === undefined) return;
    // Written by #save() below, so its shape is known.
    this.#before = JSON.parse(row) as Account;
    this.#saved = worthOf(this.#before);
  }

  #save(total: Account): void {
    keep(this.#options.database, KEY, JSON.stringify(total));
    this.#saved = worthOf(total);
  }
}

function sum(before: Account, wake: Account): Account {
  return {
    since: before.since,
    activeMs: before.activeMs + wake.activeMs,
    requests: before.requests + wake.requests,
    joins: before.joins + wake.joins,
    messages: before.messages + wake.messages,
    framesReceived: before.framesReceived + wake.framesReceived,
    framesSent: before.framesSent + wake.framesSent,
    rowsRead: before.rowsRead + wake.rowsRead,
    rowsWritten: before.rowsWritten + wake.rowsWritten,
    alarmsSet: before.alarmsSet + wake.alarmsSet,
    alarmsRung: before.alarmsRung + wake.alarmsRung,
  };
}

/** What counts cost, measured in written rows. */
function worthOf(counts: Account): number {
  return (
    counts.rowsWritten +
    counts.requests * 0.15 +
    counts.framesReceived * 0.0075 +
    counts.rowsRead * 0.001 +
    counts.activeMs * 0.0016
  );
}
