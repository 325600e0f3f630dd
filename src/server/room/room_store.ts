/** What is kept of one room: its log and its settings, with the rules of what may enter them. */
import { Log } from "../log/log.ts";
import type { Filters } from "../moderation/filters.ts";
import { Moderation, type Present } from "../moderation/moderation.ts";
import { RoomSettingsStore } from "../moderation/room_settings.ts";
import type { Sanctions } from "../moderation/sanctions.ts";
import { SendPolicy } from "../moderation/send_policy.ts";
import { SlowMode } from "../moderation/slow_mode.ts";
import type { Database } from "../storage/database.ts";

/** What a room's store needs to know of its project. */
export interface RoomStoreOptions {
  readonly room: string;
  readonly historyLimit: number;
  readonly sanctions: Sanctions;
  /** What the project's owner does not want to read. */
  readonly filters: () => Filters;
  /** Somebody with an open session, in whatever room. */
  readonly find: (member: string) => Present | undefined;
}

/** What is kept of one room, and by which rules. */
export class RoomStore {
  readonly log: Log;
  readonly settings: RoomSettingsStore;
  readonly slowMode: SlowMode;
  readonly sendPolicy: SendPolicy;
  readonly moderation: Moderation;

  constructor(database: Database, options: RoomStoreOptions) {
    const log = new Log(database, options);
    const id = () => log.id;
    this.log = log;
    this.settings = new RoomSettingsStore(database, id);
    this.slowMode = new SlowMode(database, id);
    const parts = { ...options, log, settings: this.settings };
    this.sendPolicy = new SendPolicy({ ...parts, slowMode: this.slowMode });
    this.moderation = new Moderation(database, {
      ...parts,
      slowMode: this.slowMode,
    });
  }
}
