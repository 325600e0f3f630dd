/** A session as the target of fan-out: how far it has been told, and how fast it reads. */
import { MAX_FRAME_BYTES } from "../../protocol/mod.ts";
import { type Encoded, type Entry, type Frame, packFrames } from "../frames.ts";
import type { Behind, Session } from "../sockets/session.ts";
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
  /** As in its attachment, which each frame would take too long to ask. */
  #behind: Behind | undefined;

  constructor(
    session: Session,
    options: { shared: SharedWindow; position: number; cursor: number },
  ) {
    this.session = session;
    this.position = options.position;
    this.#window = new SendWindow(options.shared);
    this.#behind = session.behind;
    this.#cursor = this.#behind?.cursor ?? options.cursor;
  }

  /** Highest `seq` it has been told. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Whether it is no longer pushed to, but pulls from the log as it acks. */
  get behind(): boolean {
    return this.#behind !== undefined;
  }

  /** Whether it has been behind for so long that it is not coming back. */
  isLost(now: number): boolean {
    const behind = this.#behind;
    return behind !== undefined && now - behind.since > PATIENCE;
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
    if (this.behind) this.#note(undefined);
    return true;
  }

  /** Whether it changes anything that the session has everything up to `seq`. */
  isNews(seq: number): boolean {
    if (this.#window.isFreedBy(seq)) return true;
    return this.behind && this.#window.outstanding === 0;
  }

  /** The session says so, and it is news; true when it should pull. */
  ack(seq: number, now: number): boolean {
    this.#window.ack(seq);
    if (!this.behind) return false;
    if (this.#window.canTake(MAX_FRAME_BYTES)) return true;
    this.#fallBehind(now);
    return false;
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

  /** It reads, but not everything yet; an eviction must not make it pass for one who was told all. */
  #fallBehind(since: number): void {
    this.#note({ cursor: this.#cursor, since });
  }

  #note(behind: Behind | undefined): void {
    this.#behind = behind;
    this.session.update({ behind });
  }
}
