/** One room's log together with those who decide what may enter it. */
import { Conduct } from "./conduct.ts";
import type { Database } from "./database.ts";
import type { Filters } from "./filters.ts";
import { Log } from "./log.ts";
import { Moderation, type Present } from "./moderation.ts";
import { RoomState } from "./room_state.ts";
import type { Sanctions } from "./sanctions.ts";
import { SlowMode } from "./slow_mode.ts";

/** What a ledger needs to know of its project. */
export interface LedgerOptions {
  readonly room: string;
  readonly historyLimit: number;
  readonly sanctions: Sanctions;
  /** What the project's owner does not want to read. */
  readonly filters: () => Filters;
  /** Somebody with an open session, in whatever room. */
  readonly find: (member: string) => Present | undefined;
}

/** What is written of one room, and by which rules. */
export class Ledger {
  readonly log: Log;
  readonly state: RoomState;
  readonly slowMode: SlowMode;
  readonly conduct: Conduct;
  readonly moderation: Moderation;

  constructor(database: Database, options: LedgerOptions) {
    const log = new Log(database, options);
    const id = () => log.id;
    this.log = log;
    this.state = new RoomState(database, id);
    this.slowMode = new SlowMode(database, id);
    const parts = { ...options, log, state: this.state };
    this.conduct = new Conduct({ ...parts, slowMode: this.slowMode });
    this.moderation = new Moderation(database, {
      ...parts,
      slowMode: this.slowMode,
    });
  }
}
