/** What moderators have set in one room: one row, read when it is first needed. */
import type { RoomSettings } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";

/** What moderators decide; the mode is the project's. */
type Order = Required<Omit<RoomSettings, "mode">>;

type SettingsRow = {
  slow: number;
  locked: number;
  topic: string;
  pinned: number;
};

const DEFAULTS: Order = {
  slowMode: 0,
  locked: false,
  topic: "",
  pinned: 0,
};

/** The settings of one room; `room` is its number in the tables, 0 until it has one. */
export class RoomSettingsStore {
  readonly #database: Database;
  readonly #room: () => number;
  #loaded: Order | undefined;

  constructor(database: Database, room: () => number) {
    this.#database = database;
    this.#room = room;
  }

  /** What is in force. */
  get current(): Order {
    if (this.#room() === 0) return DEFAULTS;
    this.#loaded ??= this.#read();
    return this.#loaded;
  }

  /** The same as readers know it, of whose messages the `oldest` is kept: a lost pin is none. */
  known(oldest: number): Order {
    const { current } = this;
    return current.pinned >= oldest ? current : { ...current, pinned: 0 };
  }

  /** The same for who comes in: what is not set is left out. */
  told(oldest: number): RoomSettings {
    const { slowMode, locked, topic, pinned } = this.known(oldest);
    return {
      slowMode,
      locked,
      ...(topic !== "" && { topic }),
      ...(pinned !== 0 && { pinned }),
    };
  }

  /** Changes some settings; the room must have its number. */
  change(settings: Partial<Order>): void {
    const { slowMode, locked, topic, pinned } = {
      ...this.current,
      ...settings,
    };
    this.#database.run(
      `INSERT OR REPLACE INTO room_settings (room, slow, locked, topic, pinned)
       VALUES (?, ?, ?, ?, ?)`,
      this.#room(),
      slowMode,
      locked ? 1 : 0,
      topic,
      pinned,
    );
    this.#loaded = { slowMode, locked, topic, pinned };
  }

  /** Reads the row again when it is asked for. */
  forget(): void {
    this.#loaded = undefined;
  }

  #read(): Order {
    const row = this.#database.first<SettingsRow>(
      "SELECT slow, locked, topic, pinned FROM room_settings WHERE room = ?",
      this.#room(),
    );
    if (!row) return DEFAULTS;
    const { slow: slowMode, locked, topic, pinned } = row;
    return { slowMode, locked: locked === 1, topic, pinned };
  }
}

/** The settings of `after` that differ from `before`; `undefined` when none does. */
export function changesOf(
  before: Order,
  after: Order,
): Partial<Order> | undefined {
  if (before === after) return undefined;
  const known = new Map(Object.entries(before));
  const changes = Object.entries(after).filter(
    ([name, value]) => known.get(name) !== value,
  );
  return changes.length > 0 ? Object.fromEntries(changes) : undefined;
}
