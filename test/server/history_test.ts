import { expect, test } from "vitest";
import { newProject, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";

async function page(member: TestMember, command: Record<string, unknown> = {}) {
  const ref = crypto.randomUUID();
  member.command({ type: "history", ref, ...command });
  return member.nextOf("history");
}

test("[H1] [H2] pages lead back to the beginning", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  for (let n = 1; n <= 70; n++) await member.send(`${n}`);
  await evict(project);
  const newest = await page(member);
  expect(newest.messages.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 50 }, (_, index) => 21 + index),
  );
  expect(newest.more).toBe(true);
  const before = newest.messages[0]?.seq;
  const older = await page(member, { before, limit: 100 });
  expect(older.messages.map(({ text }) => text)).toEqual(
    Array.from({ length: 20 }, (_, index) => `${index + 1}`),
  );
  expect(older.more).toBe(false);
});

test("[H1] the answer carries the ref and goes to nobody else", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  const other = await TestMember.join({ project });
  await member.send("hi");
  member.command({ type: "history", ref: "mine" });
  expect(await member.nextOf("history")).toMatchObject({ ref: "mine" });
  const told = await other.settled();
  expect(told.some(({ type }) => type === "history")).toBe(false);
});

test("[H3] a page around a message shows it in its context", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  for (let n = 1; n <= 20; n++) await member.send(`${n}`);
  await member.ask({
    type: "react",
    nonce: "r",
    seq: 9,
    emoji: "👍",
    on: true,
  });
  await evict(project);
  const seqs = async (range: Record<string, unknown>) => {
    const { messages, more, newer } = await page(member, range);
    return { seqs: messages.map(({ seq }) => seq), more, newer };
  };
  expect(await seqs({ around: 9, limit: 4 })).toEqual({
    seqs: [8, 9, 10, 11],
    more: true,
    newer: true,
  });
  // Near an end the other side has more.
  expect(await seqs({ around: 19, limit: 5 })).toEqual({
    seqs: [16, 17, 18, 19, 20],
    more: true,
    newer: false,
  });
  expect(await seqs({ around: 1, limit: 3 })).toEqual({
    seqs: [1, 2, 3],
    more: false,
    newer: true,
  });
  expect(await seqs({ around: 10, limit: 100 })).toMatchObject({
    more: false,
    newer: false,
  });
  // A place where there is no message, or none any more, is a place all the same.
  expect(await seqs({ around: 1_000, limit: 2 })).toEqual({
    seqs: [19, 20],
    more: true,
    newer: false,
  });
  const { messages } = await page(member, { around: 9, limit: 1 });
  expect(messages).toMatchObject([
    { seq: 9, reactions: { "👍": { count: 1, mine: true } } },
  ]);
});

test("[H3] pages lead forward to the end", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  for (let n = 1; n <= 7; n++) await member.send(`${n}`);
  await evict(project);
  const seen: number[][] = [];
  let after = 0;
  for (;;) {
    const { messages, more, newer } = await page(member, { after, limit: 3 });
    seen.push(messages.map(({ seq }) => seq));
    expect(more).toBe(after > 0);
    after = messages.at(-1)?.seq ?? after;
    if (!newer) break;
  }
  expect(seen).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
});

test("[H1] an empty room has an empty page", async () => {
  const member = await TestMember.join({ project: newProject() });
  expect(await page(member)).toMatchObject({ messages: [], more: false });
});

test.each([
  { limit: 0 },
  { limit: 101 },
  { limit: 1.5 },
  { before: 0 },
  { before: -1 },
  { before: "1" },
  { around: 0 },
  { after: -1 },
  { before: 3, after: 1 },
  { around: 3, after: 1 },
  { before: 3, around: 1 },
  { before: Number.POSITIVE_INFINITY },
])("[H1] [F6] %j is refused with the ref", async (range) => {
  const member = await TestMember.join({ project: newProject() });
  // JSON has no Infinity; this is how one arrives.
  const frame = JSON.stringify({ type: "history", ref: "r", ...range });
  member.raw(frame.replace("null", "1e400"));
  expect(await member.nextOf("error")).toMatchObject({
    code: "bad_request",
    ref: "r",
  });
});

test("[H2] a page is cut so that it fits a frame, and loses nothing", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  for (let n = 1; n <= 30; n++) await member.send(`${n} ${"x".repeat(3990)}`);
  const seen: number[] = [];
  let before: number | undefined;
  for (;;) {
    const { messages, more } = await page(member, { limit: 100, before });
    seen.unshift(...messages.map(({ seq }) => seq));
    before = messages[0]?.seq;
    if (!more) break;
    expect(messages.length).toBeLessThan(30);
  }
  expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  const around = await page(member, { around: 15, limit: 100 });
  const shown = around.messages.map(({ seq }) => seq);
  expect(shown).toContain(15);
  expect(shown).toEqual(shown.map((_, index) => (shown[0] ?? 0) + index));
  expect(around).toMatchObject({ more: true, newer: true });
});
