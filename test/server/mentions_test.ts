/** Who is meant by a message: stored by id, in the room's order like everything else. */
import { expect, test } from "vitest";
import type { Message } from "../../src/protocol/mod.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";

async function pair() {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "철수" });
  const b = await TestMember.join({ project, nickname: "영희" });
  await a.nextOf("joined");
  const say = (mentions: unknown, nonce: string = crypto.randomUUID()) =>
    a.ask({ type: "send", nonce, text: "@영희 안녕", mentions });
  return { project, a, b, say };
}

async function newest(member: TestMember): Promise<Message | undefined> {
  member.command({ type: "history", limit: 1 });
  return (await member.nextOf("history")).messages[0];
}

function stored(project: string): Promise<unknown[]> {
  return inside(project, (_, { storage }) =>
    storage.sql.exec("SELECT member, seq FROM mentions").toArray(),
  );
}

test("[Y1] a mention is stored by id, with the name of then", async () => {
  const { project, a, b, say } = await pair();
  await evict(project);
  const mentions = [{ id: b.id, nickname: "영희" }];
  const sent = await say([b.id, b.id], "m");
  expect(sent).toMatchObject({ type: "message", mentions });
  expect(await b.nextOf("message")).toEqual(sent);
  b.command({ type: "rename", nickname: "Young" });
  await b.nextOf("renamed");
  await evict(project);
  expect(await newest(a)).toMatchObject({ mentions });
  expect(await say([b.id, b.id], "m")).toEqual(sent);
  expect(await stored(project)).toEqual([{ member: b.id, seq: 1 }]);
});

test("[Y1] who has written lately may be meant after they left", async () => {
  const { project, a, b, say } = await pair();
  await b.send("bye");
  b.close(1000);
  await a.nextOf("left");
  await evict(project);
  expect(await say([b.id])).toMatchObject({
    mentions: [{ id: b.id, nickname: "영희" }],
  });
  for (let n = 0; n < 100; n++) await a.send(`${n}`);
  expect(await say([b.id])).toMatchObject({ code: "not_found" });
});

test("[Y1] nobody may be meant, and oneself without a note", async () => {
  const { project, a, b, say } = await pair();
  expect(await say([])).not.toHaveProperty("mentions");
  expect(await say([a.id])).toMatchObject({ mentions: [{ id: a.id }] });
  expect(await stored(project)).toEqual([]);
  const elsewhere = await TestMember.join({ project, room: "other" });
  await b.settled();
  for (const [mentions, code] of [
    [["g_nobody"], "not_found"],
    [[b.id, "g_nobody"], "not_found"],
    [[elsewhere.id], "not_found"],
    [[""], "bad_request"],
    [["m".repeat(129)], "bad_request"],
    [Array.from({ length: 21 }, (_, n) => `g_${n}`), "bad_request"],
    [b.id, "bad_request"],
    [{ length: 1 }, "bad_request"],
    [[1], "bad_request"],
  ] as const) {
    expect(await say(mentions)).toMatchObject({ type: "error", code });
  }
  expect(await b.settled()).toEqual([]);
  expect(await stored(project)).toEqual([]);
});

test("[Y2] an edit keeps the mentions, or brings others", async () => {
  const { project, a, b, say } = await pair();
  const c = await TestMember.join({ project, nickname: "민수" });
  const { epoch } = a.welcome;
  await say([b.id]);
  b.close(1000);
  await a.nextOf("left");
  const edit = (mentions?: unknown) =>
    a.ask({
      type: "edit",
      nonce: crypto.randomUUID(),
      seq: 1,
      text: "x",
      mentions,
    });
  await evict(project);
  expect(await edit()).not.toHaveProperty("mentions");
  expect(await newest(a)).toMatchObject({ mentions: [{ id: b.id }] });
  // Meant before, although long gone; and the same again is no change.
  expect(await edit([b.id])).not.toHaveProperty("mentions");
  const both = [
    { id: c.id, nickname: "민수" },
    { id: b.id, nickname: "영희" },
  ];
  expect(await edit([c.id, b.id])).toMatchObject({ mentions: both });
  expect(await edit(["g_nobody"])).toMatchObject({ code: "not_found" });
  expect(await newest(a)).toMatchObject({ mentions: both });
  expect(await edit([])).toMatchObject({ mentions: [] });
  // As who was there has it from the event.
  expect(await newest(a)).toMatchObject({ mentions: [] });
  await evict(project);
  expect(await stored(project)).toEqual([]);
  const late = await TestMember.join({ project, epoch, after: 1 });
  expect(
    late.backfill.map((event) => "mentions" in event && event.mentions),
  ).toEqual([false, false, [], []]);
});

test("[Y3] [C2] a deletion erases the mentions, and replies stay", async () => {
  const { project, a, b, say } = await pair();
  await say([b.id]);
  const reply = await b.send("네", { replyTo: 1 });
  await a.ask({ type: "delete", nonce: "d", seq: 1 });
  await evict(project);
  const late = await TestMember.join({ project });
  expect(late.backfill[0]).toEqual({
    type: "message",
    seq: 1,
    nonce: expect.any(String),
    at: expect.any(Number),
    author: { id: a.id, nickname: "철수", role: "guest", guest: true },
    text: "",
    deleted: true,
  });
  expect(late.backfill[1]).toEqual(reply);
  const rows = await inside(project, (_, { storage: { sql } }) =>
    JSON.stringify(sql.exec("SELECT body FROM changes").toArray()),
  );
  expect(rows).not.toContain("영희 안녕");
  expect(await stored(project)).toEqual([]);
});

test("[Y1] [W4] a bot means somebody by HTTP", async () => {
  const { project, b } = await pair();
  const post = (mentions: unknown) =>
    request(`/project/${project}/messages`, {
      method: "POST",
      body: JSON.stringify({ text: "@영희 build failed", mentions }),
    });
  const sent = await post([b.id]);
  await expect(sent.json()).resolves.toMatchObject({
    mentions: [{ id: b.id, nickname: "영희" }],
  });
  expect((await post(["g_nobody"])).status).toBe(404);
});
