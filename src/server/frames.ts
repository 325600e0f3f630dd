/** Packs encoded events into frames: JSON arrays of at most 64 KiB. Pure. */
import { MAX_FRAME_BYTES, utf8Length } from "../protocol/mod.ts";

/** An event as it goes over the wire. */
export type Encoded = string;

/** An encoded event, or several with commas in between. */
export interface Entry {
  readonly encoded: Encoded;
  /** Its `seq`, if it is one event of the log. */
  readonly seq?: number;
  /** Its length in UTF-8, if that is known. */
  readonly bytes?: number;
}

/** What is sent at once. */
export interface Frame {
  readonly text: string;
  /** Length in UTF-8. */
  readonly bytes: number;
  /** Highest `seq` in it; absent when it has no log event. */
  readonly seq?: number;
}

/** Frames that hold `entries` in order; an event larger than a frame has one alone. */
export function* packFrames(entries: Iterable<Entry>): Generator<Frame, void> {
  let packed: Encoded[] = [];
  let bytes = 1;
  let seq: number | undefined;
  const frame = (): Frame => ({
    text: `[${packed.join(",")}]`,
    bytes,
    ...(seq !== undefined && { seq }),
  });
  for (const entry of entries) {
    // Each event brings a comma or the closing bracket.
    const size = (entry.bytes ?? utf8Length(entry.encoded)) + 1;
    if (packed.length > 0 && bytes + size > MAX_FRAME_BYTES) {
      yield frame();
      packed = [];
      bytes = 1;
      seq = undefined;
    }
    packed.push(entry.encoded);
    bytes += size;
    seq = entry.seq ?? seq;
  }
  if (packed.length > 0) yield frame();
}
