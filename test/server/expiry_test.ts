/** Sessions end with their token, by one alarm and by nothing else. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { Revocations } from "../../src/server/door/revocations.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, stubOf, totalsOf } from "./support/project.ts";
import { bearer, sign } from "./support/tokens.ts";

const HOUR = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

function setClock(now: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now });
}

function alarmOf(project: string): Promise<number | null> {
  return inside(project, (_, { storage }) => storage.getAlarm());
}

test("[I5] the alarm ends whose token is over within 2 s, also after eviction", async () => {
  const project = newProject();
  const start = Date.now();
  const soon = Math.floor(start / 1000) + 60;
  const other = await TestMember.join({
    project,
    token: await sign(project, { sub: "u2" }),
  });
  const member = await TestMember.join({
    project,
    token: await sign(project, { exp: soon }),
  });
  const alarm = (await alarmOf(project)) ?? 0;
  expect(alarm - soon * 1000).toBeGreaterThanOrEqual(0);
  expect(alarm - soon * 1000).toBeLessThan(2_000);
  await evict(project);
  setClock(alarm);
  expect(await runDurableObjectAlarm(stubOf(project))).toBe(true);
  expect(await member.nextOf("error")).toMatchObject({ code: "token_expired" });
  expect((await member.closed).code).toBe(4401);
  expect(await other.settled()).toBeDefined();
  const next = (await alarmOf(project)) ?? 0;
  expect(next).toBeGreaterThan(start + HOUR - 2_000);
});

test("[I5] a refreshed token moves the end of its session", async () => {
  const project = newProject();
  const soon = Math.floor(Date.now() / 1000) + 60;
  const token = await sign(project, { exp: soon });
  const member = await TestMember.join({ project, token });
  const alarm = (await alarmOf(project)) ?? 0;
  await evict(project);
  member.command({ type: "auth", token: await sign(project) });
  await member.nextOf("you");
  await evict(project);
  setClock(alarm);
  await runDurableObjectAlarm(stubOf(project));
  expect((await member.send("still here")).author.id).toBe("u1");
  expect(await alarmOf(project)).toBeGreaterThan(alarm + HOUR / 2);
});

test("[I5] a frame that comes before the late alarm is not heard", async () => {
  const project = newProject();
  const soon = Math.floor(Date.now() / 1000) + 60;
  const token = await sign(project, { exp: soon });
  const guest = await TestMember.join({ project });
  const member = await TestMember.join({ project, token });
  await evict(project);
  setClock(soon * 1000);
  member.command({ type: "send", nonce: "late", text: "late" });
  expect(await member.nextOf("error")).toMatchObject({ code: "token_expired" });
  expect((await member.closed).code).toBe(4401);
  vi.useRealTimers();
  expect((await guest.send("first")).seq).toBe(1);
});

test("[I5] even so late a newer token is taken", async () => {
  const project = newProject();
  const soon = Math.floor(Date.now() / 1000) + 60;
  const token = await sign(project, { exp: soon });
  const member = await TestMember.join({ project, token });
  const now = soon * 1000 + 1_000;
  setClock(now);
  const newer = await sign(project, {}, { now });
  member.command({ type: "auth", token: newer });
  expect(await member.nextOf("you")).toMatchObject({ you: { id: "u1" } });
  await member.send("here");
});

test("[I5] a clock behind ours does not put its members out at once", async () => {
  const project = newProject();
  const now = Date.now();
  const exp = Math.floor(now / 1000) - 10;
  const token = await sign(project, { exp });
  const member = await TestMember.join({ project, token });
  await member.send("here");
  setClock((exp + 30) * 1000);
  member.command({ type: "typing", on: true });
  expect((await member.closed).code).toBe(4401);
});

test("[I5] [O5] a project of guests has no alarm", async () => {
  const project = newProject();
  const guest = await TestMember.join({ project });
  await guest.send("hi");
  guest.command({ type: "auth", token: guest.token });
  await guest.nextOf("you");
  expect(await alarmOf(project)).toBeNull();
});

test("[I5] members who come later write no alarm anew", async () => {
  const project = newProject();
  await TestMember.join({ project, token: await sign(project) });
  const before = await totalsOf(project);
  const later = Math.floor(Date.now() / 1000) + 7_200;
  for (const sub of ["u2", "u3"]) {
    const token = await sign(project, { sub, exp: later });
    await TestMember.join({ project, token });
    // Nor do they where they wake the object.
    await evict(project);
  }
  const after = await totalsOf(project);
  expect(after.rowsWritten - before.rowsWritten).toBe(0);
  expect(after.alarmsSet).toBe(1);
});

test("[I6] revoke ends a member's sessions in every room, and nothing of them is heard", async () => {
  const project = newProject();
  const token = await sign(project);
  const owner = await sign(project, { sub: "boss", role: "owner" });
  const witness = await TestMember.join({ project });
  const sessions = await Promise.all(
    ["lobby", "둘째"].map((room) => TestMember.join({ project, room, token })),
  );
  await evict(project);
  await inside(project, async (object, state) => {
    const sockets = state.getWebSockets();
    expect(await object.revoke({ token: owner }, { sub: "u1" })).toEqual({});
    // A client that ignores the close goes on, and so do frames that are on their way.
    const frame = '{"type":"send","nonce":"n","text":"ghost"}';
    for (const socket of sockets) {
      if (socket.deserializeAttachment().member.id !== "u1") continue;
      await object.webSocketMessage(socket, frame);
    }
  });
  for (const session of sessions) {
    expect(await session.nextOf("error")).toMatchObject({
      code: "unauthorized",
      message: "Token is not valid here",
    });
    expect((await session.closed).code).toBe(4401);
  }
  expect((await witness.send("first")).seq).toBe(1);
  await evict(project);
  const again = await request(`/project/${project}/messages`, {
    headers: bearer(token),
  });
  expect(again.status).toBe(401);
  const now = Date.now() + 1_000;
  const fresh = await sign(project, {}, { now });
  await TestMember.join({ project, token: fresh });
});

test("[I6] revoke by jti ends the sessions of that token only", async () => {
  const project = newProject();
  const [lost, kept] = [
    await sign(project, { jti: "lost" }),
    await sign(project, { jti: "kept" }),
  ];
  const phone = await TestMember.join({ project, token: lost });
  const desk = await TestMember.join({ project, token: kept });
  await evict(project);
  const owner = await sign(project, { sub: "boss", role: "owner" });
  await request(`/project/${project}/revoke`, {
    method: "POST",
    headers: bearer(owner),
    body: JSON.stringify({ jti: "lost" }),
  });
  expect((await phone.closed).code).toBe(4401);
  await desk.send("still here");
  desk.command({ type: "auth", token: lost });
  expect(await desk.nextOf("error")).toMatchObject({ code: "unauthorized" });
});

test("[I6] a token without iat counts as made as long ago as it may be", async () => {
  const project = newProject();
  const owner = await sign(project, { sub: "boss", role: "owner" });
  await request(`/project/${project}/revoke`, {
    method: "POST",
    headers: bearer(owner),
    body: JSON.stringify({ sub: "u1" }),
  });
  await evict(project);
  const read = (token: string) =>
    request(`/project/${project}/messages`, { headers: bearer(token) });
  const now = Date.now() + 5_000;
  const ageless = (exp: number) =>
    sign(project, { iat: undefined, exp: Math.floor(now / 1000) + exp });
  expect((await read(await ageless(3_600))).status).toBe(401);
  // It cannot live as long as that if it was made before.
  expect((await read(await ageless(86_400))).status).toBe(200);
  expect((await read(await sign(project, {}, { now }))).status).toBe(200);
  expect((await read(await sign(project, { sub: "u2" }))).status).toBe(200);
});

test("[I6] what was revoked is remembered while a token from before could be good", async () => {
  const kept = await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    const day = 86_400;
    const revocations = new Revocations(database, day);
    const rows = () =>
      database
        .all<{ value: string }>("SELECT value FROM revocations ORDER BY value")
        .map(({ value }) => value);
    revocations.add({ sub: "a" }, 0);
    revocations.add({ jti: "b" }, 100_000);
    revocations.add({ sub: "c" }, (day + 60) * 1000);
    const all = rows();
    revocations.add({ sub: "d" }, (day + 61) * 1000);
    const rest = rows();
    revocations.add({ sub: "a" }, (day + 161) * 1000);
    return [all, rest, rows()];
  });
  expect(kept).toEqual([
    ["a", "b", "c"],
    ["b", "c", "d"],
    ["a", "c", "d"],
  ]);
});

test.each([
  [{}],
  [{ sub: "" }],
  [{ sub: "a", jti: "b" }],
  [{ sub: 1 }],
  [{ sub: "g_AAAAAAAAAAAAAAAA" }],
])("[I6] the revocation %j is refused", async (body) => {
  const project = newProject();
  const response = await request(`/project/${project}/revoke`, {
    method: "POST",
    headers: bearer(await sign(project, { role: "owner" })),
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
});
