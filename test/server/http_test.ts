import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Message } from "../../src/protocol/mod.ts";
import type { Account, Stats } from "../../src/server/storage/meter.ts";
import app from "../../src/server/worker.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";
import { bearer, sign } from "./support/tokens.ts";

function post(
  project: string,
  options: { body: unknown; headers?: Record<string, string>; query?: string },
): Promise<Response> {
  const { body, headers = {}, query = "" } = options;
  return request(`/project/${project}/messages${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

test("[W1] healthz answers without a project", async () => {
  const response = await request("/healthz");
  await expect(response.json()).resolves.toEqual({ ok: true });
});

test("[W2] rooms are listed with head, online and last activity", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, room: "잡담" });
  const { at } = await a.send("hi");
  await evict(project);
  const response = await request(`/project/${project}/rooms`);
  await expect(response.json()).resolves.toEqual({
    rooms: [{ room: "잡담", head: 1, online: 1, at, count: 1 }],
  });
});

test("[W3] messages are paged, with an ETag", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  for (let n = 1; n <= 5; n++) await a.send(`${n}`);
  const path = `/project/${project}/messages?limit=2&before=5`;
  const response = await request(path);
  await expect(response.json()).resolves.toMatchObject({
    messages: [{ seq: 3 }, { seq: 4 }],
    more: true,
    epoch: a.welcome.epoch,
    head: 5,
  });
  const etag = response.headers.get("ETag") ?? "";
  await evict(project);
  const again = await request(path, { headers: { "If-None-Match": etag } });
  expect(again.status).toBe(304);
  const weak = `"x", W/${etag}`;
  const known = await request(path, { headers: { "If-None-Match": weak } });
  expect(known.status).toBe(304);
  await a.ask({ type: "edit", nonce: "e", seq: 3, text: "three" });
  const changed = await request(path, { headers: { "If-None-Match": etag } });
  expect(changed.status).toBe(200);
});

test("[W3] [H1] a page begins at any seq that a frame may name", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  await a.send("one");
  const seqs = async (query: string) => {
    const response = await request(`/project/${project}/messages?${query}`);
    const { messages } = await response.json<{ messages: Message[] }>();
    return messages.map(({ seq }) => seq);
  };
  expect(await seqs("before=9007199254740991")).toEqual([1]);
  expect(await seqs("around=9007199254740991")).toEqual([1]);
  expect(await seqs("after=9007199254740991")).toEqual([]);
});

test.each([
  "before=9007199254740992",
  "limit=0",
  "limit=101",
  "limit=x",
  "before=0",
  "before=-1",
  "before=3&after=1",
  "around=x",
  "after=",
  "room=a/b",
])("[W3] messages?%s is refused", async (query) => {
  const response = await request(`/project/42/messages?${query}`);
  expect(response.status).toBe(400);
  const { message } = await response.json<{ message: string }>();
  expect(message).toContain(query.split("=")[0] === "room" ? "Room" : "before");
});

test("[W4] a message comes by HTTP once, however often it is sent", async () => {
  const project = newProject();
  const reader = await TestMember.join({ project });
  const headers = { "Idempotency-Key": "bot-1" };
  const body = { text: "빌드 성공 🎉", nickname: "CI" };
  const first = await post(project, { body, headers });
  expect(first.status).toBe(201);
  const message = await first.json<Message>();
  expect(message).toMatchObject({ seq: 1, nonce: "bot-1", text: body.text });
  expect(message.author.nickname).toBe("CI");
  expect(await reader.nextOf("message")).toEqual(message);
  await evict(project);
  const second = await post(project, { body, headers });
  expect(second.status).toBe(201);
  await expect(second.json()).resolves.toEqual(message);
  const other = await post(project, { body: { text: "else" }, headers });
  expect(other.status).toBe(409);
  await expect(other.json()).resolves.toMatchObject({ code: "nonce_conflict" });
});

test("[W4] a guest's token makes it the guest's message", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "철수" });
  const response = await post(project, {
    body: { text: "HTTP로" },
    headers: { Authorization: `Bearer ${a.token}` },
  });
  await expect(response.json()).resolves.toMatchObject({
    author: { id: a.id, nickname: "철수" },
  });
});

test("[W4] [N9] who is here posts under the name they have", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "kim" });
  const response = await post(project, {
    body: { text: "hi", nickname: "lee" },
    headers: { Authorization: `Bearer ${a.token}` },
  });
  await expect(response.json()).resolves.toMatchObject({
    author: { id: a.id, nickname: "kim" },
  });
});

test("[W4] room and reply are taken from the request", async () => {
  const project = newProject();
  await post(project, { body: { text: "one" }, query: "?room=dev" });
  const reply = await post(project, {
    body: { text: "two", replyTo: 1 },
    query: "?room=dev",
  });
  await expect(reply.json()).resolves.toMatchObject({ seq: 2, replyTo: 1 });
  const lost = await post(project, { body: { text: "x", replyTo: 1 } });
  expect(lost.status).toBe(404);
});

test.each([
  ["{", 400, "bad_request"],
  ["[]", 400, "bad_request"],
  ["null", 400, "bad_request"],
  [{}, 400, "bad_request"],
  [{ text: "" }, 400, "bad_request"],
  [{ text: "x", replyTo: "1" }, 400, "bad_request"],
  [{ text: "x", nickname: "" }, 400, "nickname_invalid"],
  [{ text: "x".repeat(4001) }, 413, "too_large"],
  [{ text: "x".repeat(33_000) }, 413, "too_large"],
])("[W4] [W8] a body like %j is refused", async (body, status, code) => {
  const project = newProject();
  const response = await post(project, { body });
  expect(response.status).toBe(status);
  await expect(response.json()).resolves.toMatchObject({ code });
  const rooms = await request(`/project/${project}/rooms`);
  await expect(rooms.json()).resolves.toEqual({ rooms: [] });
});

test("[W4] a malformed Idempotency-Key is refused", async () => {
  const headers = { "Idempotency-Key": "a b" };
  const response = await post(newProject(), { body: { text: "x" }, headers });
  expect(response.status).toBe(400);
});

test("[W5] members are who is here", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  await evict(project);
  const response = await request(`/project/${project}/members`);
  await expect(response.json()).resolves.toEqual({
    members: [{ id: a.id, nickname: "a", role: "guest", guest: true }],
  });
});

test("[W7] everything is exported, as lines", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project, room: "둘째" });
  for (let n = 0; n < 250; n++) {
    a.command({ type: "send", nonce: `${n}`, text: `${n}` });
  }
  await a.settled();
  await b.send("여기도");
  await evict(project);
  const response = await request(`/project/${project}/export`);
  expect(response.headers.get("Content-Type")).toContain(
    "application/x-ndjson",
  );
  const text = new TextDecoder().decode(await response.arrayBuffer());
  const lines = text.trim().split("\n");
  const events = lines.map((line) => JSON.parse(line));
  expect(events).toHaveLength(251);
  expect(events[0]).toMatchObject({
    room: "lobby",
    event: { seq: 1, text: "0" },
  });
  expect(events[250]).toMatchObject({
    room: "둘째",
    event: { text: "여기도" },
  });
});

test("[W10] stats count what the bill is made of", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  await TestMember.join({ project });
  const read = async () =>
    (await request(`/project/${project}/stats`)).json<Stats>();
  await a.settled();
  const before = await read();
  await a.send("hi");
  const after = await read();
  const used = (name: keyof Account) => after.total[name] - before.total[name];
  expect(after).toMatchObject({ total: { joins: 2 }, sockets: 2 });
  expect(used("framesReceived")).toBe(1);
  expect(used("messages")).toBe(1);
  expect(used("framesSent")).toBe(2);
  // The row of the message, and once the row and the name of its room.
  expect(used("rowsWritten")).toBe(3);
  expect(after.bytesStored).toBeGreaterThan(0);
  await evict(project);
  expect(await read()).toMatchObject({
    total: { joins: 2, messages: 1 },
    wake: { joins: 0, messages: 0 },
    sockets: 2,
  });
});

/** Every path, an example of it, and the methods it has. */
const PATHS = [
  ["/healthz", "/healthz", "GET, HEAD"],
  ["/project/:id", "/project/42", "GET, HEAD"],
  ["/project/:id/audit", "/project/42/audit", "GET, HEAD"],
  ["/project/:id/challenge", "/project/42/challenge", "GET, HEAD, POST"],
  ["/project/:id/chat", "/project/42/chat", "GET, HEAD"],
  ["/project/:id/export", "/project/42/export", "GET, HEAD"],
  ["/project/:id/files", "/project/42/files", "POST"],
  ["/project/:id/files/:key", "/project/42/files/k", "GET, HEAD"],
  ["/project/:id/members", "/project/42/members", "GET, HEAD"],
  ["/project/:id/messages", "/project/42/messages", "GET, HEAD, POST"],
  ["/project/:id/messages/:seq", "/project/42/messages/1", "PATCH, DELETE"],
  [
    "/project/:id/messages/:seq/reactions/:emoji",
    "/project/42/messages/1/reactions/x",
    "PUT, DELETE",
  ],
  ["/project/:id/moderation", "/project/42/moderation", "POST"],
  ["/project/:id/reports", "/project/42/reports", "GET, HEAD"],
  ["/project/:id/reports/:report", "/project/42/reports/1", "DELETE"],
  ["/project/:id/revoke", "/project/42/revoke", "POST"],
  ["/project/:id/rooms", "/project/42/rooms", "GET, HEAD"],
  ["/project/:id/sanctions", "/project/42/sanctions", "GET, HEAD"],
  ["/project/:id/search", "/project/42/search", "GET, HEAD"],
  ["/project/:id/settings", "/project/42/settings", "GET, HEAD, PATCH"],
  ["/project/:id/stats", "/project/42/stats", "GET, HEAD"],
] as const;

test("[W8] every path is in the table of methods", () => {
  const known = app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ path }) => path);
  expect([...new Set(known)].sort()).toEqual(PATHS.map(([path]) => path));
});

test.each(PATHS)("[W8] %s has its methods only", async (_, path, allow) => {
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
  const others = methods.filter((method) => !allow.includes(method));
  for (const method of others) {
    const response = await request(path, { method });
    expect({ method, status: response.status }).toEqual({
      method,
      status: 405,
    });
    expect(response.headers.get("Allow")).toBe(allow);
    expect(await response.json()).toEqual({
      code: "bad_request",
      message: `Method must be one of ${allow}`,
    });
  }
});

test.each([
  "/nothing",
  "/project",
  "/project/42/nothing",
  "/project/42/chat/x",
])("[W8] %s is 404", async (path) => {
  const response = await request(path);
  expect(response.status).toBe(404);
  await expect(response.json()).resolves.toMatchObject({ code: "not_found" });
});

test("[W9] the page and the answers carry security headers", async () => {
  const page = await env.ASSETS.fetch("https://chat.example/project.html");
  for (const response of [
    page,
    await request("/healthz"),
    await request("/x"),
  ]) {
    expect(response.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(response.headers.get("Referrer-Policy")).toBeTruthy();
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe-");
  }
});

test("[W9] the page is served for every project", async () => {
  const response = await request("/project/42");
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toContain("text/html");
});

test.each(["POST /messages", "PATCH /settings", "POST /revoke"])(
  "[F2] a body of %s that does not end is cut off",
  async (route) => {
    const [method = "", path] = route.split(" ");
    const project = newProject();
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        // It would end at 16 MiB.
        if (pulled > 256) return controller.close();
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const response = await request(`/project/${project}${path}`, {
      method,
      headers: bearer(await sign(project, { role: "owner" })),
      body: endless,
    });
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(16);
  },
);

test("[W4] a nonce that everybody can read makes nobody the same guest elsewhere", async () => {
  const project = newProject();
  const post = async (room: string) => {
    const response = await request(
      `/project/${project}/messages?room=${room}`,
      {
        method: "POST",
        headers: { "Idempotency-Key": "seen-by-all" },
        body: '{"text":"hi","nickname":"철수"}',
      },
    );
    const { author } = await response.json<Message>();
    return author.id;
  };
  const id = await post("lobby");
  expect(await post("lobby")).toBe(id);
  expect(await post("other")).not.toBe(id);
});
