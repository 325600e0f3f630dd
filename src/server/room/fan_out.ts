/**
 * Everybody who listens to one room, and fan-out to them: each event is encoded once, and
 * each frame once for all who get the same. A cache of what the sockets say.
 */
import { CLOSE, type CloseCode, type RoomEvent } from "../../protocol/mod.ts";
import { type Encoded, type Entry, type Frame, packFrames } from "../frames.ts";
import type { Session } from "../sockets/session.ts";
import type { FlushSchedule } from "./flush_schedule.ts";
import { type Choice, PendingEvents } from "./pending_events.ts";
import { Reader } from "./reader.ts";
import type { SharedWindow } from "./send_window.ts";

/** What fan-out needs. */
export interface FanOutOptions {
  /** Sessions that are in the room already, after a wake. */
  readonly sessions: Iterable<Session>;
  /** Highest `seq` of the room: all of them were told it. */
  readonly head: () => number;
  /** The log after a cursor, for readers who are behind. */
  readonly after: (seq: number) => Iterable<Entry>;
  /** What a reader who was behind has to know besides the log. */
  readonly missed: () => RoomEvent;
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
  readonly #pending = new PendingEvents();
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
    else if (this.#mayFlush(this.#readers.size)) this.#run([task]);
    else this.#tasks.push(task);
  }

  /** Does `task` after all that came before it; only what it tells may have to wait. */
  inOrder(task: () => void): void {
    if (this.#flushIsDue) this.#tasks.push(task);
    else {
      this.#perform([task]);
      this.#flushIfMay();
    }
  }

  /** Sends one event to all, or to those that `to` says. */
  broadcast(event: RoomEvent, to?: Choice): void {
    this.broadcastEncoded({ encoded: JSON.stringify(event) }, to);
  }

  /** The same for an event that is encoded already. */
  broadcastEncoded(entry: Entry, to?: Choice): void {
    this.#pending.add(entry, to);
    if (!this.#isInTurn && !this.#flushIsDue) this.#flushIfMay();
  }

  /** Answers one session, after all that it is owed; false if it cannot take it. */
  answer(session: Session, event: Encoded): boolean {
    const reader = this.#readers.get(session);
    if (!reader) return false;
    const pending = this.#pending;
    const frames = packFrames(pending.select(pending.owedBy(reader)));
    reader.position = pending.end;
    reader.push(frames, this.#options.now());
    return reader.answer(event);
  }

  /**
   * A session has read up to `seq`; if it is behind, it gets what follows. False when that
   * changes nothing.
   */
  ack(session: Session, seq: number): boolean {
    const reader = this.#readers.get(session);
    if (!reader?.isNews(seq)) return false;
    const { now } = this.#options;
    if (reader.ack(seq, now())) {
      reader.position = this.#pending.end;
      reader.pull(this.#catchUp(reader.cursor), now());
    }
    return true;
  }

  /** What a reader who is behind is told until it is level. */
  *#catchUp(cursor: number): Generator<Entry, void> {
    const { after, missed, head } = this.#options;
    yield* after(cursor);
    yield { encoded: JSON.stringify(missed()) };
    yield { encoded: JSON.stringify({ type: "live", head: head() }) };
  }

  #add(session: Session, cursor: number): Reader {
    const { shared } = this.#options;
    const position = this.#pending.end;
    const reader = new Reader(session, { shared, position, cursor });
    this.#readers.set(session, reader);
    return reader;
  }

  #flushIfMay(): void {
    if (this.#pending.isEmpty) return;
    if (this.#mayFlush(this.#reach)) this.#flush();
  }

  /** Whether the next frame may leave at once, to `told`; if not, a flush is due when it may. */
  #mayFlush(told: number): boolean {
    const { flushes } = this.#options;
    const readers = this.#readers.size;
    const mayFlush = flushes.take({ readers, told }, () => {
      this.#flushIsDue = false;
      const tasks = this.#tasks;
      this.#tasks = [];
      this.#run(tasks, told);
    });
    this.#flushIsDue = !mayFlush;
    return mayFlush;
  }

  /** Does `tasks` and sends what came of them; sends to `paid` readers are paid for. */
  #run(tasks: readonly (() => void)[], paid = this.#readers.size): void {
    this.#perform(tasks);
    this.#options.flushes.pay(Math.max(0, this.#reach - paid));
    this.#flush();
  }

  #perform(tasks: readonly (() => void)[]): void {
    this.#isInTurn = true;
    try {
      for (const task of tasks) task();
    } finally {
      this.#isInTurn = false;
    }
  }

  #flush(): void {
    const pending = this.#pending;
    if (pending.isEmpty) return;
    const now = this.#options.now();
    // Readers who are owed the same events share the frames that hold them.
    const packed = new Map<string, Frame[]>();
    const lost: Session[] = [];
    for (const reader of this.#addressed()) {
      const owed = pending.owedBy(reader);
      let frames = packed.get(owed);
      if (frames === undefined) {
        frames = [...packFrames(pending.select(owed))];
        packed.set(owed, frames);
      }
      reader.position = pending.end;
      reader.push(frames, now);
      if (reader.isLost(now)) lost.push(reader.session);
    }
    pending.clear();
    for (const session of lost) this.#options.end(session, CLOSE.SLOW);
  }

  /** The readers whom pending events are for. */
  #addressed(): Iterable<Reader> {
    const { few } = this.#pending;
    if (!few) return this.#readers.values();
    return [...few].flatMap((session) => this.#readers.get(session) ?? []);
  }

  /** How many they are. */
  get #reach(): number {
    return this.#pending.few?.size ?? this.#readers.size;
  }
}
