import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { newProject, request, TestMember, upgrade } from "./support/member.ts";

const BAD_IDS = [
  "",
  "-a",
  "_a",
  "a b",
  "a.b",
  "..",
  "a/b",
  "é",
  "x".repeat(65),
];
const GOOD_IDS = ["a", "42", "A-b_c", "x".repeat(64)];
const BAD_ROOMS = ["", "-a", "_a", "a b", "a/b", "a.b", "🎉", "x".repeat(65)];

/** What a client that offered our subprotocol is told when it is refused. */
async function refusal(response: Response) {
  expect(response.status).toBe(101);
  const socket = response.webSocket;
  if (!socket) throw new Error("Cannot read refusal: no socket came back");
  const event = new Promise<unknown>((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      resolve(JSON.parse(String(data)));
    });
  });
  const close = new Promise<number>((resolve) => {
    socket.addEventListener("close", ({ code }) => resolve(code));
  });
  socket.accept();
  return { event: await event, code: await close };
}

test.each(GOOD_IDS)("[U1] %s is a project id", async (project) => {
  const member = await TestMember.join({ project, room: newProject() });
  expect(member.welcome.project).toBe(project);
});

test.each(BAD_IDS)("[U1] %j is no project id", async (project) => {
  const response = await upgrade({
    project: encodeURIComponent(project),
    protocols: [],
  });
  // An empty segment or a dot segment is another route altogether.
  expect(["", ".."].includes(project) ? 404 : 400).toBe(response.status);
  await expect(response.json()).resolves.toMatchObject({
    code: response.status === 404 ? "not_found" : "bad_request",
  });
});

test("[U1] an encoded slash does not reach another route", async () => {
  const response = await request("/project/a%2Fchat");
  expect(response.status).toBe(400);
});

test("[U2] a room name is normalised to NFC", async () => {
  const project = newProject();
  const nfd = await TestMember.join({
    project,
    room: "한국어".normalize("NFD"),
  });
  const nfc = await TestMember.join({ project, room: "한국어" });
  expect(nfd.welcome.room).toBe("한국어");
  const sent = await nfc.send("하나의 방");
  expect(await nfd.nextOf("message")).toEqual(sent);
});

test("[U2] a connection that names no room joins the lobby", async () => {
  const member = await TestMember.join({ project: newProject() });
  expect(member.welcome.room).toBe("lobby");
});

test.each(BAD_ROOMS)("[U2] %j is no room name", async (room) => {
  const response = await upgrade({ project: "42", room, protocols: [] });
  expect(response.status).toBe(400);
  await expect(response.json()).resolves.toMatchObject({ code: "bad_request" });
});

test("[U3] only project-chat.v1 is echoed", async () => {
  const project = newProject();
  const { token } = await TestMember.join({ project });
  const response = await upgrade({ project, token });
  response.webSocket?.accept();
  expect(response.headers.get("Sec-WebSocket-Protocol")).toBe(
    "project-chat.v1",
  );
  expect(JSON.stringify([...response.headers])).not.toContain(token);
});

test("[U4] a client without subprotocols is served version 1", async () => {
  const response = await upgrade({ project: newProject(), protocols: [] });
  expect(response.status).toBe(101);
  expect(response.headers.has("Sec-WebSocket-Protocol")).toBe(false);
  if (!response.webSocket) throw new Error("Cannot join: no socket");
  const member = new TestMember(response.webSocket);
  await member.arrive();
  expect(member.welcome.protocol).toBe(1);
});

test("[U4] another version is refused", async () => {
  const response = await upgrade({
    project: "42",
    protocols: ["project-chat.v2"],
  });
  expect(response.status).toBe(400);
});

test("[U5] a token comes in the Authorization header", async () => {
  const project = newProject();
  const first = await TestMember.join({ project });
  const response = await request(`/project/${project}/chat`, {
    headers: { Upgrade: "websocket", Authorization: `Bearer ${first.token}` },
  });
  if (!response.webSocket) throw new Error("Cannot join: no socket");
  const second = new TestMember(response.webSocket);
  await second.arrive();
  expect(second.id).toBe(first.id);
});

test("[U5] a token in the URL is not read", async () => {
  const project = newProject();
  const first = await TestMember.join({ project });
  const response = await request(
    `/project/${project}/chat?token=${first.token}`,
    { headers: { Upgrade: "websocket" } },
  );
  if (!response.webSocket) throw new Error("Cannot join: no socket");
  const second = new TestMember(response.webSocket);
  await second.arrive();
  expect(second.id).not.toBe(first.id);
});

test.each([
  ["the scheme alone", { Authorization: "Bearer" }],
  ["a space in the token", { Authorization: "Bearer to ken" }],
  ["two of them", { Authorization: "bearer a, Bearer b" }],
  ["an empty subprotocol", { "Sec-WebSocket-Protocol": "bearer." }],
])("[U5] [I8] %s is no guest's way in", async (_, shown) => {
  const INVALID = {
    code: "unauthorized",
    message: "Token is not valid here",
  };
  const project = newProject();
  const headers = { Upgrade: "websocket", ...shown };
  const response = await request(`/project/${project}/chat`, { headers });
  expect(response.status).toBe(401);
  await expect(response.json()).resolves.toEqual(INVALID);
  const read = await request(`/project/${project}/messages`, {
    headers: shown,
  });
  expect(read.status).toBe(401);
});

test("[U7] [I8] a browser that shows an empty token is told so", async () => {
  const protocols = ["project-chat.v1", "bearer."];
  const { event, code } = await refusal(
    await upgrade({ project: newProject(), protocols }),
  );
  expect(event).toMatchObject([{ type: "error", code: "unauthorized" }]);
  expect(code).toBe(4401);
});

test("[U5] several spaces before a token are fine, and Basic is a proxy's", async () => {
  const project = newProject();
  const first = await TestMember.join({ project });
  const ids = [];
  for (const Authorization of [`bearer   ${first.token}`, "Basic dTpw", ""]) {
    const headers = { Upgrade: "websocket", Authorization };
    const response = await request(`/project/${project}/chat`, { headers });
    if (!response.webSocket) throw new Error("Cannot join: no socket");
    const member = new TestMember(response.webSocket);
    await member.arrive();
    ids.push(member.id);
  }
  expect(ids[0]).toBe(first.id);
  expect(new Set(ids).size).toBe(3);
});

test("[U6] a plain request is told to upgrade", async () => {
  const response = await request("/project/42/chat");
  expect(response.status).toBe(426);
  expect(response.headers.get("Upgrade")).toBe("websocket");
  await expect(response.json()).resolves.toMatchObject({ code: "bad_request" });
});

test("[U6] a bad token is 401 to a plain client", async () => {
  const response = await request(`/project/${newProject()}/chat`, {
    headers: { Upgrade: "websocket", Authorization: "Bearer nonsense" },
  });
  expect(response.status).toBe(401);
  await expect(response.json()).resolves.toMatchObject({
    code: "unauthorized",
  });
});

test("[U7] a browser is told on a socket why it is refused", async () => {
  const bad = await refusal(await upgrade({ project: "42", room: "a b" }));
  expect(bad.event).toMatchObject([{ type: "error", code: "bad_request" }]);
  expect(bad.code).toBe(4400);
  const token = await refusal(
    await upgrade({ project: newProject(), token: "nonsense" }),
  );
  expect(token.event).toMatchObject([{ type: "error", code: "unauthorized" }]);
  expect(token.code).toBe(4401);
});

test.each([
  "epoch=e",
  "after=1",
  "epoch=&after=1",
  "epoch=e&after=-1",
  "epoch=e&after=1.5",
  "epoch=e&after=1e3",
  "epoch=e&after=9999999999999999",
  `epoch=${"e".repeat(65)}&after=1`,
])("[U8] %s is no cursor", async (query) => {
  const response = await request(`/project/42/chat?${query}`, {
    headers: { Upgrade: "websocket" },
  });
  expect(response.status).toBe(400);
});

test("[U9] what the Worker refuses wakes no project", async () => {
  const project = newProject();
  for (const query of ["room=a%20b", "nickname=%20", "epoch=e"]) {
    const response = await request(`/project/${project}/chat?${query}`, {
      headers: { Upgrade: "websocket" },
    });
    expect(response.status).toBe(400);
  }
  const { listDurableObjectIds } = await import("cloudflare:test");
  const ids = await listDurableObjectIds(env.PROJECTS);
  const mine = env.PROJECTS.idFromName(project);
  expect(ids.some((id) => id.equals(mine))).toBe(false);
});
