/**
 * How far members have read, per room, on all their devices. A mark lives in the
 * attachment of the session that set it and is stored seldom: a row per message read
 * would cost more than the messages. Guests have no other device, so nothing is stored.
 */
import type { Member } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";

/** Somebody in a room, as far as marks care. */
export interface Marker {
  readonly room: string;
  readonly member: Member;
  /** The `seq` up to which this session has read. */
  readonly read: number | undefined;
}

/** What is known of one member. */
interface Known {
  readonly marks: Map<string, number>;
  /** When they were stored last, in ms since 1970. */
  at: number;
  isStored: boolean;
}

/** What marks need. */
export interface ReadMarksOptions {
  readonly database: Database;
  /** Everybody who is connected. */
  readonly sessions: () => Iterable<Marker>;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** A member's marks are stored at most this often while they read on, in ms. */
const STORE_PERIOD = 60_000;

/** The marks of one project's signed members. */
export class ReadMarks {
  readonly #options: ReadMarksOptions;
  readonly #known = new Map<string, Known>();
  /** Marks of the sessions that were there when the object woke, until they are known. */
  #found: Map<string, Marker[]> | undefined;

  constructor(options: ReadMarksOptions) {
    this.#options = options;
  }

  /** The marks of a member, by room; a guest has none. */
  of(member: Member): ReadonlyMap<string, number> {
    return member.guest ? new Map() : this.#load(member.id).marks;
  }

  /** A session has read further; stored now if that was not done for a while. */
  raise(marker: Marker): void {
    if (marker.member.guest) return;
    const known = this.#load(marker.member.id);
    take(known, marker);
    const { now } = this.#options;
    if (now() - known.at >= STORE_PERIOD) this.#store(marker.member.id, known);
  }

  /** A session ends; what it has read is stored. */
  leave(marker: Marker): void {
    const { id, guest } = marker.member;
    if (guest) return;
    if (marker.read === undefined && !this.#known.has(id)) return;
    const known = this.#load(id);
    take(known, marker);
    if (!known.isStored) this.#store(id, known);
    // Whoever else asks for it reads it again.
    this.#known.delete(id);
  }

  #load(member: string): Known {
    this.#found ??= Map.groupBy(
      this.#options.sessions(),
      (marker) => marker.member.id,
    );
    const known = this.#known.get(member) ?? this.#read(member);
    for (const marker of this.#found.get(member) ?? []) take(known, marker);
    this.#found.delete(member);
    this.#known.set(member, known);
    return known;
  }

  #read(member: string): Known {
    const row = this.#options.database.first<{ at: number; marks: string }>(
      "SELECT at, marks FROM read_marks WHERE member = ?",
      member,
    );
    // Written by #store() below, so its shape is known.
    const marks = JSON.parse(row?.marks ?? "[]") as [string, number][];
    return { marks: new Map(marks), at: row?.at ?? 0, isStored: true };
  }

  #store(member: string, known: Known): void {
    known.at = this.#options.now();
    known.isStored = true;
    this.#options.database.run(
      `INSERT INTO read_marks (member, at, marks) VALUES (?1, ?2, ?3)
       ON CONFLICT (member) DO UPDATE SET at = ?2, marks = ?3`,
      member,
      known.at,
      JSON.stringify([...known.marks]),
    );
  }
}

/** A mark never goes back. */
function take(known: Known, { room, read = 0 }: Marker): void {
  if (read <= (known.marks.get(room) ?? 0)) return;
  known.marks.set(room, read);
  known.isStored = false;
}
