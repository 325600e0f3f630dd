/** Packs encoded events into frames: JSON arrays of at most 64 KiB. Pure. */
import { MAX_FRAME_BYTES, utf8Length } from "../protocol/mod.ts";

/** The brackets around a frame's events. */
const BRACKETS = 2;

/** Frames that hold `events` in order; an event that is larger than a frame has one alone. */
export function* packFrames(events: Iterable<string>): Generator<string, void> {
  let packed: string[] = [];
  let bytes = BRACKETS;
  for (const event of events) {
    const size = utf8Length(event) + 1;
    if (packed.length > 0 && bytes + size > MAX_FRAME_BYTES) {
      yield `[${packed.join(",")}]`;
      packed = [];
      bytes = BRACKETS;
    }
    packed.push(event);
    bytes += size;
  }
  if (packed.length > 0) yield `[${packed.join(",")}]`;
}
