/** How far people have read: on all their devices, and for a row a minute at most. */
import { afterEach, expect, test, vi } from "vitest";
import { ReadMarks } from "../../src/server/room/read_marks.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";
import { someone } from "./support/room_store.ts";
import { bearer, sign } from "./support/tokens.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A project with ten messages, and a way for members to come in. */
async function scene() {
  // The object takes its clock when it wakes.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const project = newProject();
  const guest = await TestMember.join({ project, nickname: "손님" });
  for (let n = 1; n <= 10; n++) await guest.send(`${n}`);
  const join = async (sub: string, more: { room?: string } = {}) => {
    const token = await sign(project, { sub, name: sub });
    return TestMember.join({ project, token, ...more });
  };
  return { project, guest, join };
}

async function read(member: TestMember, seq: number): Promise<void> {
  member.command({ type: "read", seq });
  await member.settled();
}

/** Waits until the room has seen the end of a session. */
async function leave(member: TestMember, project: string): Promise<void> {
  member.close(1000);
  await member.closed;
  await evict(project);
}

test("[K1] [T2] a mark rises, and only that is told", async () => {
  const { project, guest, join } = await scene();
  const a = await join("a");
  await guest.settled();
  await read(a, 5);
  await read(a, 3);
  await evict(project);
  await read(a, 5);
  await read(a, 11);
  await read(a, 10);
  const told = await guest.settled();
  expect(told).toMatchObject([
    { type: "read", member: { id: "a" }, seq: 5 },
    { type: "read", member: { id: "a" }, seq: 10 },
  ]);
});

test("[K2] a member goes on where they stopped, on any device", async () => {
  const { project, join } = await scene();
  const phone = await join("a");
  expect(phone.welcome).not.toHaveProperty("read");
  await read(phone, 4);
  const desk = await join("a");
  expect(desk.welcome.read).toBe(4);
  // Not stored yet: the mark is in the attachment.
  await read(phone, 7);
  await evict(project);
  expect((await join("a")).welcome.read).toBe(7);
  await read(desk, 6);
  await leave(phone, project);
  expect((await join("a")).welcome.read).toBe(7);
  expect((await join("b")).welcome).not.toHaveProperty("read");
});

test("[K2] reading writes a row a minute, and one when it ends", async () => {
  const { project, guest, join } = await scene();
  const a = await join("a");
  const written = async (act: () => Promise<unknown>) => {
    const before = await statsOf(project);
    await act();
    return (await statsOf(project)).rowsWritten - before.rowsWritten;
  };
  const readTo = (member: TestMember, seq: number) => () => read(member, seq);
  expect(await written(readTo(a, 1))).toBe(1);
  expect(
    await written(async () => {
      for (let seq = 2; seq <= 8; seq++) await read(a, seq);
    }),
  ).toBe(0);
  vi.setSystemTime(Date.now() + 59_999);
  expect(await written(readTo(a, 9))).toBe(0);
  vi.setSystemTime(Date.now() + 1);
  await evict(project);
  await statsOf(project);
  expect(await written(readTo(a, 10))).toBe(1);
  // A guest has no other device.
  expect(await written(readTo(guest, 10))).toBe(0);
  await guest.send("11");
  await read(a, 11);
  expect(
    await written(async () => {
      a.close(1000);
      await a.closed;
      await guest.nextOf("left");
    }),
  ).toBe(1);
  expect((await join("a")).welcome.read).toBe(11);
});

test("[K2] of a member who left without reading nothing stays in memory", async () => {
  await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    const options = { database, sessions: () => [], now: () => 90_000 };
    const marks = new ReadMarks(options);
    const desk = { room: "lobby", member: someone("member"), read: undefined };
    expect(marks.of(desk.member).size).toBe(0);
    marks.leave(desk);
    // Asked for again it is read, and not what was known then.
    new ReadMarks(options).raise({ ...desk, read: 7 });
    expect(marks.of(desk.member).get("lobby")).toBe(7);
  });
});

test("[K3] who joins a small room is told how far everybody has read", async () => {
  const { project, guest, join } = await scene();
  const a = await join("a");
  await read(a, 3);
  await read(guest, 8);
  await evict(project);
  const { welcome } = await join("b");
  expect(welcome.reads).toEqual({ a: 3, [guest.id]: 8 });
});

test("[K3] [T2] nobody is told where the owner does not want it", async () => {
  const { project, guest, join } = await scene();
  const owner = await sign(project, { sub: "o", role: "owner" });
  const changed = await request(`/project/${project}/settings`, {
    method: "PATCH",
    headers: bearer(owner),
    body: JSON.stringify({ readReceipts: false }),
  });
  expect(changed.status).toBe(200);
  const [phone, desk] = [await join("a"), await join("a")];
  await evict(project);
  await guest.settled();
  await read(phone, 3);
  expect(await guest.settled()).toEqual([]);
  expect(await desk.settled()).toMatchObject([{ type: "read", seq: 3 }]);
  expect((await join("b")).welcome).not.toHaveProperty("reads");
});

test("[K3] [T2] in a larger room only one's own devices are told", async () => {
  const { guest, join } = await scene();
  for (let n = 0; n < 47; n++) await join(`m${n}`);
  const [phone, desk] = [await join("a"), await join("a")];
  await guest.settled();
  await read(phone, 1);
  expect(await guest.settled()).toMatchObject([{ type: "read", seq: 1 }]);
  // The fiftieth.
  expect((await join("b")).welcome).not.toHaveProperty("reads");
  await Promise.all([guest.settled(), desk.settled()]);
  await read(phone, 2);
  expect(await guest.settled()).toEqual([]);
  expect(await desk.settled()).toMatchObject([{ type: "read", seq: 2 }]);
});
