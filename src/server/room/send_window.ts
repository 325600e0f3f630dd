/**
 * How much a reader was sent and has not acked. The platform tells nobody how full a
 * socket's queue is, so this is all there is between one paused reader and our memory. Pure.
 */

/** Bytes on their way to a reader who acks. */
const WINDOW = 256 * 1024;
/** Bytes on their way to all readers of the object who never acked. */
const SHARED_WINDOW = 32 * 1024 * 1024;
/** What every reader may have on its way: a whole join, and an ack is due after half of it. */
const GUARANTEED = 128 * 1024;
/** Sends closer together than this share a mark. */
const MARK_BYTES = 8 * 1024;

/** What the readers who never acked have on their way together, in bytes. */
export interface SharedWindow {
  outstanding: number;
}

/** What one reader was sent and has not acked. */
export class SendWindow {
  readonly #shared: SharedWindow;
  /** Bytes sent up to and including a seq, in order. */
  #marks: { seq: number; bytes: number }[] = [];
  #outstanding = 0;
  /** How much of it is on the shared account: what was sent before the first ack. */
  #onShared = 0;
  #acks = false;

  constructor(shared: SharedWindow) {
    this.#shared = shared;
  }

  /** Bytes sent and not acked. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /** Whether `bytes` more may be sent now. With nothing on its way, always. */
  canTake(bytes: number): boolean {
    if (this.#outstanding === 0) return true;
    const after = this.#outstanding + bytes;
    if (this.#acks) return after <= WINDOW;
    return (
      after <= GUARANTEED || this.#shared.outstanding + bytes <= SHARED_WINDOW
    );
  }

  /** Accounts for `bytes` that end with the event `seq`. */
  sent(seq: number, bytes: number): void {
    this.#outstanding += bytes;
    if (!this.#acks) {
      this.#onShared += bytes;
      this.#shared.outstanding += bytes;
    }
    const last = this.#marks.at(-1);
    if (last && last.bytes < MARK_BYTES) {
      last.seq = seq;
      last.bytes += bytes;
    } else {
      this.#marks.push({ seq, bytes });
    }
  }

  /** Whether some of what is on its way would have arrived with an ack of `seq`. */
  isFreedBy(seq: number): boolean {
    const [first] = this.#marks;
    return first !== undefined && first.seq <= seq;
  }

  /** The reader has everything up to `seq`. */
  ack(seq: number): void {
    this.#acks = true;
    let count = 0;
    let bytes = 0;
    for (const mark of this.#marks) {
      if (mark.seq > seq) break;
      bytes += mark.bytes;
      count++;
    }
    this.#marks.splice(0, count);
    this.#outstanding -= bytes;
    this.#giveBack(Math.min(bytes, this.#onShared));
  }

  /** Gives back all that it holds of the shared window. */
  release(): void {
    this.#giveBack(this.#onShared);
  }

  #giveBack(bytes: number): void {
    this.#onShared -= bytes;
    this.#shared.outstanding -= bytes;
  }
}
