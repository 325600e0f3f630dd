/** Readers who take less than their room says: what they get, when, and what it costs. */
import { expect, test } from "vitest";
import { fallenBehind, Hall, KIB, range } from "./support/hall.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";
import { enforce, join } from "./support/staff.ts";

test("[O3] a reader who acks has at most 256 KiB on its way", () => {
  const hall = new Hall();
  const [slow, good] = [hall.join("slow"), hall.join("good")];
  hall.say("x".repeat(KIB));
  hall.pass(1000);
  hall.ack(slow, 1);
  hall.ack(good, 1);
  for (let n = 0; n < 1000; n++) {
    hall.say("x".repeat(KIB));
    hall.pass(100);
    hall.ack(good, hall.log.length);
  }
  expect(good.seqs).toEqual(range(1, 1001));
  const bytes = slow.sent.join("").length;
  expect(bytes).toBeLessThan(260 * KIB);
  expect(bytes).toBeGreaterThan(200 * KIB);
});

test("[O3] a reader who fell behind pulls level on its acks, without loss", () => {
  const { hall, slow } = fallenBehind(2000);
  expect(slow.seqs.length).toBeLessThan(300);
  for (let round = 0; round < 100 && slow.seqs.at(-1) !== 2001; round++) {
    hall.ack(slow, slow.seqs.at(-1) ?? 0);
  }
  expect(slow.seqs).toEqual(range(1, 2001));
  expect(slow.events.at(-1)).toEqual({ type: "live", head: 2001 });
  hall.say("again live");
  expect(slow.seqs.at(-1)).toBe(2002);
});

test("[O3] a reader who was behind is still behind after eviction", () => {
  const { hall, slow } = fallenBehind(500);
  const told = slow.seqs.length;
  hall.evict();
  hall.say("after the wake");
  expect(slow.seqs.length).toBe(told);
  for (let round = 0; round < 20 && slow.seqs.at(-1) !== 502; round++) {
    hall.ack(slow, slow.seqs.at(-1) ?? 0);
  }
  expect(slow.seqs).toEqual(range(1, 502));
});

test("[O3] readers who never ack share 32 MiB", () => {
  const hall = new Hall();
  const paused = range(1, 50).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 4096; n++) {
    hall.say("x".repeat(16 * KIB));
    hall.pass(100);
  }
  const bytes = paused.reduce((sum, { sent }) => sum + sent.join("").length, 0);
  expect(bytes).toBeLessThan((32 + 50 / 8 + 1) * KIB * KIB);
  expect(bytes).toBeGreaterThan(30 * KIB * KIB);
});

test("[O4] a reader who is behind for a minute is closed, the others are not", () => {
  const hall = new Hall();
  const [slow, good] = [hall.join("slow"), hall.join("good")];
  hall.say();
  hall.ack(slow, 1);
  for (let n = 0; n < 400; n++) {
    hall.say("x".repeat(KIB));
    hall.ack(good, hall.log.length);
    hall.pass(10);
  }
  hall.pass(30_000);
  hall.say();
  expect(slow.closed).toBeUndefined();
  hall.pass(61_000);
  hall.say();
  expect(slow.closed).toBe(4413);
  expect(good.closed).toBeUndefined();
});

test("[O3] one ack does not give the shared window back", () => {
  const hall = new Hall();
  const liar = hall.join("liar");
  for (let n = 0; n < 100; n++) {
    hall.say("x".repeat(10 * KIB));
    hall.pass(100);
  }
  const before = hall.shared.outstanding;
  hall.ack(liar, 1);
  expect(hall.shared.outstanding).toBeGreaterThan(before - 20 * KIB);
});

test("[O3] acks that are no news cost nothing", () => {
  const { hall, slow } = fallenBehind(500);
  const reads = hall.reads;
  for (let n = 0; n < 1000; n++) hall.ack(slow, 1);
  expect(hall.reads).toBe(reads);
});

test("[S3] [R4] a reader who is behind is not answered past its gap", () => {
  const { hall, slow } = fallenBehind(500);
  const session = hall.sessions.get(slow);
  const told = slow.sent.length;
  expect(session && hall.fanOut.answer(session, "{}")).toBe(false);
  expect(slow.sent.length).toBe(told);
});

test("[O3] the shared window is given back when a reader leaves", () => {
  const hall = new Hall();
  const socket = hall.join("a");
  hall.say("x".repeat(KIB));
  expect(hall.shared.outstanding).toBeGreaterThan(KIB);
  const session = hall.sessions.get(socket);
  if (session) hall.fanOut.delete(session);
  expect(hall.shared.outstanding).toBe(0);
});

test("[O4] a minute is a minute, however often the object leaves memory meanwhile", () => {
  const { hall, slow } = fallenBehind(500);
  for (const time of [25_000, 25_000]) {
    hall.pass(time);
    hall.evict();
    hall.say();
    expect(slow.closed).toBeUndefined();
  }
  hall.pass(12_000);
  hall.evict();
  hall.say();
  expect(slow.closed).toBe(4413);
});

test("[O4] an ack gives another minute, also after eviction", () => {
  const { hall, slow } = fallenBehind(2_000);
  for (let n = 0; n < 4; n++) {
    hall.pass(40_000);
    hall.ack(slow, slow.seqs.at(-1) ?? 0);
    hall.evict();
    hall.say();
    expect(slow.closed).toBeUndefined();
  }
});

test("[O3] [M11] who was behind learns how the room is run now", async () => {
  const project = newProject();
  const moderator = await join(project, "moderator");
  const writer = await TestMember.join({ project });
  await enforce(moderator, "topic", { text: "before" });
  const slow = await TestMember.join({ project });
  await writer.send("hi");
  const { seq } = await slow.nextOf("message");
  slow.command({ type: "ack", seq });
  // It has taken none of this.
  for (let n = 0; n < 40; n++) await writer.send("가".repeat(4_000));
  await enforce(moderator, "topic", { text: "" });
  await enforce(moderator, "slow", { seconds: 30 });
  await enforce(moderator, "lock");
  await enforce(moderator, "pin", { target: seq });
  await evict(project);
  const told: string[] = [];
  let cursor = seq;
  for (;;) {
    const event = await slow.next();
    if (event.type === "live") break;
    if ("seq" in event && event.type !== "read") cursor = event.seq;
    if (event.type === "room") told.push(JSON.stringify(event));
    if (slow.isIdle) slow.command({ type: "ack", seq: cursor });
  }
  expect(told.map((event) => JSON.parse(event))).toEqual([
    {
      type: "room",
      mode: "open",
      slowMode: 30,
      locked: true,
      topic: "",
      pinned: seq,
    },
  ]);
});
