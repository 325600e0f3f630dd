/** What moderators do to a room, as those see it who are there and those who come later. */
import { expect, test } from "vitest";
import { MAX_SLOW_SECONDS } from "../../src/protocol/mod.ts";
import { SlowMode } from "../../src/server/moderation/slow_mode.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";
import { seedMessages } from "./support/seed.ts";
import { enforce, join, lobby, moderate } from "./support/staff.ts";

const START = { mode: "open", slowMode: 0, locked: false };

test("[M11] settings are told at once, and to whoever comes later", async () => {
  const { project, moderator, guest } = await lobby();
  expect(guest.welcome.settings).toEqual(START);
  await guest.send("중요");
  const acts = [
    ["topic", { text: " 오늘의\n주제 " }, { topic: "오늘의 주제" }],
    ["pin", { target: 1 }, { pinned: 1 }],
    ["slow", { seconds: 30 }, { slowMode: 30 }],
    ["lock", {}, { locked: true }],
  ] as const;
  await guest.settled();
  for (const [action, fields, change] of acts) {
    await enforce(moderator, action, fields);
    expect(await guest.next()).toMatchObject({ type: "moderated", action });
    expect(await guest.next()).toEqual({ type: "room", ...change });
  }
  const all = { topic: "오늘의 주제", pinned: 1, slowMode: 30, locked: true };
  await evict(project);
  const late = await TestMember.join({ project });
  expect(late.welcome.settings).toEqual({ mode: "open", ...all });
  const { epoch } = late.welcome;
  const back = await TestMember.join({ project, epoch, after: 1 });
  expect(back.welcome.settings).toEqual(late.welcome.settings);
  expect(back.backfill.map(({ type }) => type)).toEqual(
    Array(4).fill("moderated"),
  );
  const elsewhere = await TestMember.join({ project, room: "other" });
  expect(elsewhere.welcome.settings).toEqual(START);
});

test("[M11] what is taken back is told, too, and what did not change is not", async () => {
  const { project, moderator, guest } = await lobby();
  await guest.send("중요");
  await enforce(moderator, "topic", { text: "주제" });
  await enforce(moderator, "pin", { target: 1 });
  await enforce(moderator, "lock");
  await guest.settled();
  for (const [action, fields, change] of [
    ["topic", { text: "" }, { topic: "" }],
    ["unpin", {}, { pinned: 0 }],
    ["unlock", {}, { locked: false }],
  ] as const) {
    await enforce(moderator, action, fields);
    await guest.nextOf("moderated");
    expect(await guest.next()).toEqual({ type: "room", ...change });
  }
  await enforce(moderator, "unlock");
  expect((await guest.settled()).map(({ type }) => type)).toEqual([
    "moderated",
  ]);
  const late = await TestMember.join({ project });
  expect(late.welcome.settings).toEqual(START);
});

test.each(["delete", "purge"])(
  "[M11] a %s takes the pin with the message",
  async (action) => {
    const { moderator, guest } = await lobby();
    await guest.send("중요");
    await enforce(moderator, "pin", { target: 1 });
    await guest.settled();
    if (action === "purge") {
      await enforce(moderator, "purge", { member: guest.id });
    } else {
      await moderator.ask({ type: "delete", nonce: "d", seq: 1 });
    }
    await guest.nextOf(action === "purge" ? "moderated" : "deleted");
    expect(await guest.next()).toEqual({ type: "room", pinned: 0 });
  },
);

test("[M3] [M5] who is muted is quiet in every room, under every name", async () => {
  const { project, moderator, guest } = await lobby();
  const { id, token } = guest;
  const until = Date.now() + 60_000;
  await enforce(moderator, "mute", { member: id, until });
  await evict(project);
  const tab = await TestMember.join({ project, token, room: "other" });
  const witness = await join(project, "member", { room: "other" });
  for (const session of [guest, tab]) {
    const said = { type: "send", nonce: "n", text: "hi" };
    const code = { type: "error", code: "muted", until };
    expect(await session.ask(said)).toMatchObject({ ...code, nonce: "n" });
    session.command({ type: "rename", nickname: "loud" });
    expect(await session.nextOf("error")).toMatchObject(code);
    session.command({ type: "typing", on: true });
  }
  await tab.settled();
  expect(await witness.settled()).toEqual([]);
  const reader = await TestMember.join({ project, token });
  expect(reader.welcome.you.id).toBe(id);
});

test("[M9] slow mode remembers only whom it may still bind", async () => {
  await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    seedMessages(database, { room: "lobby", count: 1 });
    const slowMode = new SlowMode(database, () => 1);
    const start = 1_000_000;
    expect(slowMode.wait("m0", { seconds: 60, now: start })).toBe(0);
    for (let n = 0; n < 1_000; n++) slowMode.spoke(`m${n}`, start + n * 1_000);
    expect(slowMode.size).toBeLessThanOrEqual(MAX_SLOW_SECONDS + 1);
    const now = start + 1_000_000;
    expect(slowMode.wait("m999", { seconds: 60, now })).toBe(59_000);
    expect(slowMode.wait("m939", { seconds: 60, now })).toBe(0);
  });
});

test("[M9] neither a new connection nor HTTP gets round slow mode", async () => {
  const { project, moderator, guest } = await lobby();
  const { token } = guest;
  await enforce(moderator, "slow", { seconds: 300 });
  await guest.send("one");
  const said = { type: "send", nonce: "two", text: "two" };
  const slow = { code: "slow_mode", retryAfter: expect.any(Number) };
  expect(await guest.ask(said)).toMatchObject(slow);
  const tab = await TestMember.join({ project, token });
  expect(await tab.ask(said)).toMatchObject(slow);
  await evict(project);
  expect(await tab.ask(said)).toMatchObject(slow);
  expect(await moderator.send("a")).toMatchObject({ type: "message" });
  expect(await moderator.send("b")).toMatchObject({ type: "message" });
});

test("[M1] an act is stored once, whoever repeats it, and seen once by who resumes", async () => {
  const { project, moderator, guest } = await lobby();
  const lock = { type: "moderate", action: "lock", nonce: "l" };
  const first = await moderator.ask(lock);
  const { epoch } = guest.welcome;
  await evict(project);
  const again = { ...lock, retry: true };
  expect(await moderator.ask(again)).toEqual(first);
  expect(await moderator.ask({ ...again, action: "unlock" })).toMatchObject({
    code: "nonce_conflict",
  });
  const late = await TestMember.join({ project, epoch, after: 0 });
  expect(late.backfill).toEqual([first]);
});

test.each([
  { action: "mute" },
  { action: "mute", member: "" },
  { action: "mute", member: "x".repeat(129) },
  { action: "mute", member: "x", until: "tomorrow" },
  { action: "mute", member: "x", until: -1 },
  { action: "mute", member: "x", until: 1.5 },
  { action: "mute", member: "x", reason: "x".repeat(201) },
  { action: "slow" },
  { action: "slow", seconds: -1 },
  { action: "slow", seconds: 301 },
  { action: "slow", seconds: 1.5 },
  { action: "topic", text: "x".repeat(201) },
  { action: "pin" },
  { action: "pin", target: 0 },
  { action: "purge", member: "x", since: -1 },
  { action: "explode" },
  { action: "__proto__" },
  {},
])("[F6] %j is no act", async (fields) => {
  const { moderator } = await lobby();
  const answer = await moderator.ask({
    type: "moderate",
    nonce: "n",
    ...fields,
  });
  expect(answer).toMatchObject({ type: "error", nonce: "n" });
  expect(["bad_request", "too_large"]).toContain(
    answer.type === "error" && answer.code,
  );
});

test("[M1] a guest or a member who tries is told no, and nothing is stored", async () => {
  const { project, guest } = await lobby();
  const member = await join(project, "member");
  for (const by of [guest, member]) {
    expect(await moderate(by, "lock")).toMatchObject({ code: "forbidden" });
  }
  const late = await TestMember.join({ project });
  expect(late.welcome.head).toBe(0);
});
