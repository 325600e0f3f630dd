/** A session as the target of fan-out: how far it has been told, and how fast it reads. */
import { MAX_FRAME_BYTES } from "../../protocol/mod.ts";
import { type Encoded, type Entry, type Frame, packFrames } from "../frames.ts";
import type { Session } from "../sockets/session.ts";
import { SendWindow, type SharedWindow } from "./send_window.ts";

/** A reader who is behind and does not ack for this long is closed, in ms. */
const PATIENCE = 60_000;

/** Tells one session things in order, and no more than it can take. */
export class Reader {
  readonly session: Session;
  /** Number of the next event that it has not been told. */
  position: number;
  readonly #window: SendWindow;
  /** Highest `seq` it has been told. */
  #cursor: number;
  /** While it is behind: when it was last known to read. */
  #behindSince: number | undefined;

  constructor(
    session: Session,
    options: {
      shared: SharedWindow;
      position: number;
      cursor: number;
      now: number;
    },
  ) {
    this.session = session;
    this.position = options.position;
    this.#window = new SendWindow(options.shared);
    this.#cursor = session.behind ?? options.cursor;
    if (session.behind !== undefined) this.#behindSince = options.now;
  }

  /** Highest `seq` it has been told. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Whether it is no longer pushed to, but pulls from the log as it acks. */
  get behind(): boolean {
    return this.#behindSince !== undefined;
  }

  /** Whether it has been behind for so long that it is not coming back. */
  isLost(now: number): boolean {
    const since = this.#behindSince;
    return since !== undefined && now - since > PATIENCE;
  }

  /** Sends frames that everybody gets; falls behind if it cannot take them. */
  push(frames: Iterable<Frame>, now: number): void {
    if (this.behind) return;
    for (const frame of frames) {
      if (!this.#window.canTake(frame.bytes)) return this.#fallBehind(now);
      this.#send(frame);
    }
  }

  /** Sends an answer to this session alone; false if it is more than it can take. */
  answer(event: Encoded): boolean {
    // What it asks about lies beyond what it was told.
    if (this.behind) return false;
    for (const frame of packFrames([{ encoded: event }])) {
      if (!this.#window.canTake(frame.bytes)) return false;
      this.#send(frame);
    }
    return true;
  }

  /** Sends `entries` as far as it can take them; true when that was all. */
  pull(entries: Iterable<Entry>, now: number): boolean {
    for (const frame of packFrames(entries)) {
      if (!this.#window.canTake(frame.bytes)) {
        this.#fallBehind(now);
        return false;
      }
      this.#send(frame);
    }
    if (this.#behindSince !== undefined) {
      this.#behindSince = undefined;
      this.session.update({ behind: undefined });
    }
    return true;
  }

  /** The session says that it has everything up to `seq`; true when it should pull. */
  ack(seq: number, now: number): boolean {
    const isNews = this.#window.ack(seq) || this.#window.outstanding === 0;
    if (this.#behindSince === undefined || !isNews) return false;
    this.#behindSince = now;
    return this.#window.canTake(MAX_FRAME_BYTES);
  }

  /** Its session ended. */
  end(): void {
    this.#window.release();
  }

  #send(frame: Frame): void {
    this.session.sendFrame(frame.text);
    this.#cursor = frame.seq ?? this.#cursor;
    this.#window.sent(this.#cursor, frame.bytes);
  }

  #fallBehind(now: number): void {
    this.#behindSince = now;
    // After an eviction it must not pass for a reader who was told everything.
    this.session.update({ behind: this.#cursor });
  }
}
