/** The rooms of one project: made when asked for, from their log and their sockets. */
import type { CloseCode, RoomEvent } from "../protocol/mod.ts";
import type { Config } from "./config.ts";
import type { Database } from "./database.ts";
import { Log } from "./log.ts";
import { roomNames } from "./log_state.ts";
import { randomId, remembered } from "./meta.ts";
import { Room } from "./room.ts";
import type { Session } from "./session.ts";
import type { SettingsStore } from "./settings.ts";
import type { Sockets } from "./sockets.ts";

/** One line of a project's list of rooms. */
export interface RoomSummary {
  readonly room: string;
  readonly head: number;
  /** Members with an open session. */
  readonly online: number;
  /** When it was last active, in ms since 1970. */
  readonly at: number;
}

/** What all rooms of a project share. */
export interface RoomsOptions {
  readonly project: string;
  readonly config: Config;
  readonly settings: SettingsStore;
  /** Ends a session for good. */
  readonly end: (session: Session, code: CloseCode) => void;
}

/** Appends between two looks at the disk; */
const UNASKED = 64;
/** they need less than this, in bytes. */
const ROOM_FOR_UNASKED = 64 * 32 * 1024;
const EPOCH_BYTES = 9;
/** Rooms kept in memory although nobody is in them. */
const MAX_IDLE_ROOMS = 256;

/** A cache of rooms; what it forgets is read again. */
export class Rooms {
  readonly #database: Database;
  readonly #sockets: Sockets;
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<string, Room>();
  readonly #shared = { outstanding: 0 };
  readonly #epoch: string;
  #unasked = 0;

  constructor(
    parts: { database: Database; sockets: Sockets },
    options: RoomsOptions,
  ) {
    this.#database = parts.database;
    this.#sockets = parts.sockets;
    this.#options = options;
    this.#epoch = remembered(this.#database, "epoch", () =>
      randomId(EPOCH_BYTES),
    );
  }

  /** The room called `name`; it need not have been spoken in. */
  get(name: string): Room {
    const known = this.#rooms.get(name);
    if (known) return known;
    if (this.#rooms.size >= MAX_IDLE_ROOMS) this.#forgetIdle();
    const { project, config, settings, end } = this.#options;
    const { historyLimit, storageLimit, rate, roomRate } = config;
    const room = new Room({
      project,
      room: name,
      epoch: this.#epoch,
      historyLimit,
      log: new Log(this.#database, { room: name, historyLimit }),
      sessions: this.#sockets.inRoom(name),
      shared: this.#shared,
      end,
      settings,
      schedule: (task, delay) => setTimeout(task, delay),
      rate,
      roomRate,
      now: Date.now,
      isFull: () => this.#isFull(storageLimit),
    });
    this.#rooms.set(name, room);
    return room;
  }

  /** All rooms that were ever spoken in, oldest first. */
  list(): RoomSummary[] {
    return roomNames(this.#database).map((room) => ({
      room,
      ...this.get(room).summary,
    }));
  }

  /** Tells everybody in every room; who is nowhere need not be told. */
  tell(event: RoomEvent): void {
    for (const name of this.#sockets.rooms()) this.get(name).tell(event);
  }

  /** Asks the disk seldom while there is plenty of room. */
  #isFull(limit: number): boolean {
    if (this.#unasked > 0) {
      this.#unasked--;
      return false;
    }
    const { size } = this.#database;
    if (size < limit - ROOM_FOR_UNASKED) this.#unasked = UNASKED;
    return size >= limit;
  }

  #forgetIdle(): void {
    for (const [name, room] of this.#rooms) {
      if (room.size === 0) this.#rooms.delete(name);
    }
  }
}
