/** Who asks for too much, of the server or of a room, and what the others notice of it. */
import { afterEach, expect, test, vi } from "vitest";
import type { RoomEvent } from "../../src/protocol/mod.ts";
import { Writer } from "../../src/server/room/writer.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside, statsOf, untilReceived } from "./support/project.ts";
import { roomStoreOf } from "./support/room_store.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("[O6] a flood is refused, closed, and nobody else's concern", async () => {
  const project = newProject();
  const flood = await TestMember.join({ project });
  const other = await TestMember.join({ project });
  for (let n = 0; n < 1000; n++) flood.command({ type: "typing", on: false });
  const refused = await flood.nextOf("error");
  expect(refused).toMatchObject({ code: "rate_limited" });
  expect(refused.retryAfter).toBeGreaterThan(0);
  expect((await flood.closed).code).toBe(4429);
  expect((await other.send("fine")).seq).toBe(1);
});

test("[O6] a bucket is not refilled by eviction", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const project = newProject();
  const member = await TestMember.join({ project });
  for (let n = 0; n < 598; n++) member.command({ type: "typing", on: false });
  await member.settled();
  await evict(project);
  member.command({ type: "history", ref: "the last" });
  expect(await member.nextOf("history")).toMatchObject({ ref: "the last" });
  member.command({ type: "send", nonce: "n", text: "too much" });
  expect(await member.nextOf("error")).toEqual({
    type: "error",
    code: "rate_limited",
    message: "Commands come too often",
    retryAfter: 50,
    nonce: "n",
  });
  vi.setSystemTime(Date.now() + 50);
  expect((await member.send("too much", { nonce: "n" })).seq).toBe(1);
});

/** How long those of `events` that a busy room refused have to wait. */
function pauses(events: RoomEvent[]): number[] {
  return events.flatMap((event) =>
    event.type === "error" && event.message === "Room is too busy"
      ? [event.retryAfter ?? 0]
      : [],
  );
}

test.each(["send", "rename"])(
  "[O6] two who flood a room by %s leave room for who was quiet, and stay",
  async (type) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const project = newProject();
    const floods = [
      await TestMember.join({ project }),
      await TestMember.join({ project }),
    ];
    const quiet = await TestMember.join({ project });
    const { framesReceived } = await statsOf(project);
    // As much as each may, and more than the room takes of both.
    for (let n = 0; n < 590; n++) {
      for (const [who, flood] of floods.entries()) {
        const name = `${who}-${n}`;
        const fields = { nonce: name, text: name, nickname: name, ref: name };
        flood.command({ type, ...fields });
      }
    }
    await untilReceived(project, framesReceived + 2 * 590);
    expect((await quiet.send("fine")).author.id).toBe(quiet.id);
    const waits: number[] = [];
    for (const flood of floods) waits.push(...pauses(await flood.settled()));
    expect(waits.length).toBeGreaterThan(300);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1_500);
    // Together they would come back together.
    expect(new Set(waits).size).toBeGreaterThan(100);
  },
);

/** A room's writer with the default rates and a clock that is turned by hand. */
function writer(
  look: (room: { now: number; takes: (member: string) => boolean }) => void,
): Promise<void> {
  return inside(newProject(), (_, { storage }) => {
    const room = {
      now: 1_000_000,
      takes: (member: string) => whyBusy(member) === undefined,
    };
    const writer = new Writer({
      store: roomStoreOf(new Database(storage), { room: "lobby" }),
      roomRate: { burst: 1_000, perSecond: 200 },
      now: () => room.now,
      isFull: () => false,
    });
    const whyBusy = (member: string) => writer.whyBusy(member);
    look(room);
  });
}

test.each([
  ["ten who talk as much as they may", 10, 20],
  ["a hundred who talk more than they may", 100, 40],
  ["one with many connections", 1, 400],
])("[O6] %s do not keep a room for themselves", async (_, floods, rate) => {
  await writer((room) => {
    // Before that they have taken what was saved up.
    for (let n = 0; n < 2_000; n++) room.takes(`flood ${n % floods}`);
    const taken = Array.from({ length: floods }, () => 0);
    for (let second = 0; second < 30; second++) {
      for (let n = 0; n < rate; n++) {
        for (let who = 0; who < floods; who++) {
          if (room.takes(`flood ${who}`)) taken[who] = (taken[who] ?? 0) + 1;
        }
        room.now += 1_000 / rate;
      }
      for (const who of ["a", "b", "c"]) {
        expect(room.takes(`${who} in second ${second}`)).toBe(true);
      }
    }
    // The room is used, and each of them is heard.
    const all = taken.reduce((sum, count) => sum + count);
    expect(all).toBeGreaterThan(30 * 100);
    expect(Math.min(...taken)).toBeGreaterThan(20);
  });
});

test("[O6] who is alone in a room may take most of it at once", async () => {
  await writer((room) => {
    let count = 0;
    while (room.takes("alone")) count++;
    expect(count).toBeGreaterThanOrEqual(750);
    room.now += 10_000;
    expect(room.takes("alone")).toBe(true);
  });
});

test("[O6] [T3] acks that free nothing count, whatever they say", async () => {
  const project = newProject();
  const flood = await TestMember.join({ project });
  const other = await TestMember.join({ project });
  await other.send("1");
  for (let n = 0; n < 1_000; n++) flood.command({ type: "ack", seq: n % 3 });
  expect(await flood.nextOf("error")).toMatchObject({ code: "rate_limited" });
  expect((await flood.closed).code).toBe(4429);
  await other.send("2");
});

test("[O6] [T3] acks of what was sent do not count, however many", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const project = newProject();
  const writer = await TestMember.join({ project });
  const reader = await TestMember.join({ project });
  // All that its rate allows but two, one of which shows that it is done.
  for (let n = 0; n < 598; n++) reader.command({ type: "typing", on: false });
  await reader.settled();
  for (let n = 0; n < 20; n++) {
    await writer.send(`${n}`);
    const { seq } = await reader.nextOf("message");
    reader.command({ type: "ack", seq });
  }
  expect((await reader.send("still here")).seq).toBe(21);
});
