/**
 * Who watches the list of rooms over the connection they have in one of them: what they
 * are told of the others, and when. That somebody watches is in their attachment; the
 * rest is a cache. No timer is alive while no room changes.
 */
import type {
  CommandOf,
  LogCommand,
  Member,
  RoomEvent,
  RoomLine,
} from "../../protocol/mod.ts";
import { opens } from "../door/identity.ts";
import type { Session } from "../sockets/session.ts";
import type { Schedule } from "./flush_schedule.ts";
import type { ReadMarks } from "./read_marks.ts";

/** A room, as far as those who watch the list care. */
interface Watched {
  /** The room as it is now, and how much of it a reader has not read. */
  line(reader?: { member: string; mark: number }): RoomLine;
  broadcast(event: RoomEvent, to: ReadonlySet<Session>): void;
  answer(session: Session, event: RoomEvent): void;
}

/** The rooms of a project, as far as those who watch the list care. */
interface AllRooms {
  get(name: string): Watched;
  names(): string[];
}

/** What watching needs. */
export interface ListWatchersOptions {
  readonly rooms: AllRooms;
  readonly marks: ReadMarks;
  /** Everybody who is connected. */
  readonly sessions: () => Iterable<Session>;
  readonly schedule: Schedule;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** What was appended to a room's log. */
export interface Appended {
  readonly seq: number;
  readonly by: Member;
  readonly command: LogCommand;
}

/** Shortest time between two `rooms` events that tell changes, in ms. */
const PERIOD = 1_000;
/** What each session that watches adds to that time, in ms. */
const PERIOD_PER_WATCHER = 5;
/** Longest that time gets, in ms: the object sleeps soon when nothing more happens. */
const MAX_PERIOD = 5_000;
/** Lines of one event, so that it fits a frame. */
const MAX_LINES = 200;
/** How much of a message is told elsewhere, in characters. */
const MAX_NOTICE = 140;

/** Everybody who watches the list of one project's rooms. */
export class ListWatchers {
  readonly #options: ListWatchersOptions;
  #watching: Set<Session> | undefined;
  /** Rooms that changed and were not told yet. */
  #changed = new Set<string>();
  /** Rooms in which a member has read on, by member. */
  #read = new Map<string, Set<string>>();
  /** When a session last had the whole list, in ms since 1970: it costs some reads for each room. */
  readonly #listedAt = new WeakMap<Session, number>();
  /** Sessions that asked for the whole list again too soon: they get it when changes are told next. */
  #owed = new Map<Session, CommandOf<"rooms">>();
  #toldAt = 0;
  #isDue = false;

  constructor(options: ListWatchersOptions) {
    this.#options = options;
  }

  /** A session begins to watch and is told all rooms, or it watches no longer. */
  ask(session: Session, command: CommandOf<"rooms">): void {
    session.update({ watches: command.on || undefined });
    if (!command.on) return this.#forget(session);
    this.#all.add(session);
    const at = this.#listedAt.get(session);
    if (at !== undefined && this.#options.now() - at < PERIOD) {
      this.#owed.set(session, command);
      return this.#tellSoon();
    }
    this.#list(session, command);
  }

  #forget(session: Session): void {
    this.#watching?.delete(session);
    this.#owed.delete(session);
  }

  #list(session: Session, command: CommandOf<"rooms">): void {
    const { rooms, now } = this.#options;
    this.#listedAt.set(session, now());
    // A room may be called like what every object has.
    const known = new Map(Object.entries(command.read ?? {}));
    const lines = rooms
      .names()
      .filter((room) => opens(session.grant, room))
      .map((room) => this.#lineFor(session, room, known.get(room)));
    for (let first = 0; first === 0 || first < lines.length; first += MAX_LINES)
      rooms.get(session.room).answer(session, {
        type: "rooms",
        rooms: lines.slice(first, first + MAX_LINES),
      });
  }

  /** A session ended; its room has lost somebody. */
  leave(session: Session): void {
    this.#forget(session);
    this.changed(session.room);
  }

  /** Something was said or changed in a room; those elsewhere whom it means are told at once. */
  appended(room: string, { seq, by, command }: Appended): void {
    this.changed(room);
    if (command.type !== "send" || !command.mentions?.length) return;
    const { mentions } = command;
    const text = command.text.slice(0, MAX_NOTICE).toWellFormed();
    const meant = [...this.#all].filter(
      (session) =>
        session.member.id !== by.id &&
        mentions.includes(session.member.id) &&
        isElsewhere(session, room),
    );
    this.#tell({ type: "mentioned", room, target: seq, by, text }, meant);
  }

  /** Something happened in a room. */
  changed(room: string): void {
    if (this.#all.size === 0) return;
    this.#changed.add(room);
    this.#tellSoon();
  }

  /** A member has read on in a room: their other sessions elsewhere are told. */
  read({ room, member }: Session): void {
    if (member.guest || this.#all.size === 0) return;
    const rooms = this.#read.get(member.id) ?? new Set();
    this.#read.set(member.id, rooms.add(room));
    this.#tellSoon();
  }

  get #all(): Set<Session> {
    this.#watching ??= new Set(
      [...this.#options.sessions()].filter(({ watches }) => watches),
    );
    return this.#watching;
  }

  #tellSoon(): void {
    if (this.#isDue) return;
    const { now, schedule } = this.#options;
    const crowded = this.#all.size * PERIOD_PER_WATCHER;
    const period = Math.min(Math.max(PERIOD, crowded), MAX_PERIOD);
    const wait = this.#toldAt + period - now();
    if (wait <= 0 || wait > period) return this.#tellNow();
    this.#isDue = true;
    schedule(() => {
      this.#isDue = false;
      this.#tellNow();
    }, wait);
  }

  #tellNow(): void {
    this.#toldAt = this.#options.now();
    const [changed, read, owed] = [this.#changed, this.#read, this.#owed];
    this.#changed = new Set();
    this.#read = new Map();
    this.#owed = new Map();
    for (const [session, command] of owed) this.#list(session, command);
    // Sessions in the same room with the same rights are told the same.
    const alike = Map.groupBy(this.#all, ({ room, grant }) =>
      JSON.stringify([room, grant?.rooms]),
    );
    for (const sessions of alike.values()) {
      const [some] = sessions;
      const rooms = [...changed].filter(
        (room) => some && isElsewhere(some, room),
      );
      const lines = rooms.map((room) => this.#options.rooms.get(room).line());
      this.#tellLines(lines, sessions);
    }
    for (const [member, rooms] of read) {
      for (const session of this.#all) {
        if (session.member.id !== member) continue;
        const lines = [...rooms]
          .filter((room) => isElsewhere(session, room))
          .map((room) => this.#lineFor(session, room));
        this.#tellLines(lines, [session]);
      }
    }
  }

  #tellLines(lines: RoomLine[], to: readonly Session[]): void {
    for (let first = 0; first < lines.length; first += MAX_LINES) {
      const rooms = lines.slice(first, first + MAX_LINES);
      this.#tell({ type: "rooms", rooms }, to);
    }
  }

  /** Tells some sessions, each by way of the room they are in. */
  #tell(event: RoomEvent, to: readonly Session[]): void {
    for (const [room, sessions] of Map.groupBy(to, ({ room }) => room)) {
      this.#options.rooms.get(room).broadcast(event, new Set(sessions));
    }
  }

  /** A room as one session sees it; `mark` is what it knows itself of how far it has read. */
  #lineFor(session: Session, room: string, mark = 0): RoomLine {
    const { rooms, marks } = this.#options;
    const own = session.room === room ? (session.read ?? 0) : 0;
    const stored = marks.of(session.member).get(room) ?? 0;
    return rooms.get(room).line({
      member: session.member.id,
      mark: Math.max(mark, own, stored),
    });
  }
}

function isElsewhere(session: Session, room: string): boolean {
  return session.room !== room && opens(session.grant, room);
}
