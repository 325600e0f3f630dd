/** What a room is made of, and what it is asked. */
import type {
  CloseCode,
  Command,
  CommandOf,
  RoomEvent,
} from "../../protocol/mod.ts";
import type { Rate } from "../door/rate.ts";
import type { SettingsStore } from "../settings.ts";
import type { Session } from "../sockets/session.ts";
import type { FanOut } from "./fan_out.ts";
import type { FlushSchedule, Schedule } from "./flush_schedule.ts";
import type { Appended, ListWatchers } from "./list_watchers.ts";
import type { PresenceEvents } from "./presence_events.ts";
import type { ReadMarks } from "./read_marks.ts";
import type { SharedWindow } from "./send_window.ts";
import type { WriterOptions } from "./writer.ts";

/** What a room needs to know and have; it holds nothing that eviction may not take. */
export interface RoomOptions extends WriterOptions {
  readonly project: string;
  readonly room: string;
  readonly epoch: string;
  readonly historyLimit: number;
  /** Sessions that are in the room already, after a wake. */
  readonly sessions: Iterable<Session>;
  /** What the readers of all rooms have on their way. */
  readonly shared: SharedWindow;
  readonly end: (session: Session, code: CloseCode) => void;
  readonly schedule: Schedule;
  /** When it may flush, and when it has to wait for the other rooms. */
  readonly flushes: FlushSchedule;
  /** How often one session may ask for something; only told here. */
  readonly rate: Rate | "off";
  /** What the project's owner decided. */
  readonly settings: SettingsStore;
  /** How far members have read. */
  readonly marks: ReadMarks;
  /** Tells what happens here to those who are in other rooms. */
  readonly watchers: ListWatchers;
  /** Something entered the log, and may mean something in other rooms. */
  readonly appended: (what: Appended) => void;
  /** Tells the moderators of a message; what its sender is answered. */
  readonly report: (by: Session, command: CommandOf<"report">) => RoomEvent;
}

/** A session in its room. */
export interface SessionContext {
  readonly session: Session;
  readonly fanOut: FanOut;
  readonly presence: PresenceEvents;
}

/** What a room decides on; who somebody is, is decided before, and an ack asks nothing. */
export type RoomCommand = Exclude<Command, { type: "auth" | "ack" }>;
