/** Images of messages: stored whole or not at all, and gone with their message. */
import { afterEach, expect, test, vi } from "vitest";
import type { MessageFile } from "../../src/protocol/mod.ts";
import { readFile, storeFile } from "../../src/server/log/files.ts";
import { append } from "../../src/server/room/append.ts";
import { Database } from "../../src/server/storage/database.ts";
import { AVIF, GIF, JPEG, png, WEBP_LOSSY } from "./support/images.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";
import { roomStoreOf } from "./support/room_store.ts";
import { bearer, sign } from "./support/tokens.ts";

afterEach(() => {
  vi.useRealTimers();
});

interface Sent {
  body: BodyInit;
  type?: string;
  token?: string;
  length?: number;
}

async function scene() {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const project = newProject();
  const member = await TestMember.join({ project, nickname: "철수" });
  const post = ({ body, type, token = member.token, length }: Sent) =>
    request(`/project/${project}/files`, {
      method: "POST",
      body,
      headers: {
        ...(token && bearer(token)),
        ...(type !== undefined && { "Content-Type": type }),
        ...(length !== undefined && { "Content-Length": String(length) }),
      },
    });
  const upload = async (body: Uint8Array, token?: string) => {
    const response = await post({ body, ...(token && { token }) });
    expect(response.status).toBe(201);
    return await response.json<MessageFile>();
  };
  const load = (key: string) => request(`/project/${project}/files/${key}`);
  const send = (file: unknown, text = "", by = member) =>
    by.ask({ type: "send", nonce: crypto.randomUUID(), text, file });
  return { project, member, post, upload, load, send };
}

function rows(project: string): Promise<number[]> {
  return inside(project, (_, { storage }) => {
    const database = new Database(storage);
    return ["files", "file_parts"].map(
      (table) => database.all(`SELECT 1 AS one FROM ${table}`).length,
    );
  });
}

test("[B1] [B3] [B4] an image is uploaded, sent and loaded", async () => {
  const { project, member, upload, load, send } = await scene();
  const image = png(700_000);
  const file = await upload(image);
  expect(file).toEqual({
    key: expect.stringMatching(/^[A-Za-z0-9_-]{24}$/),
    type: "image/png",
    bytes: image.length,
    width: 640,
    height: 480,
  });
  // Nobody hosts anything here that they do not say.
  expect((await load(file.key)).status).toBe(404);
  await evict(project);
  const reader = await TestMember.join({ project });
  const sent = await send(file.key);
  expect(sent).toMatchObject({ type: "message", text: "", file });
  expect(await reader.nextOf("message")).toEqual(sent);
  await evict(project);
  const response = await load(file.key);
  expect(response.status).toBe(200);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(image);
  const { headers } = response;
  expect(Object.fromEntries(headers)).toMatchObject({
    "content-type": "image/png",
    "content-disposition": 'inline; filename="image.png"',
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "cache-control": "private, max-age=31536000, immutable",
  });
  const late = await TestMember.join({ project });
  expect(late.backfill).toEqual([sent]);
  expect(member.welcome.limits.file).toBe(1_048_576);
});

test("[B2] all kinds of images are taken, whatever the upload calls them", async () => {
  const { post } = await scene();
  for (const [body, type] of [
    [png(), "image/png"],
    [JPEG, "image/jpeg; q=1"],
    [GIF, undefined],
    [WEBP_LOSSY, "IMAGE/WEBP"],
    [AVIF, "application/octet-stream"],
  ] as const) {
    const response = await post({ body, ...(type && { type }) });
    expect(response.status).toBe(201);
    await response.arrayBuffer();
  }
});

test.each([
  ["no image", { body: "<html></html>" }, 400, "bad_request"],
  ["nothing", { body: "" }, 400, "bad_request"],
  ["a drawing", { body: "<svg/>", type: "image/svg+xml" }, 400, "bad_request"],
  ["a lie", { body: GIF, type: "image/png" }, 400, "bad_request"],
  [
    "a page that it is not",
    { body: GIF, type: "text/html" },
    400,
    "bad_request",
  ],
  ["half of one", { body: png().slice(0, 60) }, 400, "bad_request"],
  ["less than announced", { body: GIF, length: 999 }, 400, "bad_request"],
  ["too much", { body: png(1_048_576) }, 413, "too_large"],
  ["too much, announced", { body: GIF, length: 2e6 }, 413, "too_large"],
  ["nobody's", { body: GIF, token: "" }, 401, "unauthorized"],
  ["a forger's", { body: GIF, token: "forged" }, 401, "unauthorized"],
] as [string, Sent, number, string][])(
  "[B2] [B1] %s is refused and nothing is stored",
  async (_, sent, status, code) => {
    const { project, post } = await scene();
    const response = await post(sent);
    expect(response.status).toBe(status);
    await expect(response.json()).resolves.toMatchObject({ code });
    expect(await rows(project)).toEqual([0, 0]);
  },
);

test("[B1] an upload that does not end is cut off", async () => {
  const { project, post } = await scene();
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
  });
  const response = await post({ body: endless });
  expect(response.status).toBe(413);
  expect(pulled).toBeLessThan(64);
  expect(await rows(project)).toEqual([0, 0]);
});

test("[B3] a file is for one message of its uploader", async () => {
  const { project, member, upload, send } = await scene();
  const other = await TestMember.join({ project, nickname: "영희" });
  const { key } = await upload(GIF);
  for (const [file, by, code] of [
    [key, other, "not_found"],
    ["x".repeat(24), member, "not_found"],
    ["x", member, "bad_request"],
    [1, member, "bad_request"],
    [undefined, member, "bad_request"],
  ] as const) {
    expect(await send(file, "", by)).toMatchObject({ type: "error", code });
  }
  const asked = { type: "send", nonce: "n", text: " 보세요 ", file: key };
  const sent = await member.ask(asked);
  expect(sent).toMatchObject({ seq: 1, text: " 보세요 ", file: { key } });
  await evict(project);
  expect(await member.ask({ ...asked, retry: true })).toEqual(sent);
  expect(await send(key)).toMatchObject({ code: "not_found" });
  const edited = await member.ask({
    type: "edit",
    nonce: "e",
    seq: 1,
    text: "x",
  });
  expect(edited).toMatchObject({ type: "edited" });
  member.command({ type: "history" });
  expect((await member.nextOf("history")).messages).toMatchObject([
    { text: "x", file: { key } },
  ]);
});

test("[B5] a file is gone with its message", async () => {
  const { project, member, upload, load, send } = await scene();
  const { epoch } = member.welcome;
  const { key } = await upload(png(300_000));
  await send(key, "보세요");
  await evict(project);
  await member.ask({ type: "delete", nonce: "d", seq: 1 });
  expect(await rows(project)).toEqual([0, 0]);
  expect((await load(key)).status).toBe(404);
  const late = await TestMember.join({ project, epoch, after: 0 });
  expect(late.backfill[0]).not.toHaveProperty("file");
});

test("[B5] [M8] a purge takes the files with it", async () => {
  const { project, member, upload, load, send } = await scene();
  const { key } = await upload(GIF);
  await send(key);
  const token = await sign(project, { role: "moderator", name: "m" });
  const moderator = await TestMember.join({ project, token });
  const act = { type: "moderate", action: "purge", member: member.id };
  expect(await moderator.ask({ ...act, nonce: "p" })).toMatchObject({
    type: "moderated",
  });
  expect((await load(key)).status).toBe(404);
  expect(await rows(project)).toEqual([0, 0]);
});

test("[B5] [L4] a file is gone when its message is no longer kept", async () => {
  await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    const store = roomStoreOf(database, { room: "small", historyLimit: 3 });
    const by = {
      id: "g_a",
      nickname: "a",
      role: "guest",
      guest: true,
    } as const;
    const say = (nonce: string, fields: object) => {
      const command = { type: "send", nonce, text: "a", ...fields } as const;
      const asked = { by, command, now: 1_000, full: false };
      expect(append(store, asked).kind).toBe("appended");
    };
    const file = storeFile(database, {
      member: by.id,
      facts: { type: "image/gif", width: 1, height: 1 },
      data: new ArrayBuffer(300_000),
      now: 1_000,
      limit: 1e6,
    });
    if ("code" in file) throw new Error(file.message);
    say("0", { file: file.key });
    for (let n = 1; n < 3; n++) say(`${n}`, {});
    expect(readFile(database, file.key)?.data.length).toBe(300_000);
    say("3", {});
    expect(readFile(database, file.key)).toBeUndefined();
    expect(database.all("SELECT key FROM file_parts")).toEqual([]);
  });
});

test("[B6] a file that no message took is dropped after an hour", async () => {
  const { project, upload, send } = await scene();
  const [lost, kept] = [await upload(png()), await upload(GIF)];
  await send(kept.key);
  vi.setSystemTime(Date.now() + 3_600_000);
  await upload(GIF);
  expect((await rows(project))[0]).toBe(3);
  vi.setSystemTime(Date.now() + 1);
  await evict(project);
  await upload(GIF);
  expect((await rows(project))[0]).toBe(3);
  expect(await send(lost.key)).toMatchObject({ code: "not_found" });
});

test("[B6] ten files of one member may wait", async () => {
  const { project, post, upload, send } = await scene();
  const first = await upload(GIF);
  for (let n = 1; n < 10; n++) await upload(GIF);
  await evict(project);
  const refused = await post({ body: GIF });
  await expect(refused.json()).resolves.toMatchObject({ code: "rejected" });
  const other = await TestMember.join({ project });
  await upload(GIF, other.token);
  await send(first.key);
  await upload(GIF);
});

test("[B7] a project has a budget, and what was deleted counts no longer", async () => {
  await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    const store = (size: number, limit: number) =>
      storeFile(database, {
        member: `g_${crypto.randomUUID()}`,
        facts: { type: "image/gif", width: 1, height: 1 },
        data: new ArrayBuffer(size),
        now: 1_000,
        limit,
      });
    expect(store(10_000, 9_999)).toMatchObject({ code: "storage_full" });
    expect(store(10_000, 10_000)).toMatchObject({ bytes: 10_000 });
    expect(store(1, 14_095)).toMatchObject({ code: "storage_full" });
    expect(store(1, 14_096)).toMatchObject({ bytes: 1 });
    database.run("DELETE FROM files");
    expect(store(10_000, 10_000)).toMatchObject({ bytes: 10_000 });
  });
});

test("[B1] an upload is one row and one for each 256 KiB", async () => {
  const { project, upload, send } = await scene();
  await send(undefined, "the room begins");
  const cost = async (act: () => Promise<unknown>) => {
    const before = await statsOf(project);
    await act();
    return (await statsOf(project)).rowsWritten - before.rowsWritten;
  };
  let key = "";
  const up = async () => {
    ({ key } = await upload(png(600_000)));
  };
  expect(await cost(up)).toBe(4);
  expect(await cost(() => send(key))).toBe(2);
});
