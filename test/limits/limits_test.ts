/** Runs with the small limits of vitest.config.ts: 10 messages, 3 sockets, 150 kB, no rate. */

import { expect, test } from "vitest";
import { readConfig } from "../../src/server/config.ts";
import { GIF } from "../server/support/images.ts";
import {
  newProject,
  request,
  TestMember,
  upgrade,
} from "../server/support/member.ts";
import { evict } from "../server/support/project.ts";

test("[L4] [J4] [R2] the newest HISTORY_LIMIT messages are kept", async () => {
  const project = newProject();
  const writer = await TestMember.join({ project });
  for (let n = 1; n <= 25; n++) {
    await writer.send(`${n}`);
    if (n % 7 === 0) await evict(project);
  }
  const { epoch } = writer.welcome;
  const fresh = await TestMember.join({ project });
  expect(fresh.welcome).toMatchObject({ head: 25, oldest: 16 });
  expect(fresh.backfill.map(({ seq }) => seq)).toEqual([
    16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
  ]);
  fresh.close(1000);
  await fresh.closed;
  const kept = await TestMember.join({ project, epoch, after: 15 });
  expect(kept.welcome.resumed).toBe(true);
  kept.close(1000);
  await kept.closed;
  const trimmed = await TestMember.join({ project, epoch, after: 14 });
  expect(trimmed.welcome).toMatchObject({ resumed: false, reason: "trimmed" });
});

test("[U6] [U7] a full project takes no more sockets, and those it has go on", async () => {
  const project = newProject();
  const members = [];
  for (let n = 0; n < 3; n++) members.push(await TestMember.join({ project }));
  await evict(project);
  const plain = await upgrade({ project, protocols: [] });
  expect(plain.status).toBe(503);
  await expect(plain.json()).resolves.toMatchObject({ code: "room_full" });
  const browser = await upgrade({ project });
  expect(browser.status).toBe(101);
  const closed = new Promise((resolve) =>
    browser.webSocket?.addEventListener("close", ({ code }) => resolve(code)),
  );
  browser.webSocket?.accept();
  expect(await closed).toBe(4503);
  const [a, b] = members;
  const sent = await a?.send("still here");
  expect(await b?.nextOf("message")).toEqual(sent);
  b?.close(1000);
  await b?.closed;
  await TestMember.join({ project });
});

test("[S8] a full project refuses what is new, reads on and knows its retries", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  const first = await member.send("first", { nonce: "first" });
  let refused = 0;
  for (let n = 0; n < 30 && refused === 0; n++) {
    const answer = await member.ask({
      type: "send",
      nonce: `n${n}`,
      text: `${n} ${"가".repeat(3900)}`,
    });
    if (answer.type !== "error") continue;
    expect(answer).toMatchObject({ code: "storage_full", nonce: `n${n}` });
    refused++;
  }
  expect(refused).toBe(1);
  await evict(project);
  expect(await member.send("first", { nonce: "first", retry: true })).toEqual(
    first,
  );
  member.command({ type: "history" });
  expect((await member.nextOf("history")).messages.length).toBeGreaterThan(3);
  const posted = await request(`/project/${project}/messages`, {
    method: "POST",
    body: JSON.stringify({ text: "no room" }),
  });
  expect(posted.status).toBe(503);
  await expect(posted.json()).resolves.toMatchObject({ code: "storage_full" });
  const uploaded = await request(`/project/${project}/files`, {
    method: "POST",
    body: GIF,
    headers: { Authorization: `Bearer ${member.token}` },
  });
  await expect(uploaded.json()).resolves.toMatchObject({
    code: "storage_full",
  });
  expect(
    await member.ask({ type: "delete", nonce: "smaller", seq: 2 }),
  ).toMatchObject({ type: "deleted", target: 2 });
});

test("[L4] [R3] the edit of a message that is gone has no text", async () => {
  const project = newProject();
  const writer = await TestMember.join({ project });
  for (let n = 1; n <= 10; n++) await writer.send(`${n}`);
  await writer.ask({ type: "edit", nonce: "e", seq: 1, text: "changed" });
  await writer.send("12");
  const { epoch } = writer.welcome;
  const reader = await TestMember.join({ project, epoch, after: 10 });
  expect(reader.welcome.resumed).toBe(true);
  expect(reader.backfill).toMatchObject([
    { type: "edited", seq: 11, target: 1, text: "" },
    { type: "message", seq: 12 },
  ]);
});

test("[O6] without a rate nobody is refused, and welcome says so", async () => {
  const member = await TestMember.join({ project: newProject() });
  expect(member.welcome.limits).not.toHaveProperty("rate");
  for (let n = 0; n < 2000; n++) member.command({ type: "typing", on: true });
  expect(await member.settled()).toEqual([]);
});

test.each([
  [{ HISTORY_LIMIT: "many" }, 'variable "HISTORY_LIMIT"'],
  [{ STORAGE_LIMIT: "-1" }, 'variable "STORAGE_LIMIT"'],
  [{ SOCKET_LIMIT: "1.5" }, 'variable "SOCKET_LIMIT"'],
  [{ RATE_LIMIT: "10" }, 'variable "RATE_LIMIT"'],
  [{ ROOM_RATE_LIMIT: "a/b" }, 'variable "ROOM_RATE_LIMIT"'],
])("a variable like %j is named in the error", (variables, message) => {
  expect(() => readConfig(variables)).toThrow(message);
});
