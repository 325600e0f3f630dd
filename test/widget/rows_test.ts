import { describe, expect, test } from "vitest";
import type { Message } from "../../src/client/mod.ts";
import {
  BLOCK_SIZE,
  blockOf,
  GROUP_MS,
  startsDay,
  startsGroup,
  toBlocks,
} from "../../src/widget/rows.ts";

const NOON = new Date(2026, 10, 23, 12).getTime();

describe("startsGroup()", () => {
  const first = placed("a", NOON);

  test("is true for the first row", () => {
    expect(startsGroup(first, undefined)).toBe(true);
  });

  test("is false for the same author within five minutes", () => {
    expect(startsGroup(placed("a", NOON + GROUP_MS), first)).toBe(false);
  });

  test("is true for the same author later than that", () => {
    expect(startsGroup(placed("a", NOON + GROUP_MS + 1), first)).toBe(true);
  });

  test("is true for another author", () => {
    expect(startsGroup(placed("b", NOON + 1), first)).toBe(true);
  });

  test("is true across midnight", () => {
    const late = placed("a", new Date(2026, 10, 23, 23, 59).getTime());
    const early = placed("a", new Date(2026, 10, 24, 0, 1).getTime());
    expect(startsGroup(early, late)).toBe(true);
    expect(startsDay(early, late)).toBe(true);
    expect(startsDay(late, first)).toBe(false);
  });
});

describe("toBlocks()", () => {
  const messages = Array.from({ length: 230 }, (_, index) =>
    message(index + 7),
  );

  test("keeps every message, in order, in blocks of bounded size", () => {
    const blocks = toBlocks(messages);
    expect(blocks.flatMap(([, block]) => block)).toEqual(messages);
    for (const [id, block] of blocks) {
      expect(block.length).toBeLessThanOrEqual(BLOCK_SIZE);
      for (const { seq } of block) expect(blockOf(seq)).toBe(id);
    }
  });

  test("appending changes the last block only", () => {
    const after = toBlocks([...messages, message(237)]);
    expect(after.slice(0, -1)).toEqual(toBlocks(messages).slice(0, -1));
  });

  test("prepending changes the first block only", () => {
    const older = Array.from({ length: 6 }, (_, index) => message(index + 1));
    const after = toBlocks([...older, ...messages]);
    expect(after[0]?.[1]).toHaveLength(49);
    expect(after.slice(1)).toEqual(toBlocks(messages).slice(1));
  });

  test("of nothing is nothing", () => {
    expect(toBlocks([])).toEqual([]);
  });
});

function placed(id: string, at: number) {
  return { at, author: { id } };
}

function message(seq: number): Message {
  return {
    type: "message",
    seq,
    nonce: `n${seq}`,
    at: NOON + seq * 1_000,
    author: { id: "a", nickname: "A", role: "guest", guest: true },
    text: String(seq),
  };
}
