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
});
