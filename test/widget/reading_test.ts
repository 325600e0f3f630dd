import { describe, expect, test } from "vitest";
import type { Message } from "../../src/client/mod.ts";
import { Reading } from "../../src/widget/reading.ts";

describe("Reading", () => {
  test("takes what was said before the first visit for read", () => {
    const reading = new Reading();
    reading.update(sight([1, 2, 3], { attentive: false }));
    expect(reading.unread).toBe(0);
    expect(reading.divider).toBeUndefined();
  });

  test("begins where the reader had got to elsewhere", () => {
    const elsewhere = new Reading();
    const known = 2;
    elsewhere.update({ ...sight([1, 2, 3], { attentive: false }), known });
    expect([elsewhere.unread, elsewhere.divider]).toEqual([1, 3]);
    // Whatever is further counts.
    const here = new Reading(3);
    here.update({ ...sight([1, 2, 3], { attentive: false }), known });
    expect([here.unread, here.upTo]).toEqual([0, 3]);
  });

  test("counts what others say while nobody looks", () => {
    const reading = new Reading();
    reading.update(sight([1], { attentive: true }));
    reading.update(sight([1, 2, 3], { attentive: false }));
    expect(reading.unread).toBe(2);
    expect(reading.divider).toBe(2);
  });

  test("counts neither own nor deleted messages", () => {
    const reading = new Reading(0);
    const messages = [
      message(1, "me"),
      { ...message(2), deleted: true } as const,
    ];
    reading.update({ messages, head: 2, you: "me", attentive: false });
    expect(reading.unread).toBe(0);
  });

  test("keeps the divider while the reader reads on from it", () => {
    const reading = new Reading();
    reading.update(sight([1], { attentive: true }));
    reading.update(sight([1, 2], { attentive: false }));
    reading.update(sight([1, 2], { attentive: true }));
    reading.update(sight([1, 2, 3], { attentive: true }));
    expect(reading.unread).toBe(0);
    expect(reading.divider).toBe(2);
  });

  test("drops the divider when the reader looks away again", () => {
    const reading = new Reading(1);
    reading.update(sight([1, 2], { attentive: true }));
    expect(reading.divider).toBe(2);
    reading.update(sight([1, 2], { attentive: false }));
    expect(reading.divider).toBeUndefined();
  });

  test("puts no divider above what was watched arriving", () => {
    const reading = new Reading();
    reading.update(sight([1], { attentive: true }));
    reading.update(sight([1, 2], { attentive: true }));
    expect(reading.divider).toBeUndefined();
  });

  test("starts anew when the history was reset", () => {
    const reading = new Reading(500);
    reading.update(sight([1, 2], { attentive: false }));
    expect(reading.unread).toBe(0);
    reading.update(sight([1, 2, 3], { attentive: false }));
    expect(reading.unread).toBe(1);
  });
});

function sight(
  seqs: readonly number[],
  { attentive }: { readonly attentive: boolean },
) {
  const messages = seqs.map((seq) => message(seq));
  return { messages, head: seqs.at(-1) ?? 0, you: "me", attentive };
}

function message(seq: number, id = "other"): Message {
  return {
    type: "message",
    seq,
    nonce: `n${seq}`,
    at: seq,
    author: { id, nickname: id, role: "guest", guest: true },
    text: String(seq),
  };
}
