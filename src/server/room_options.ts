/** What a room is made of, and what it is asked. */
import type { CloseCode, Command } from "../protocol/mod.ts";
import type { Schedule } from "./audience.ts";
import type { SharedFlow } from "./flow.ts";
import type { Log } from "./log.ts";
import type { Rate } from "./rate.ts";
import type { Session } from "./session.ts";
import type { SettingsStore } from "./settings.ts";

/** What a room needs to know and have; it holds nothing that eviction may not take. */
export interface RoomOptions {
  readonly project: string;
  readonly room: string;
  readonly epoch: string;
  readonly historyLimit: number;
  readonly log: Log;
  /** Sessions that are in the room already, after a wake. */
  readonly sessions: Iterable<Session>;
  /** What the readers of all rooms have on their way. */
  readonly shared: SharedFlow;
  readonly end: (session: Session, code: CloseCode) => void;
  readonly schedule: Schedule;
  /** How often the room takes something into its log. */
  readonly roomRate: Rate | "off";
  /** How often one session may ask for something; only told here. */
  readonly rate: Rate | "off";
  /** The clock, in ms since 1970. */
  readonly now: () => number;
  /** What the project's owner decided. */
  readonly settings: SettingsStore;
  /** Whether the project holds as much as it may. */
  readonly isFull: () => boolean;
}

/** What a room decides on; who somebody is, is decided before. */
export type RoomCommand = Exclude<Command, { type: "auth" }>;
