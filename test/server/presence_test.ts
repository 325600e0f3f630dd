import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RoomEvent } from "../../src/protocol/mod.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";

const GRACE = 5_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass inside the object, where its timers belong. */
async function later(project: string, time: number): Promise<void> {
  await inside(project, () => vi.advanceTimersByTimeAsync(time));
}

/** Presence events among `events`, in short. */
function news(events: RoomEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === "online") return [`online ${event.online}`];
    if (!("member" in event) || !("online" in event)) return [];
    return [`${event.type} ${event.member.nickname} ${event.online}`];
  });
}

/** Closes a connection and waits until the room knows. */
async function leave(member: TestMember): Promise<void> {
  member.close(1000);
  await member.closed;
}

test("[P1] [P2] joined and left are told once per member", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b1 = await TestMember.join({ project, nickname: "b" });
  const b2 = await TestMember.join({ project, token: b1.token });
  expect(b2.welcome.online).toBe(2);
  await leave(b1);
  await later(project, GRACE);
  expect(news(await a.settled())).toEqual(["joined b 2"]);
  await leave(b2);
  await later(project, GRACE);
  expect(news(await a.settled())).toEqual(["left b 1"]);
});

test("[P2] who joins is not told of themselves", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  await TestMember.join({ project, nickname: "b" });
  const b = await TestMember.join({ project, nickname: "c" });
  expect(b.welcome.members?.map(({ nickname }) => nickname)).toEqual([
    "a",
    "b",
    "c",
  ]);
  expect(news(await b.settled())).toEqual([]);
  expect(news(await a.settled())).toEqual(["joined b 2", "joined c 3"]);
});

test("[P3] a reload is neither a leave nor a join", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await a.settled();
  await leave(b);
  await later(project, GRACE - 1);
  const back = await TestMember.join({
    project,
    token: b.token,
    nickname: "b",
  });
  expect(back.welcome.you.nickname).toBe("b");
  await later(project, GRACE);
  expect(news(await a.settled())).toEqual([]);
});

test("[P3] who came in between is told of a return", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await leave(b);
  const c = await TestMember.join({ project, nickname: "c" });
  expect(c.welcome.online).toBe(2);
  expect(c.welcome.members).toHaveLength(2);
  await a.settled();
  await TestMember.join({ project, token: b.token, nickname: "b" });
  expect(news(await a.settled())).toEqual([]);
  expect(news(await c.settled())).toEqual(["joined b 3"]);
});

test("[P3] who came in between is neither told of a leave nor counts it", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await a.settled();
  await leave(b);
  const c = await TestMember.join({ project, nickname: "c" });
  expect(c.welcome.online).toBe(2);
  await TestMember.join({ project, nickname: "d" });
  await later(project, GRACE);
  // For a there were b, c and d until b had left for good.
  expect(news(await a.settled())).toEqual([
    "joined c 3",
    "joined d 4",
    "left b 3",
  ]);
  expect(news(await c.settled())).toEqual(["joined d 3"]);
});

test("[P3] a second leave has its own five seconds", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await a.settled();
  await leave(b);
  await later(project, GRACE - 1000);
  const again = await TestMember.join({
    project,
    nickname: "b",
    token: b.token,
  });
  await leave(again);
  await later(project, GRACE - 1000);
  expect(news(await a.settled())).toEqual([]);
  await later(project, 1000);
  expect(news(await a.settled())).toEqual([`left b 1`]);
});

test("[P3] [N9] back under another name is a rename", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await a.settled();
  await leave(b);
  await TestMember.join({ project, token: b.token, nickname: "z" });
  expect(news(await a.settled())).toEqual(["renamed z 2"]);
});

test("[P3] [N7] a reload without a nickname keeps the one before", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project });
  await a.settled();
  await leave(b);
  const back = await TestMember.join({ project, token: b.token });
  expect(back.welcome.you.nickname).toBe(b.welcome.you.nickname);
  expect(news(await a.settled())).toEqual([]);
});

test("[P4] when the crowd is gone everybody is named", async () => {
  const project = newProject();
  await TestMember.join({ project, nickname: "a" });
  const others: TestMember[] = [];
  for (let n = 0; n < 203; n++) {
    others.push(await TestMember.join({ project, nickname: `m${n}` }));
  }
  const late = others.at(-1);
  for (const other of others.slice(0, 10)) await leave(other);
  // The crowd's number is due after the crowd is gone: it would take the names back.
  await later(project, GRACE - 500);
  others.push(await TestMember.join({ project, nickname: "z" }));
  await later(project, 60_000);
  const told = (await late?.settled()) ?? [];
  const isOnline = told.map(({ type }) => type === "online");
  expect(isOnline.lastIndexOf(true)).toBeLessThan(isOnline.length - 195);
  const named = told.filter(({ type }) => type === "joined");
  const names = named.map(
    (event) => "member" in event && event.member.nickname,
  );
  expect(names.slice(-195).sort()).toEqual(
    [
      "a",
      ...others.slice(10).map(({ welcome }) => welcome.you.nickname),
    ].sort(),
  );
});

test("[P4] also when the crowd goes by what wakes the object", async () => {
  const project = newProject();
  const others: TestMember[] = [];
  for (let n = 0; n < 201; n++) {
    others.push(await TestMember.join({ project, nickname: `m${n}` }));
  }
  await later(project, 60_000);
  const [first, ...rest] = others;
  for (const member of rest) await member.settled();
  await evict(project);
  if (first) await leave(first);
  await later(project, 2 * GRACE);
  const late = rest.at(-1);
  const named = news((await late?.settled()) ?? []);
  expect(named).toHaveLength(200);
  expect(new Set(named)).toEqual(
    new Set(rest.map(({ welcome }) => `joined ${welcome.you.nickname} 200`)),
  );
  // They know all of them now: the next one is told by name alone.
  await evict(project);
  await leave(rest[0] ?? expect.unreachable());
  await later(project, 2 * GRACE);
  expect(news((await late?.settled()) ?? [])).toEqual(["left m1 199"]);
});

test("[P4] who was just told all names is not told a number", async () => {
  const project = newProject();
  const others: TestMember[] = [];
  for (let n = 0; n < 200; n++) {
    others.push(await TestMember.join({ project, nickname: `m${n}` }));
  }
  const [first, ...rest] = others;
  const last = rest.at(-1);
  if (first) await leave(first);
  await later(project, GRACE - 100);
  // While it is not sure that the first one has left, this makes a crowd.
  await TestMember.join({ project, nickname: "late" });
  await last?.settled();
  await later(project, 60_000);
  const told = news((await last?.settled()) ?? []);
  expect(told).toHaveLength(200);
  expect(told.filter((line) => line.startsWith("online"))).toEqual([]);
});

test("[P3] [O5] where nobody is left to be told, nothing waits", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  await leave(a);
  expect(vi.getTimerCount()).toBe(0);
  const back = await TestMember.join({ project, token: a.token });
  expect(back.welcome.you.nickname).toBe(a.welcome.you.nickname);
  await leave(back);
  const b = await TestMember.join({ project, nickname: "b" });
  expect(b.welcome.online).toBe(1);
  await TestMember.join({ project, nickname: "c" });
  expect(news(await b.settled())).toEqual(["joined c 2"]);
  await TestMember.join({ project, token: a.token });
  expect(news(await b.settled())).toEqual([
    `joined ${a.welcome.you.nickname} 3`,
  ]);
});

test("[P1] [P5] whom the server closes has left, whatever their client does", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await a.settled();
  for (let n = 0; n < 3; n++) b.raw("garbage");
  for (let n = 0; n < 3; n++) await b.nextOf("error");
  expect(
    await inside(project, (object) => object.members({}, "lobby")),
  ).toMatchObject({ members: [{ nickname: "a" }] });
  const again = await TestMember.join({ project, nickname: "b" });
  expect(again.welcome.you.nickname).toBe("b");
});

test("[P4] a crowd is told a number, in O(N) frames", async () => {
  const project = newProject();
  const size = 300;
  const members: TestMember[] = [];
  for (let n = 0; n < size; n++) {
    members.push(await TestMember.join({ project, nickname: `m${n}` }));
  }
  const late = members.at(-1);
  expect(late?.welcome.online).toBe(size);
  expect(late?.welcome).not.toHaveProperty("members");
  await later(project, 60_000);
  let frames = 0;
  for (const member of members) {
    const told = news(await member.settled());
    frames += told.filter((line) => line.startsWith("online")).length;
  }
  expect(frames).toBeGreaterThanOrEqual(size);
  expect(frames).toBeLessThanOrEqual(2 * size);
  expect(vi.getTimerCount()).toBe(0);
});

test("[P4] a crowded room tells nobody who types", async () => {
  vi.useRealTimers();
  const project = newProject();
  const members = await Promise.all(
    Array.from({ length: 201 }, () => TestMember.join({ project })),
  );
  const [a, b] = members;
  await b?.settled();
  a?.command({ type: "typing", on: true });
  a?.command({ type: "read", seq: 1 });
  await a?.settled();
  const told = (await b?.settled()) ?? [];
  expect(
    told.filter(({ type }) => type === "typing" || type === "read"),
  ).toEqual([]);
});

test("[P5] a session leaves once, whichever of close and error comes", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await a.settled();
  await inside(project, (object, state) => {
    const socket = state
      .getWebSockets()
      .find((socket) => socket.deserializeAttachment().member.id === b.id);
    if (!socket) throw new Error("Cannot find socket of b");
    object.webSocketError(socket);
    object.webSocketError(socket);
    object.webSocketClose(socket, 1006, "");
  });
  await later(project, 2 * GRACE);
  expect(news(await a.settled())).toEqual(["left b 1"]);
});

test("[P6] presence is right after eviction", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const b = await TestMember.join({ project, nickname: "b" });
  await a.settled();
  await evict(project);
  const c = await TestMember.join({ project, nickname: "c" });
  expect(c.welcome.online).toBe(3);
  expect(news(await a.settled())).toEqual(["joined c 3"]);
  await evict(project);
  await leave(b);
  await later(project, GRACE);
  expect(news(await a.settled())).toEqual(["left b 2"]);
  const answer = await request(`/project/${project}/members`);
  const { members } = await answer.json<{ members: { nickname: string }[] }>();
  expect(members.map(({ nickname }) => nickname).sort()).toEqual(["a", "c"]);
});

test("[P6] whose end wakes the object is counted out once", async () => {
  const project = newProject();
  const members = [];
  for (let n = 0; n < 3; n++) members.push(await TestMember.join({ project }));
  await evict(project);
  await leave(members[0] ?? expect.unreachable());
  expect(await statsOf(project)).toMatchObject({ sockets: 2 });
});

test("[P1] a closing socket is not counted", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  await leave(await TestMember.join({ project, nickname: "b" }));
  const answer = await request(`/project/${project}/members`);
  await expect(answer.json()).resolves.toMatchObject({
    members: [{ id: a.id }],
  });
});

test("[T1] typing is told to the others", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const tab = await TestMember.join({ project, token: a.token });
  const b = await TestMember.join({ project, nickname: "b" });
  await evict(project);
  a.command({ type: "typing", on: true });
  expect(await b.nextOf("typing")).toMatchObject({
    member: { id: a.id },
    on: true,
  });
  const own = [...(await a.settled()), ...(await tab.settled())];
  expect(own.filter(({ type }) => type === "typing")).toEqual([]);
});

test("[T2] read is told to the others, and only what exists", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  await a.send("hi");
  await evict(project);
  a.command({ type: "read", seq: 2 });
  a.command({ type: "read", seq: 1 });
  expect(await b.nextOf("read")).toMatchObject({
    member: { id: a.id },
    seq: 1,
  });
});

test("[T3] ack is answered by nothing", async () => {
  const a = await TestMember.join({ project: newProject() });
  a.command({ type: "ack", seq: 0 });
  expect(await a.settled()).toEqual([]);
});
