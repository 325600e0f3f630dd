import * as fc from "fast-check";
import { expect, test } from "vitest";
import { packFrames } from "../../src/server/frames.ts";

const MAX = 65_536;
const bytes = (text: string) => new TextEncoder().encode(text).length;
const pack = (events: string[]) =>
  Array.from(
    packFrames(events.map((encoded) => ({ encoded }))),
    ({ text }) => text,
  );
/** An event that takes `size` bytes. */
const event = (size: number, letter = "a") => {
  const width = bytes(letter);
  const room = size - 2;
  return `"${letter.repeat(Math.floor(room / width))}${"b".repeat(room % width)}"`;
};

test("[F3] no events, no frames", () => {
  expect(pack([])).toEqual([]);
});

test("[F3] a few events are one frame, in order", () => {
  expect(pack(['{"a":1}', '{"b":2}'])).toEqual(['[{"a":1},{"b":2}]']);
});

test.each(["a", "é", "한", "👍"])(
  "[F3] a frame of %s ends at 65,536 bytes",
  (letter) => {
    // Two brackets and a comma.
    const full = pack([event(30_000, letter), event(MAX - 3 - 30_000, letter)]);
    expect(full.map(bytes).every((size) => size <= MAX)).toBe(true);
    const over = pack([event(30_000, letter), event(MAX - 2 - 30_000, letter)]);
    expect(over.length).toBe(2);
  },
);

test("[F3] an event larger than a frame has one alone", () => {
  const large = event(MAX + 5);
  expect(pack(["1", large, "2", "3"])).toEqual(["[1]", `[${large}]`, "[2,3]"]);
  expect(pack([large, large])).toEqual([`[${large}]`, `[${large}]`]);
});

test("[F3] whatever the events, nothing is lost, moved or larger than it may be", () => {
  const events = fc.array(
    fc
      .record({
        letter: fc.constantFrom("a", "é", "한", "👍", "\\n"),
        count: fc.oneof(
          fc.nat(40),
          fc.integer({ min: 5_000, max: 22_000 }),
          fc.integer({ min: 32_000, max: 70_000 }),
        ),
      })
      .map(({ letter, count }) => `"${letter.repeat(count)}"`),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(events, (events) => {
      const frames = pack(events);
      const read: unknown[] = frames.flatMap((frame) => JSON.parse(frame));
      expect(read).toEqual(events.map((event) => JSON.parse(event)));
      for (const [index, frame] of frames.entries()) {
        const parts: unknown[] = JSON.parse(frame);
        expect(parts.length).toBeGreaterThan(0);
        if (parts.length > 1) expect(bytes(frame)).toBeLessThanOrEqual(MAX);
        // No frame is sent that the one before had room for.
        const next: unknown[] = JSON.parse(frames[index + 1] ?? "[]");
        if (next.length === 0) continue;
        const first = bytes(JSON.stringify(next[0]));
        expect(bytes(frame) + first + 2).toBeGreaterThan(MAX);
      }
    }),
    { numRuns: 60 },
  );
});

test("[F3] [O3] a frame knows its size and the highest seq in it", () => {
  const entries = [
    { encoded: event(30_000, "한") },
    { encoded: event(30_000), seq: 7 },
    { encoded: event(5_000), seq: 8 },
    { encoded: event(MAX), seq: 9 },
    { encoded: event(10) },
  ];
  const frames = [...packFrames(entries)];
  expect(frames.map(({ seq }) => seq)).toEqual([8, 9, undefined]);
  for (const frame of frames) expect(frame.bytes).toBe(bytes(frame.text));
});

test("[F3] events are taken one by one, so that a long replay is never held at once", () => {
  let taken = 0;
  function* events() {
    for (; taken < 1_000; taken++) yield { encoded: event(10_000) };
  }
  const frames = packFrames(events());
  frames.next();
  expect(taken).toBeLessThan(10);
});
