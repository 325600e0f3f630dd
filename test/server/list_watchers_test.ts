/** The list of rooms, live, over the one connection that somebody has. */
import { afterEach, expect, test, vi } from "vitest";
import type { RoomLine } from "../../src/protocol/mod.ts";
import { ListWatchers } from "../../src/server/room/list_watchers.ts";
import { ReadMarks } from "../../src/server/room/read_marks.ts";
import type { Session } from "../../src/server/sockets/session.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";
import { sign } from "./support/tokens.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function scene() {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const project = newProject();
  const join = async (sub: string, room: string, rooms?: string[]) => {
    const token = await sign(project, { sub, name: sub, rooms });
    return TestMember.join({ project, token, room });
  };
  return { project, join };
}

/** Asks for the list, and waits for it. */
async function watch(
  member: TestMember,
  read?: Record<string, number>,
): Promise<readonly RoomLine[]> {
  await member.settled();
  member.command({ type: "rooms", on: true, read });
  for (;;) {
    const { rooms } = await member.nextOf("rooms");
    // What merely changed meanwhile says nothing of what is unread.
    if (rooms.every((line) => line.unread !== undefined)) return rooms;
  }
}

function byName(lines: readonly RoomLine[]) {
  return Object.fromEntries(
    lines.map(({ room, unread, mentions }) => [room, [unread, mentions]]),
  );
}

/** What somebody was told of other rooms. */
async function news(member: TestMember) {
  const told = await member.settled();
  return told.filter(({ type }) => type === "rooms" || type === "mentioned");
}

test("[K4] the list says what is unread, by the marks of both sides", async () => {
  const { project, join } = await scene();
  const [a, b] = [await join("a", "dev"), await join("b", "잡담")];
  for (let n = 1; n <= 3; n++) await a.send(`${n}`);
  await a.ask({ type: "react", nonce: "r", seq: 3, emoji: "👍", on: true });
  const last = await a.send("5", { nonce: "last" });
  await b.send("hi");
  const reader = await join("c", "other");
  await evict(project);
  const lines = await watch(reader);
  expect(lines[0]).toEqual({
    room: "dev",
    head: 5,
    online: 1,
    at: last.at,
    count: 4,
    unread: 0,
    mentions: 0,
  });
  // Who was never there has nothing to catch up with.
  expect(byName(lines)).toEqual({ dev: [0, 0], 잡담: [0, 0] });
  // A reaction is no message; a mark may be anywhere; an unknown room is nobody's.
  expect(byName(await watch(reader, { dev: 2, 잡담: 0, nowhere: 9 }))).toEqual({
    dev: [2, 0],
    잡담: [0, 0],
  });
  const there = await join("c", "dev");
  there.command({ type: "read", seq: 3 });
  await there.settled();
  there.close(1000);
  await there.closed;
  await evict(project);
  expect(byName(await watch(reader, { dev: 2 }))["dev"]).toEqual([1, 0]);
  expect(byName(await watch(reader, { dev: 5 }))["dev"]).toEqual([0, 0]);
});

test("[K4] a room may be called like what every object has", async () => {
  const { join } = await scene();
  const a = await join("a", "constructor");
  await a.send("1");
  const reader = await join("c", "other");
  const lines = byName(await watch(reader, { other: 1 }));
  expect(lines).toEqual({ ["constructor"]: [0, 0] });
});

test("[K4] who asks for the list all the time is given it once a second", async () => {
  const { project, join } = await scene();
  await (await join("a", "dev")).send("1");
  const reader = await join("c", "other");
  vi.useFakeTimers({ toFake: ["Date", "setTimeout"], now: Date.now() + 2_000 });
  const ask = async () => {
    for (let n = 0; n < 9; n++) reader.command({ type: "rooms", on: true });
    return news(reader);
  };
  const lists = [...(await ask()), ...(await ask())];
  expect(lists.length).toBeLessThanOrEqual(2);
  await inside(project, () => vi.advanceTimersByTime(1_000));
  expect(await news(reader)).toHaveLength(1);
  expect(await inside(project, () => vi.getTimerCount())).toBe(0);
});

test("[K5] [O5] however many watch, the last change is told within 5 s", async () => {
  const waits: number[] = [];
  await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    const now = () => 1_000_000;
    const line = { room: "dev", head: 1, online: 1, at: 1, count: 1 };
    const room = { line: () => line, broadcast: () => {}, answer: () => {} };
    // A session needs a socket; of these it is only asked that they watch, and where.
    const session = { watches: true, room: "other" } as Session;
    const watchers = new ListWatchers({
      rooms: { get: () => room, names: () => [] },
      marks: new ReadMarks({ database, sessions: () => [], now }),
      sessions: () =>
        Array.from({ length: 10_000 }, () => Object.create(session)),
      schedule: (_, delay) => waits.push(delay),
      now,
    });
    watchers.changed("dev");
    watchers.changed("dev");
    expect(waits).toEqual([5_000]);
  });
});

test("[K4] mentions are counted apart, and only those that are there", async () => {
  const { project, join } = await scene();
  const a = await join("a", "dev");
  const c = await join("c", "dev");
  const mention = async (nonce: string) =>
    a.ask({ type: "send", nonce, text: "@c", mentions: ["c"] });
  for (const nonce of ["1", "2", "3"]) await mention(nonce);
  await a.ask({ type: "delete", nonce: "d", seq: 2 });
  const reader = await join("c", "other");
  c.command({ type: "read", seq: 1 });
  await c.settled();
  await evict(project);
  expect(byName(await watch(reader))["dev"]).toEqual([2, 1]);
  const stranger = await join("d", "other");
  expect(byName(await watch(stranger))["dev"]).toEqual([0, 0]);
});

test("[K5] what happens elsewhere is told at once, then once a second", async () => {
  const { project, join } = await scene();
  const [a, reader] = [await join("a", "dev"), await join("c", "other")];
  await watch(reader);
  await evict(project);
  vi.useFakeTimers({ toFake: ["Date", "setTimeout"], now: Date.now() });
  await a.send("1");
  expect(await news(reader)).toMatchObject([
    { type: "rooms", rooms: [{ room: "dev", head: 1, count: 1, online: 1 }] },
  ]);
  for (let n = 2; n <= 9; n++) await a.send(`${n}`);
  await a.ask({ type: "react", nonce: "r", seq: 9, emoji: "👍", on: true });
  expect(await news(reader)).toEqual([]);
  await inside(project, () => vi.advanceTimersByTime(999));
  expect(await news(reader)).toEqual([]);
  await inside(project, () => vi.advanceTimersByTime(1));
  const [told, ...rest] = await news(reader);
  expect(told).toMatchObject({ rooms: [{ room: "dev", head: 10, count: 9 }] });
  expect(told).not.toHaveProperty("rooms.0.unread");
  expect(rest).toEqual([]);
});

test("[K5] [O5] a quiet project has no timer, and watching writes nothing", async () => {
  const { project, join } = await scene();
  const [a, reader] = [await join("a", "dev"), await join("c", "other")];
  const before = await statsOf(project);
  await watch(reader);
  expect((await statsOf(project)).rowsWritten).toBe(before.rowsWritten);
  vi.useFakeTimers({ toFake: ["Date", "setTimeout"], now: Date.now() + 2_000 });
  await a.send("1");
  await a.send("2");
  expect(await inside(project, () => vi.getTimerCount())).toBe(1);
  await inside(project, () => vi.advanceTimersByTime(1_000));
  expect(await inside(project, () => vi.getTimerCount())).toBe(0);
  expect(await news(reader)).toHaveLength(2);
});

test("[K5] one's own room is not told, and nothing after it was turned off", async () => {
  const { project, join } = await scene();
  const [a, reader] = [await join("a", "dev"), await join("c", "other")];
  await watch(reader);
  await reader.send("here");
  expect(await news(reader)).toEqual([]);
  reader.command({ type: "rooms", on: false });
  await reader.settled();
  await evict(project);
  vi.setSystemTime(Date.now() + 5_000);
  await a.ask({ type: "send", nonce: "m", text: "@c" });
  expect(await news(reader)).toEqual([]);
});

test("[K5] reading on one device is told to the others", async () => {
  const { project, join } = await scene();
  const a = await join("a", "dev");
  const [desk, phone] = [await join("c", "other"), await join("c", "dev")];
  await a.ask({ type: "send", nonce: "m", text: "@c", mentions: ["c"] });
  await a.send("2");
  await watch(desk);
  await evict(project);
  vi.setSystemTime(Date.now() + 5_000);
  phone.command({ type: "read", seq: 1 });
  await phone.settled();
  expect(await news(desk)).toMatchObject([
    { type: "rooms", rooms: [{ room: "dev", unread: 1, mentions: 0 }] },
  ]);
});

test("[K6] who is meant elsewhere is told, with the beginning of the text", async () => {
  const { project, join } = await scene();
  const a = await join("a", "dev");
  const here = await join("c", "dev");
  const [elsewhere, idle] = [
    await join("c", "other"),
    await join("c", "third"),
  ];
  const other = await join("d", "other");
  for (const member of [here, elsewhere, other, a]) await watch(member);
  await evict(project);
  const text = `@c ${"가".repeat(136)}😀!`;
  const mentions = ["c", "a"];
  const sent = await a.ask({ type: "send", nonce: "m", text, mentions });
  const told = async (member: TestMember) =>
    (await news(member)).filter(({ type }) => type === "mentioned");
  expect(await told(elsewhere)).toEqual([
    {
      type: "mentioned",
      room: "dev",
      target: 1,
      by: expect.objectContaining({ id: "a", nickname: "a" }),
      text: `@c ${"가".repeat(136)}\ufffd`,
    },
  ]);
  for (const member of [here, idle, other, a]) {
    expect(await told(member)).toEqual([]);
  }
  // A repetition is no second message.
  expect(await a.ask({ type: "send", nonce: "m", text, mentions })).toEqual(
    sent,
  );
  expect(await told(elsewhere)).toEqual([]);
});

test("[K7] a token for some rooms shows no others", async () => {
  const { project, join } = await scene();
  const a = await join("a", "secret");
  await (await join("b", "open")).send("hi");
  await join("c", "secret");
  await a.send("hush");
  const narrow = await join("c", "open", ["open", "third"]);
  expect((await watch(narrow)).map(({ room }) => room)).toEqual(["open"]);
  await evict(project);
  vi.setSystemTime(Date.now() + 5_000);
  await a.ask({ type: "send", nonce: "m", text: "@c", mentions: ["c"] });
  expect(await news(narrow)).toEqual([]);
});

test.each([
  { on: 1 },
  {},
  { on: true, read: 1 },
  { on: true, read: { lobby: -1 } },
  { on: true, read: { lobby: "1" } },
])("[K4] [F6] rooms with %j is refused", async (fields) => {
  const member = await TestMember.join({ project: newProject() });
  member.command({ type: "rooms", ...fields });
  expect(await member.nextOf("error")).toMatchObject({ code: "bad_request" });
});
