import { describe, expect, test } from "vitest";
import type { Message } from "../../src/client/mod.ts";
import {
  BLOCK_SIZE,
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
    expect(blocks.flatMap((block) => block.messages)).toEqual(messages);
    for (const block of blocks)
      expect(block.messages.length).toBeLessThanOrEqual(BLOCK_SIZE);
  });

  test("knows the message before each block", () => {
    const blocks = toBlocks(messages);
    blocks.forEach((block, index) => {
      expect(block.before).toBe(blocks[index - 1]?.messages.at(-1));
    });
  });

  test("appending changes the last block only", () => {
    const before = toBlocks(messages);
    const after = toBlocks([...messages, message(237)], before);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    for (let index = 0; index < after.length - 1; index++)
      expect(after[index]).toBe(before[index]);
    expect(after.at(-1)).not.toBe(before.at(-1));
  });

  test("prepending changes the first block only", () => {
    const older = Array.from({ length: 6 }, (_, index) => message(index + 1));
    const before = toBlocks(messages);
    const after = toBlocks([...older, ...messages], before);
    expect(after[0]?.messages).toHaveLength(49);
    for (let index = 1; index < after.length; index++)
      expect(after[index]).toBe(before[index]);
  });

  test("an edit changes its block, and the next one if it was the last of it", () => {
    const before = toBlocks(messages);
    const edited = messages.map((each) =>
      each.seq === 120 ? { ...each, text: "edited" } : each,
    );
    const after = toBlocks(edited, before);
    const changed = after.filter((block, index) => block !== before[index]);
    expect(changed.map(({ id }) => id)).toEqual([2]);
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
