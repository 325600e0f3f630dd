/** A project's settings: kept in its object, read by its rooms, told of to whoever wants to know. */
import {
  DEFAULT_SETTINGS,
  isProblem,
  isSettingName,
  type Mode,
  type Problem,
  parseSetting,
  parseSettingsChange,
  type Settings,
  type SettingsChange,
  stricter,
} from "../protocol/mod.ts";
import { spellOrigin } from "./door/origins.ts";
import { malformed } from "./problems.ts";
import type { Database } from "./storage/database.ts";

/** Called after a change with the settings in force and what was asked for. */
type Listener = (settings: Settings, change: SettingsChange) => void;

/** The name of the row that holds all settings. */
const ALL = "all";

/** Keeps the settings of one project. */
export class SettingsStore {
  readonly #database: Database;
  /** The operator's mode: a project may be stricter, never looser. */
  readonly #floor: Mode;
  readonly #listeners: Listener[] = [];
  #stored: Partial<Settings> | undefined;

  constructor(database: Database, options: { mode: Mode }) {
    this.#database = database;
    this.#floor = options.mode;
  }

  /** The settings in force. */
  get current(): Settings {
    this.#stored ??= this.#load();
    const settings = { ...DEFAULT_SETTINGS, ...this.#stored };
    return { ...settings, mode: stricter(settings.mode, this.#floor) };
  }

  /** Stores a change, whole; answers with the settings in force. */
  change(change: SettingsChange): Settings {
    // One row: every join that wakes the object reads them.
    this.#database.run(
      `INSERT INTO project_settings (name, value) VALUES (?1, ?2)
       ON CONFLICT (name) DO UPDATE SET value = ?2`,
      ALL,
      JSON.stringify({ ...this.#read(), ...change }),
    );
    this.#stored = undefined;
    const { current } = this;
    for (const listener of this.#listeners) listener(current, change);
    return current;
  }

  /** Has `listener` called after each change. */
  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  #load(): Partial<Settings> {
    const known = Object.entries(this.#read()).flatMap(([name, value]) => {
      if (!isSettingName(name)) return [];
      const setting = parseSetting(name, value);
      // What another version stored and this one does not understand has its default.
      return setting === undefined ? [] : [[name, setting] as const];
    });
    return Object.fromEntries(known);
  }

  #read(): Record<string, unknown> {
    const row = this.#database.first<{ value: string }>(
      "SELECT value FROM project_settings WHERE name = ?",
      ALL,
    );
    // Written by change() above, so it is an object.
    return JSON.parse(row?.value ?? "{}") as Record<string, unknown>;
  }
}

/** The change that `body` asks for, its origins as browsers spell them; or what is wrong. */
export function parseSettings(body: unknown): SettingsChange | Problem {
  const change = parseSettingsChange(body);
  if (isProblem(change) || change.origins === undefined) return change;
  const origins = change.origins.map(spellOrigin);
  if (origins.every((origin) => origin !== undefined)) {
    return { ...change, origins: [...new Set(origins)] };
  }
  return malformed('Setting "origins" is malformed');
}
