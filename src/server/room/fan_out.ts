/**
 * Everybody who listens to one room, and fan-out to them: each event is encoded once, and
 * each frame once for all who get the same. A cache of what the sockets say.
 */
import { CLOSE, type CloseCode, type RoomEvent } from "../../protocol/mod.ts";
import { type Encoded, type Entry, type Frame, packFrames } from "../frames.ts";
import type { Session } from "../sockets/session.ts";
import type { FlushSchedule } from "./flush_schedule.ts";
import { Reader } from "./reader.ts";
import type { SharedWindow } from "./send_window.ts";

/** Who is told an event. */
type Choice = (session: Session) => boolean;

/** An event that waits for its frame. */
interface Pending extends Entry {
  readonly to?: Choice | undefined;
}

/** What fan-out needs. */
export interface FanOutOptions {
  /** Sessions that are in the room already, after a wake. */
  readonly sessions: Iterable<Session>;
  /** Highest `seq` of the room: all of them were told it. */
  readonly head: () => number;
  /** The log after a cursor, for readers who are behind. */
  readonly after: (seq: number) => Iterable<Entry>;
  readonly shared: SharedWindow;
  /** Ends a session for good. */
  readonly end: (session: Session, code: CloseCode) => void;
  readonly flushes: FlushSchedule;
  readonly now: () => number;
}

/** Fan-out to the readers of one room. */
export class FanOut {
  readonly #options: FanOutOptions;
  readonly #readers = new Map<Session, Reader>();
  /** Events in order; `#first` is the number of the first of them. */
  #pending: Pending[] = [];
  #first = 0;
  /** Whether some of them are not for everybody. */
  #isChoosy = false;
  /** What is to be done before the next flush, once that is due. */
  #tasks: (() => void)[] = [];
  #flushIsDue = false;
  #isInTurn = false;

  constructor(options: FanOutOptions) {
    this.#options = options;
    for (const session of options.sessions) this.#add(session, options.head());
  }

  get size(): number {
    return this.#readers.size;
  }

  /** Sessions that can be told something right now. */
  *[Symbol.iterator](): Generator<Session, void> {
    for (const session of this.#readers.keys()) if (session.open) yield session;
  }

  /** Lets a session in and sends it `entries`, as far as it can take them at once. */
  join(
    session: Session,
    options: { entries: Iterable<Entry>; cursor: number },
  ): void {
    const reader = this.#add(session, options.cursor);
    reader.pull(options.entries, this.#options.now());
  }

  delete(session: Session): void {
    this.#readers.get(session)?.end();
    this.#readers.delete(session);
  }

  /**
   * Does `task` at once or, under load, together with all that comes until the next
   * frame may leave: one turn, one commit, one frame.
   */
  inTurn(task: () => void): void {
    if (this.#flushIsDue) this.#tasks.push(task);
    else if (this.#mayFlush()) this.#run([task]);
    else this.#tasks.push(task);
  }

  /** Does `task` after all that came before it, and does not wait on its own account. */
  inOrder(task: () => void): void {
    if (this.#flushIsDue) this.#tasks.push(task);
    else this.#run([task]);
  }

  /** Sends one event to all, or to those that `to` picks. */
  broadcast(event: RoomEvent, to?: Choice): void {
    this.broadcastEncoded({ encoded: JSON.stringify(event) }, to);
  }

  /** The same for an event that is encoded already. */
  broadcastEncoded(entry: Entry, to?: Choice): void {
    this.#pending.push({ ...entry, to });
    if (to) this.#isChoosy = true;
    if (this.#isInTurn || this.#flushIsDue) return;
    if (this.#mayFlush()) this.#flush();
  }

  /** Answers one session, after all that it is owed; false if it cannot take it. */
  answer(session: Session, event: Encoded): boolean {
    const reader = this.#readers.get(session);
    if (!reader) return false;
    const frames = packFrames(this.#select(this.#owedBy(reader)));
    reader.position = this.#end;
    reader.push(frames, this.#options.now());
    return reader.answer(event);
  }

  /** A session has read up to `seq`; if it is behind, it gets what follows. */
  ack(session: Session, seq: number): void {
    const reader = this.#readers.get(session);
    if (!reader) return;
    const { now, after, head } = this.#options;
    if (!reader.ack(Math.min(seq, head()), now())) return;
    reader.position = this.#end;
    const level = JSON.stringify({ type: "live", head: head() });
    reader.pull(append(after(reader.cursor), level), now());
  }

  #add(session: Session, cursor: number): Reader {
    const { shared, now } = this.#options;
    const position = this.#end;
    const options = { shared, position, cursor, now: now() };
    const reader = new Reader(session, options);
    this.#readers.set(session, reader);
    return reader;
  }

  /** Whether the next frame may leave at once; if not, a flush is due when it may. */
  #mayFlush(): boolean {
    const mayFlush = this.#options.flushes.take(this.#readers.size, () => {
      this.#flushIsDue = false;
      const tasks = this.#tasks;
      this.#tasks = [];
      this.#run(tasks);
    });
    this.#flushIsDue = !mayFlush;
    return mayFlush;
  }

  #run(tasks: readonly (() => void)[]): void {
    this.#isInTurn = true;
    for (const task of tasks) task();
    this.#isInTurn = false;
    this.#flush();
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    const now = this.#options.now();
    // Readers who are owed the same events share the frames that hold them.
    const packed = new Map<string, Frame[]>();
    const lost: Session[] = [];
    for (const reader of this.#readers.values()) {
      const owed = this.#owedBy(reader);
      let frames = packed.get(owed);
      if (frames === undefined) {
        frames = [...packFrames(this.#select(owed))];
        packed.set(owed, frames);
      }
      reader.position = this.#end;
      reader.push(frames, now);
      if (reader.isLost(now)) lost.push(reader.session);
    }
    this.#first = this.#end;
    this.#pending = [];
    this.#isChoosy = false;
    for (const session of lost) this.#options.end(session, CLOSE.SLOW);
  }

  /** Number of the next event. */
  get #end(): number {
    return this.#first + this.#pending.length;
  }

  /** Which pending events a reader is owed: one digit each, `""` for all of them. */
  #owedBy(reader: Reader): string {
    const told = Math.max(0, reader.position - this.#first);
    if (told === 0 && !this.#isChoosy) return "";
    return this.#pending
      .map(({ to }, index) =>
        index >= told && (!to || to(reader.session)) ? "1" : "0",
      )
      .join("");
  }

  #select(owed: string): Entry[] {
    return owed === ""
      ? this.#pending
      : this.#pending.filter((_, index) => owed[index] === "1");
  }
}

function* append(entries: Iterable<Entry>, encoded: Encoded): Generator<Entry> {
  yield* entries;
  yield { encoded };
}
