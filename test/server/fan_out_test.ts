import { afterEach, expect, test, vi } from "vitest";
import { FlushSchedule } from "../../src/server/room/flush_schedule.ts";
import { SendBudget } from "../../src/server/room/send_budget.ts";
import { Hall, range } from "./support/hall.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside, statsOf, untilReceived } from "./support/project.ts";

test("[O1] in a quiet room a message leaves at once, with no timer", () => {
  const hall = new Hall();
  const a = hall.join("a");
  for (let n = 0; n < 20; n++) {
    hall.say();
    expect(a.seqs).toEqual(range(1, n + 1));
    hall.pass(1000);
  }
  expect(hall.timers).toEqual([]);
});

test("[O1] under load one frame carries what came in between, in order", () => {
  const hall = new Hall();
  const sockets = range(1, 100).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 500; n++) hall.say();
  expect(hall.timers).toHaveLength(1);
  hall.pass(50);
  for (const socket of sockets) {
    expect(socket.seqs).toEqual(range(1, 500));
    expect(socket.sent.length).toBeLessThanOrEqual(16);
  }
  expect(hall.timers).toEqual([]);
});

test("[O1] frames are encoded once for all their readers", () => {
  const hall = new Hall();
  const [a, b] = [hall.join("a"), hall.join("b")];
  for (let n = 0; n < 2000; n++) hall.say();
  hall.pass(50);
  expect(a?.sent).toEqual(b?.sent);
});

test("[J5] who joins between append and flush is not told twice", () => {
  const hall = new Hall();
  range(1, 100).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 30; n++) hall.say();
  expect(hall.timers).toHaveLength(1);
  const late = hall.join("late");
  hall.say();
  hall.pass(50);
  expect(late.seqs).toEqual([31]);
});

test("[O2] an answer to one session comes after what it is owed", () => {
  const hall = new Hall();
  const sockets = range(1, 100).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 30; n++) hall.say();
  const [a, b] = sockets;
  if (!a || !b) throw new Error("Cannot answer: nobody is there");
  const session = hall.sessions.get(a);
  if (session) hall.fanOut.answer(session, '{"type":"history"}');
  expect(a.seqs).toEqual(range(1, 30));
  expect(a.events.at(-1)).toEqual({ type: "history" });
  hall.pass(50);
  expect(a.seqs).toEqual(range(1, 30));
  expect(b.seqs).toEqual(range(1, 30));
});

test("[O1] a crowd waits longer, but never more than 50 ms", () => {
  const budget = new SendBudget();
  expect(budget.wait(0, { readers: 10_000 })).toBe(0);
  expect(budget.wait(0, { readers: 10_000 })).toBe(50);
  expect(budget.wait(0, { readers: 10 })).toBe(10);
});

test("[O1] a frame that waited is paid for, and the next waits until there is calm", () => {
  const budget = new SendBudget();
  while (budget.wait(0, { readers: 100 }) === 0);
  // 13 ms pay for a frame to 100 readers, so nothing is left of them.
  for (let now = 13; now <= 1_300; now += 13)
    expect(budget.wait(now, { readers: 100 })).toBe(10);
  expect(budget.wait(1_349, { readers: 100 })).toBe(10);
  expect(budget.wait(1_362, { readers: 100 })).toBe(10);
  expect(budget.wait(1_430, { readers: 100 })).toBe(0);
});

test("[O1] rooms that have to wait share a timer; who waits less has its own", () => {
  const timers: { task: () => void; delay: number }[] = [];
  const flushes = new FlushSchedule({
    schedule: (task, delay) => timers.push({ task, delay }),
    now: () => 0,
  });
  const done: string[] = [];
  while (flushes.take({ readers: 2_000 }, () => done.push("crowd")));
  expect(flushes.take({ readers: 2 }, () => done.push("a"))).toBe(false);
  expect(flushes.take({ readers: 2 }, () => done.push("b"))).toBe(false);
  expect(flushes.take({ readers: 2_000 }, () => done.push("crowd"))).toBe(
    false,
  );
  expect(timers.map(({ delay }) => delay)).toEqual([50, 10]);
  timers[1]?.task();
  expect(done).toEqual(["a", "b", "crowd"]);
  timers[0]?.task();
  expect(done).toEqual(["a", "b", "crowd", "crowd"]);
});

test("[O1] under load commands share a turn, and one that waits keeps its place", () => {
  const hall = new Hall();
  const a = hall.join("a");
  range(1, 99).map((n) => hall.join(`m${n}`));
  const done: string[] = [];
  for (let n = 1; n <= 30; n++) {
    hall.fanOut.inTurn(() => {
      done.push(`${n}`);
      hall.say();
    });
  }
  hall.fanOut.inOrder(() => done.push("history"));
  const before = done.length;
  expect(before).toBeLessThan(20);
  hall.pass(50);
  expect(done).toEqual([...range(1, 30).map(String), "history"]);
  expect(a.seqs).toEqual(range(1, 30));
  expect(a.sent).toHaveLength(before + 1);
});

test("[O1] what is told in order waits like the rest when it cannot be afforded", () => {
  const hall = new Hall();
  const readers = range(1, 48).map((n) => hall.join(`m${n}`));
  for (let seq = 1; seq <= 100; seq++) {
    hall.fanOut.inOrder(() => hall.read("m1", seq));
  }
  expect(hall.timers).toHaveLength(1);
  hall.pass(50);
  expect(hall.timers).toEqual([]);
  for (const reader of readers) {
    expect(reader.seqs).toEqual(range(1, 100));
    expect(reader.sent.length).toBeLessThan(30);
  }
});

test("[O1] an answer comes after what was told in order and waits", () => {
  const hall = new Hall();
  const [a] = range(1, 100).map((n) => hall.join(`m${n}`));
  for (let seq = 1; seq <= 30; seq++) {
    hall.fanOut.inOrder(() => hall.read("m2", seq));
  }
  const session = a && hall.sessions.get(a);
  hall.fanOut.inOrder(() => session && hall.fanOut.answer(session, "{}"));
  expect(hall.timers).toHaveLength(1);
  hall.pass(50);
  expect(a?.seqs).toEqual(range(1, 30));
  expect(a?.events.at(-1)).toEqual({});
});

test("[T2] [O1] in a crowd what is for few costs what few do, and nobody else is looked at", () => {
  const hall = new Hall();
  const sockets = range(1, 1_000).map((n) => hall.join(`m${n}`));
  const [desk, phone, other] = sockets;
  if (!desk || !phone || !other) throw new Error("Nobody is there");
  const own = new Set([hall.sessionOf(desk), hall.sessionOf(phone)]);
  for (let seq = 1; seq <= 30; seq++) {
    hall.fanOut.inOrder(() => hall.read("m1", seq, own));
  }
  expect(hall.timers).toEqual([]);
  for (const socket of [desk, phone]) expect(socket.seqs).toEqual(range(1, 30));
  expect(other.sent).toEqual([]);
  // One frame for all is still paid for.
  hall.say();
  expect(other.seqs).toEqual([1]);
  hall.say();
  expect(other.seqs).toEqual([1]);
});

test("[O1] a flush that was planned for few is paid for by all whom it reaches", () => {
  const hall = new Hall();
  const sockets = range(1, 1_000).map((n) => hall.join(`m${n}`));
  const [desk] = sockets;
  if (!desk) throw new Error("Nobody is there");
  const own = new Set([hall.sessionOf(desk)]);
  // Nothing is left, and one who reads all the time asks for the next flush.
  while (hall.timers.length === 0) hall.say();
  hall.pass(50);
  let frames = 0;
  for (let time = 0; time < 1_000; time += 5) {
    const before = sockets[1]?.sent.length ?? 0;
    hall.fanOut.inOrder(() => hall.read("m1", time, own));
    hall.fanOut.inTurn(() => hall.say());
    hall.pass(5);
    frames += (sockets[1]?.sent.length ?? 0) - before;
  }
  // A frame to each of 1,000 is due every 50 ms.
  expect(frames).toBeLessThanOrEqual(20);
});

afterEach(() => {
  vi.useRealTimers();
});

test("[O1] [S7] a burst survives eviction between append and flush", async () => {
  const project = newProject();
  const members = await Promise.all(
    range(1, 60).map(() => TestMember.join({ project })),
  );
  const [writer, reader] = members;
  if (!writer || !reader) throw new Error("Cannot write: nobody is there");
  for (let n = 0; n < 100; n++) {
    writer.command({ type: "send", nonce: `${n}`, text: `${n}` });
  }
  await evict(project);
  const seqs: number[] = [];
  while (seqs.length < 100) seqs.push((await reader.nextOf("message")).seq);
  expect(seqs).toEqual(range(1, 100));
});

/** Has `time` ms pass for the timers of a project, in its own context; how many there were. */
function pass(project: string, time: number): Promise<number> {
  return inside(project, () => {
    const count = vi.getTimerCount();
    vi.advanceTimersByTime(time);
    return count;
  });
}

test("[O5] a burst leaves no timer once it is told", async () => {
  // Time that stands still saves nothing up.
  const toFake = ["Date", "setTimeout", "clearTimeout"] as const;
  vi.useFakeTimers({ toFake: [...toFake], now: Date.now() });
  const project = newProject();
  const a = await TestMember.join({ project });
  for (let n = 0; n < 200; n++) {
    a.command({ type: "send", nonce: `${n}`, text: `${n}` });
  }
  let most = 0;
  let told = 0;
  while (told < 200) {
    const count = await pass(project, 0);
    most = Math.max(most, count);
    if (count > 0) await pass(project, 50);
    told += a.drain().filter(({ type }) => type === "message").length;
  }
  // Without one the burst was none, and nothing is shown.
  expect(most).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("[O5] who leaves leaves no timer once that is told", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  b.close();
  await b.closed;
  expect(await pass(project, 5_000)).toBe(1);
  expect(await a.nextOf("left")).toMatchObject({ member: { id: b.id } });
  expect(vi.getTimerCount()).toBe(0);
});

test("[O1] renames by the hundred share frames, as messages do", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  const project = newProject();
  const members = [];
  for (let n = 0; n < 40; n++) {
    members.push(await TestMember.join({ project, nickname: `m${n}` }));
    vi.setSystemTime(Date.now() + 1_000);
  }
  const [busy] = members;
  const before = await statsOf(project);
  for (let n = 1; n <= 300; n++) {
    busy?.command({ type: "rename", nickname: `n${n}` });
  }
  await untilReceived(project, before.framesReceived + 300);
  await pass(project, 50);
  for (const member of members) {
    const names = (await member.settled()).flatMap((event) =>
      event.type === "renamed" ? [event.member.nickname] : [],
    );
    expect(names).toEqual(range(1, 300).map((n) => `n${n}`));
  }
  const { framesSent } = await statsOf(project);
  // What is saved up, one that waited, and the answer.
  const frames = Math.floor(2_000 / 70) + 2;
  expect((framesSent - before.framesSent) / 40).toBeLessThanOrEqual(frames);
});

test("[O7] silent clients are looked for once a minute, also from wake to wake", async () => {
  const project = newProject();
  const beating = await TestMember.join({ project, nickname: "beating" });
  const other = await TestMember.join({ project, nickname: "other" });
  beating.raw("ping");
  while (beating.frames.at(-1) !== "pong") {
    await new Promise((resolve) => setTimeout(resolve));
  }
  const start = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: start + 140_000 });
  for (const silence of [140_000, 190_000, 205_000]) {
    vi.setSystemTime(start + silence);
    await evict(project);
    await other.send("anybody here?");
    const { members } = (await inside(project, (object) =>
      object.members({}, "lobby"),
    )) as { members: unknown[] };
    expect({ silence, here: members.length }).toEqual({
      silence,
      here: silence < 200_000 ? 2 : 1,
    });
  }
  expect((await beating.closed).code).toBe(4408);
});

test("[O7] a client that stopped its heartbeat is closed, one without is not", async () => {
  const project = newProject();
  const beating = await TestMember.join({ project, nickname: "beating" });
  const terminal = await TestMember.join({ project, nickname: "terminal" });
  await beating.pong();
  await evict(project);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 200_000 });
  await terminal.send("anybody here?");
  expect((await beating.closed).code).toBe(4408);
  const online = await inside(project, (object) => object.members({}, "lobby"));
  expect(online).toMatchObject({ members: [{ nickname: "terminal" }] });
});
