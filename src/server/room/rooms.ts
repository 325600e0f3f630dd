/** The rooms of one project: made when asked for, from their log and their sockets. */
import { outranks, type RoomEvent, type RoomLine } from "../../protocol/mod.ts";
import type { Config } from "../config.ts";
import { roomNames, roomNumbers } from "../log/log_state.ts";
import type { Present } from "../moderation/moderation.ts";
import type { Sanctions } from "../moderation/sanctions.ts";
import type { SettingsStore } from "../settings.ts";
import type { SessionCloser } from "../sockets/session_closer.ts";
import type { Sockets } from "../sockets/sockets.ts";
import type { Database } from "../storage/database.ts";
import { randomId, remembered } from "../storage/meta.ts";
import type { Meter } from "../storage/meter.ts";
import type { Quota } from "../storage/quota.ts";
import { FlushSchedule, type Schedule } from "./flush_schedule.ts";
import { ListWatchers } from "./list_watchers.ts";
import { ReadMarks } from "./read_marks.ts";
import { report } from "./reporting.ts";
import { Room } from "./room.ts";
import { RoomStore } from "./room_store.ts";
import { closeExpelled } from "./sessions_to_close.ts";

/** What all rooms of a project share. */
export interface RoomsOptions {
  readonly project: string;
  readonly config: Config;
  readonly settings: SettingsStore;
  readonly sanctions: Sanctions;
  readonly closer: SessionCloser;
  readonly quota: Quota;
}

const EPOCH_BYTES = 9;
/** Rooms kept in memory although nobody is in them. */
const MAX_IDLE_ROOMS = 256;

/** A cache of rooms; what it forgets is read again. */
export class Rooms {
  readonly #database: Database;
  readonly #sockets: Sockets;
  readonly #meter: Meter;
  readonly #options: RoomsOptions;
  readonly #rooms = new Map<string, Room>();
  readonly #shared = { outstanding: 0 };
  readonly #schedule: Schedule;
  readonly #flushes: FlushSchedule;
  readonly #epoch: string;
  readonly #marks: ReadMarks;
  readonly #watchers: ListWatchers;

  constructor(
    parts: { database: Database; sockets: Sockets; meter: Meter },
    options: RoomsOptions,
  ) {
    this.#database = parts.database;
    this.#sockets = parts.sockets;
    this.#meter = parts.meter;
    this.#options = options;
    const sessions = () => this.#sockets.all();
    const { database } = parts;
    const now = Date.now;
    this.#schedule = (task, delay) => parts.meter.schedule(task, delay);
    const schedule = this.#schedule;
    this.#flushes = new FlushSchedule({ schedule, now });
    this.#marks = new ReadMarks({ database, sessions, now });
    const marks = this.#marks;
    this.#watchers = new ListWatchers({
      rooms: this,
      marks,
      sessions,
      schedule,
      now,
    });
    this.#epoch = remembered(this.#database, "epoch", () =>
      randomId(EPOCH_BYTES),
    );
  }

  /** The room called `name`; it need not have been spoken in. */
  get(name: string): Room {
    const known = this.#rooms.get(name);
    if (known) return known;
    if (this.#rooms.size >= MAX_IDLE_ROOMS) this.#forgetIdle();
    const { project, config, settings, sanctions, closer, quota } =
      this.#options;
    const { historyLimit, rate, roomRate } = config;
    const store = new RoomStore(this.#database, {
      room: name,
      historyLimit,
      sanctions,
      filters: () => settings.current,
      find: (member) => this.#find(member, name),
    });
    const room = new Room({
      project,
      room: name,
      epoch: this.#epoch,
      historyLimit,
      store,
      sessions: this.#sockets.inRoom(name),
      shared: this.#shared,
      end: (session, code) => closer.end(session, code),
      settings,
      schedule: this.#schedule,
      flushes: this.#flushes,
      marks: this.#marks,
      watchers: this.#watchers,
      rate,
      roomRate,
      now: Date.now,
      isFull: () => quota.isFull(),
      appended: (what) => {
        if (what.command.type === "send") this.#meter.messages++;
        this.#watchers.appended(name, what);
        closeExpelled(what.command, {
          sessions: () => this.#sockets.all(),
          sanctions,
          closer,
          now: Date.now(),
        });
      },
      report: (by, command) =>
        report(command, {
          by,
          log: store.log,
          database: this.#database,
          sessions: () => this.#sockets.all(),
          send: (other, event) => this.get(other.room).answer(other, event),
          now: Date.now(),
        }),
    });
    this.#rooms.set(name, room);
    return room;
  }

  /** All rooms that were ever spoken in, oldest first. */
  list(): RoomLine[] {
    return this.names().map((room) => this.get(room).line());
  }

  /** Names of all rooms that were ever spoken in, oldest first. */
  names(): string[] {
    return roomNames(this.#database);
  }

  /** The rooms that `pick` picks (or `only` one of them), by their numbers in the tables. */
  numbered(
    pick: (name: string) => boolean,
    only?: string,
  ): Map<number, string> {
    const all = [...roomNumbers(this.#database)];
    const isMeant = (name: string) => only === undefined || name === only;
    return new Map(all.filter(([, name]) => isMeant(name) && pick(name)));
  }

  /** Tells everybody in every room; who is nowhere need not be told. */
  broadcast(event: RoomEvent): void {
    for (const name of this.#sockets.rooms()) this.get(name).broadcast(event);
  }

  /** A member with an open session: their highest role, called as in `room` if they are there. */
  #find(id: string, room: string): Present | undefined {
    const sessions = this.#sockets
      .all()
      .filter(({ member }) => member.id === id);
    const [highest] = sessions
      .map(({ member }) => member)
      .sort((one, other) => (outranks(one.role, other.role) ? -1 : 1));
    if (!highest) return undefined;
    const here = sessions.find((session) => session.room === room)?.member;
    const { nickname } = here ?? highest;
    const addresses = new Set(sessions.map(({ address }) => address));
    return {
      member: { ...highest, nickname },
      addresses: [...addresses].filter((address) => address !== undefined),
    };
  }

  #forgetIdle(): void {
    for (const [name, room] of this.#rooms) {
      if (room.size === 0) this.#rooms.delete(name);
    }
  }
}
