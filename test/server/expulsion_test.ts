/** Kicks and bans over real sockets: who is out stays out, whatever they try. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, TestMember, upgrade } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";
import { enforce, http, join, lobby } from "./support/staff.ts";
import { bearer, sign } from "./support/tokens.ts";

beforeEach(() => {
  // An object that waits for somebody to come back cannot be evicted.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Frames from a socket that the room has closed: a client may ignore that. */
async function insist(project: string, text: string): Promise<void> {
  const frame = JSON.stringify({ type: "send", nonce: "insist", text });
  await inside(project, async (object, state) => {
    for (const socket of state.getWebSockets()) {
      if (socket.readyState === WebSocket.OPEN) continue;
      await object.webSocketMessage(socket, frame);
    }
  });
}

/** How a refused connection is told. */
async function refused(options: Parameters<typeof upgrade>[0]) {
  const response = await upgrade({ ...options, protocols: [] });
  const body: Record<string, unknown> = await response.json();
  return { status: response.status, code: body["code"] };
}

const BANNED = { status: 403, code: "banned" };

test("[M4] a ban closes a member's sessions in all rooms, and everybody is told", async () => {
  const { project, moderator, guest } = await lobby();
  const { token, id } = guest;
  const tab = await TestMember.join({ project, token, room: "other" });
  const witness = await TestMember.join({ project, nickname: "영희" });
  await evict(project);
  const until = Date.now() + 60_000;
  const event = await enforce(moderator, "ban", { member: id, until });
  expect(event.member).toEqual({ id, nickname: "철수" });
  expect(await witness.nextOf("moderated")).toEqual(event);
  for (const session of [guest, tab]) {
    expect(await session.nextOf("error")).toMatchObject({
      code: "banned",
      until,
    });
    expect((await session.closed).code).toBe(4403);
  }
  expect(await witness.send("still here")).toMatchObject({ seq: 2 });
});

test.each(["kick", "ban"])(
  "[M4] [M7] what a client sends after a %s is stored nowhere, evicted or not",
  async (action) => {
    const { project, moderator, guest } = await lobby();
    await enforce(moderator, action, { member: guest.id });
    await insist(project, "too late");
    await evict(project);
    await insist(project, "too late");
    const witness = await TestMember.join({ project });
    expect(witness.backfill).toEqual([]);
    expect(witness.welcome.head).toBe(1);
  },
);

test("[M4] [M7] what was on its way when the act came is not heard", async () => {
  const { project, moderator, guest } = await lobby();
  const { id } = guest;
  // One turn holds the act and what the guest sends behind it.
  await inside(project, (object, state) => {
    const sockets = state.getWebSockets("lobby");
    const of = (member: string, frame: object) => {
      const socket = sockets.find(
        (socket) => socket.deserializeAttachment().member.id === member,
      );
      if (!socket) throw new Error("Somebody is missing");
      object.webSocketMessage(socket, JSON.stringify(frame));
    };
    // So much is said that the next commands wait for a turn together.
    for (let count = 0; count < 40; count++) {
      of("moderator", { type: "send", nonce: `b${count}`, text: "busy" });
    }
    const kick = { type: "moderate", nonce: "k", action: "kick", member: id };
    of("moderator", kick);
    of(id, { type: "send", nonce: "s", text: "behind" });
    vi.runAllTimers();
  });
  expect((await guest.closed).code).toBe(4403);
  await moderator.settled();
  const witness = await TestMember.join({ project });
  expect(JSON.stringify(witness.backfill)).not.toContain("behind");
});

test("[M4] who is banned comes back by no door and no name", async () => {
  const project = newProject();
  const owner = await join(project, "owner");
  const banned = await join(project, "member", { sub: "u9" });
  const token = await sign(project, { sub: "u9", role: "member" });
  await enforce(owner, "ban", { member: "u9", reason: "spam" });
  expect((await banned.closed).code).toBe(4403);
  for (const evicted of [false, true]) {
    if (evicted) await evict(project);
    expect(await refused({ project, token })).toEqual(BANNED);
    expect(await refused({ project, token, room: "other" })).toEqual(BANNED);
    expect(await refused({ project, token, nickname: "new" })).toEqual(BANNED);
    // A fresh token, a role below, a name of their own: the same member.
    const again = await sign(project, { sub: "u9", role: "reader", name: "x" });
    expect(await refused({ project, token: again })).toEqual(BANNED);
    for (const path of ["messages", "rooms", "members", "search?q=안녕"]) {
      const headers = bearer(token);
      const { status, body } = await http(project, path, { headers });
      expect({ status, code: body["code"] }).toEqual(BANNED);
    }
    const { status } = await http(project, "messages", {
      method: "POST",
      headers: bearer(token),
      body: { text: "hi" },
    });
    expect(status).toBe(403);
  }
  const { head } = owner.welcome;
  expect((await owner.send("quiet")).seq).toBe(head + 2);
});

test("[M4] a browser that is banned is told so on its socket", async () => {
  const { project, moderator, guest } = await lobby();
  const until = Date.now() + 3_600_000;
  await enforce(moderator, "ban", { member: guest.id, until });
  const response = await upgrade({ project, token: guest.token });
  if (!response.webSocket) throw new Error("No socket came back");
  const member = new TestMember(response.webSocket);
  expect(await member.next()).toMatchObject({
    type: "error",
    code: "banned",
    until,
  });
  expect((await member.closed).code).toBe(4403);
});

test("[M4] [M5] who is banned is refused a refresh, and let in again when it is over", async () => {
  const { project, moderator, guest } = await lobby();
  const { id, token } = guest;
  const until = Date.now() + 60_000;
  await enforce(moderator, "ban", { member: id, until });
  vi.useRealTimers();
  vi.useFakeTimers({
    toFake: ["Date", "setTimeout", "clearTimeout"],
    now: until - 1,
  });
  expect(await refused({ project, token })).toEqual(BANNED);
  await evict(project);
  vi.setSystemTime(until);
  const back = await TestMember.join({ project, token });
  expect(back.id).toBe(id);
  const alarm = await inside(project, (_, { storage }) => storage.getAlarm());
  // The one alarm there is belongs to the moderator's token.
  expect(alarm).toBeGreaterThan(until);
});

test("[M6] an address ban keeps its guests out under every identity", async () => {
  const project = newProject();
  const moderator = await join(project, "moderator");
  const from = (address: string) => ({
    headers: { "CF-Connecting-IP": address },
  });
  const home = from("203.0.113.7");
  const guest = await TestMember.join({ project, ...home });
  const neighbour = await TestMember.join({ project, ...home });
  const stranger = await TestMember.join({ project, ...from("203.0.113.8") });
  const token = await sign(project, { sub: "u1" });
  const signed = await TestMember.join({ project, ...home, token });
  await enforce(moderator, "ban", { member: guest.id, address: true });
  expect((await guest.closed).code).toBe(4403);
  expect((await neighbour.closed).code).toBe(4403);
  await evict(project);
  expect(await refused({ project, ...home })).toEqual(BANNED);
  const other = stranger.token;
  expect(await refused({ project, ...home, token: other })).toEqual(BANNED);
  const post = { method: "POST", body: { text: "hi" }, ...home };
  expect((await http(project, "messages", post)).status).toBe(403);
  expect((await http(project, "messages", home)).status).toBe(403);
  // Members are known by name, and others by other addresses.
  expect(await signed.send("hi")).toMatchObject({ type: "message" });
  expect(await stranger.send("hi")).toMatchObject({ type: "message" });
  const rows = await inside(project, (_, { storage: { sql } }) =>
    ["sanctions", "audit", "changes"].map((table) =>
      JSON.stringify(sql.exec(`SELECT * FROM ${table}`).toArray()),
    ),
  );
  expect(rows.join()).not.toContain("203.0.113");
  await enforce(moderator, "unban", { member: guest.id });
  const back = await TestMember.join({ project, ...home });
  expect(await back.send("hi")).toMatchObject({ type: "message" });
});

test("[M7] who was kicked may come back, and the others saw who did it", async () => {
  const { project, moderator, guest } = await lobby();
  const { id, token } = guest;
  const event = await enforce(moderator, "kick", { member: id, reason: "욕" });
  expect(event).toMatchObject({ by: { id: "moderator" }, reason: "욕" });
  expect(await guest.nextOf("error")).toMatchObject({ code: "forbidden" });
  expect((await guest.closed).code).toBe(4403);
  const back = await TestMember.join({ project, token });
  expect(await back.send("sorry")).toMatchObject({ author: { id } });
});

test("[M7] nobody is kicked who is not here", async () => {
  const { moderator } = await lobby();
  const nonce = "k";
  const kick = { type: "moderate", action: "kick", member: "nobody", nonce };
  expect(await moderator.ask(kick)).toMatchObject({ code: "not_found", nonce });
});

test("[M4] auth is banned, too, and changes nothing", async () => {
  const { project, moderator } = await lobby();
  await enforce(moderator, "ban", { member: "u1", reason: "spam" });
  // The ban of a moderator does not bind an owner, until they are one no more.
  const owner = await join(project, "owner", { sub: "u1" });
  const token = await sign(project, { sub: "u1", role: "member" });
  await evict(project);
  owner.command({ type: "auth", token });
  expect(await owner.nextOf("error")).toMatchObject({ code: "banned" });
  expect((await owner.send("hi")).author.role).toBe("owner");
});

test("[M4] an auth that is on its way does not outlive a ban", async () => {
  const { project, guest } = await lobby();
  const member = await join(project, "member", { sub: "u1" });
  const owner = await sign(project, { sub: "boss", role: "owner" });
  const token = await sign(project, { sub: "u1", name: "u1" });
  await inside(project, async (object, state) => {
    const mine = state
      .getWebSockets()
      .find((socket) => socket.deserializeAttachment().member.id === "u1");
    if (!mine) throw new Error("Cannot find the socket");
    const hear = (frame: object) =>
      object.webSocketMessage(mine, JSON.stringify(frame));
    const [type, action] = ["moderate", "ban"] as const;
    const command = { type, action, member: "u1", nonce: "b" };
    await Promise.all([
      hear({ type: "auth", token }),
      object.post({ token: owner }, { room: "lobby", command }),
      hear({ type: "auth", token }),
    ]);
    await hear({ type: "send", nonce: "n", text: "ghost" });
  });
  expect((await member.closed).code).toBe(4403);
  const seen = await guest.settled();
  expect(seen.map(({ type }) => type)).not.toContain("message");
});

test("[M4] a ban looks up whom it may mean, not everybody who is here", async () => {
  const { project, moderator, guest } = await lobby();
  const headers = { "CF-Connecting-IP": "203.0.113.7" };
  for (let count = 0; count < 20; count++) {
    await TestMember.join({ project, ...(count % 2 && { headers }) });
  }
  const look = vi.spyOn(Database.prototype, "all");
  await enforce(moderator, "ban", { member: guest.id, address: true });
  const looks = look.mock.calls.filter(([query]) => query.includes("subject"));
  look.mockRestore();
  // The moderator's own, for the act; the member's, once it is imposed; and no crowd's.
  expect(looks.length).toBeLessThan(10);
});

test("[M3] who is muted says nothing by coming in under another name", async () => {
  const { project, moderator, guest } = await lobby();
  const { token } = guest;
  await enforce(moderator, "mute", { member: guest.id });
  await evict(project);
  const tab = await TestMember.join({ project, token, nickname: "욕설" });
  expect(tab.welcome.you.nickname).toBe("철수");
  guest.close();
  tab.close();
  await vi.advanceTimersByTimeAsync(10_000);
  const again = await TestMember.join({ project, token, nickname: "욕설" });
  expect(again.welcome.you.nickname).toBe("철수");
  await enforce(moderator, "unmute", { member: guest.id });
  const free = await TestMember.join({ project, token, nickname: "영희" });
  expect(free.welcome.you.nickname).toBe("영희");
});
