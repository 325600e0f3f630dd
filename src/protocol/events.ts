/** Events: what the room tells its readers. Log events carry a `seq`, the others do not. */
import type { Problem } from "./codes.ts";
import type { PROTOCOL_VERSION } from "./limits.ts";
import type { Deleted, Edited, Message, Reacted } from "./messages.ts";
import type {
  Moderated,
  Reported,
  ReportReceived,
} from "./moderation_events.ts";
import type { Member, Mode, You } from "./people.ts";
import type { RoomList } from "./room_list.ts";

export type {
  Deleted,
  Edited,
  Mention,
  Message,
  Reacted,
  Reaction,
} from "./messages.ts";
export type {
  Moderated,
  ModerationAction,
  Reported,
  ReportReceived,
} from "./moderation_events.ts";
export type { Member, Mode, Role, You } from "./people.ts";

/** Events that have a place in the room's order and are kept. */
export type LogEvent = Message | Edited | Deleted | Reacted | Moderated;

/** Numbers in force, so that a client need not guess them. */
export interface Limits {
  /** Longest text, in code points. */
  readonly text: number;
  /** Longest command frame, in characters. */
  readonly frame: number;
  /** Longest nickname, in graphemes. */
  readonly nickname: number;
  /** Most messages of a history page. */
  readonly page: number;
  /** Messages kept per room. */
  readonly history: number;
  /** Time between two heartbeats, in ms. */
  readonly heartbeat: number;
  /** Largest image, in bytes. */
  readonly file?: number;
  /** Commands of one session: so many at once, so many a second after that. */
  readonly rate?: { readonly burst: number; readonly perSecond: number };
  /** Over how long the members who are here should spread a common return, in ms. */
  readonly spread?: number;
}

/** Why a resume was answered by a fresh join. */
export type ResumeFailure = "epoch" | "trimmed" | "cursor";

/** Always the first event on a socket. */
export interface Welcome {
  readonly type: "welcome";
  readonly protocol: typeof PROTOCOL_VERSION;
  readonly project: string;
  readonly room: string;
  /** Changes when the project's history was reset; a cursor is valid within one epoch. */
  readonly epoch: string;
  /** Highest `seq` of the room, 0 when nothing was said yet. */
  readonly head: number;
  /** Lowest `seq` still kept; `head + 1` when nothing is. */
  readonly oldest: number;
  readonly resumed: boolean;
  readonly reason?: ResumeFailure;
  readonly you: You;
  /** Who is here; absent in a crowded room. */
  readonly members?: readonly Member[];
  /** How many members are here, you included. */
  readonly online: number;
  readonly limits: Limits;
  readonly settings?: RoomSettings;
  /** The `seq` up to which a signed member has read, on whatever device. */
  readonly read?: number;
  /** The same of those who are here, by member id; only in a small room. */
  readonly reads?: Readonly<Record<string, number>>;
}

/** The backfill is complete; everything after it is live. */
export interface Live {
  readonly type: "live";
  readonly head: number;
}

/** Somebody came, went or changed their nickname. */
export interface PresenceChanged {
  readonly type: "joined" | "left" | "renamed";
  readonly member: Member;
  readonly online: number;
}

/** How many are here, told instead of names in a crowded room. */
export interface Online {
  readonly type: "online";
  readonly online: number;
}

/** Somebody types, or stopped. */
export interface Typing {
  readonly type: "typing";
  readonly member: Member;
  readonly on: boolean;
}

/** Somebody has read up to `seq`. */
export interface Read {
  readonly type: "read";
  readonly member: Member;
  readonly seq: number;
}

/** Answer to a `history` command: ascending, in their current state. */
export interface History {
  readonly type: "history";
  readonly ref?: string;
  readonly messages: readonly Message[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** Whether there are newer ones; absent from a page that ends where it was asked to. */
  readonly newer?: boolean;
}

/** Your identity, role or token changed. */
export interface YouChanged {
  readonly type: "you";
  /** Of the command that it answers. */
  readonly ref?: string;
  readonly you: You;
}

/** How a room is run. */
export interface RoomSettings {
  /** Who may come into the project. */
  readonly mode?: Mode;
  /** Time between two messages of one member, in seconds; 0 for none. */
  readonly slowMode?: number;
  /** Whether only moderators may send. */
  readonly locked?: boolean;
  /** Empty for none. */
  readonly topic?: string;
  /** `seq` of the pinned message; 0 for none. */
  readonly pinned?: number;
}

/** Settings of the room changed; a setting that is absent did not. */
export interface RoomChanged extends RoomSettings {
  readonly type: "room";
}

/** A message in another room means the reader. */
export interface Mentioned {
  readonly type: "mentioned";
  readonly room: string;
  /** Its `seq` there. */
  readonly target: number;
  readonly by: Member;
  /** How it begins. */
  readonly text: string;
}

/** A command or a connection was refused. */
export interface Refused extends Problem {
  readonly type: "error";
  readonly nonce?: string;
  readonly ref?: string;
  /** A nickname that is free. */
  readonly suggestion?: string;
}

/** Everything the room says. */
export type RoomEvent =
  | LogEvent
  | Welcome
  | Live
  | PresenceChanged
  | Online
  | Typing
  | Read
  | History
  | YouChanged
  | RoomChanged
  | Reported
  | ReportReceived
  | RoomList
  | Mentioned
  | Refused;
