/** One room's log together with those who decide what may enter it. */

import { Log } from "../log/log.ts";
import { Conduct } from "../order/conduct.ts";
import type { Filters } from "../order/filters.ts";
import { Moderation, type Present } from "../order/moderation.ts";
import { RoomState } from "../order/room_state.ts";
import type { Sanctions } from "../order/sanctions.ts";
import { SlowMode } from "../order/slow_mode.ts";
import type { Database } from "../storage/database.ts";

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
