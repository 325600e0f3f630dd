import { abortAllDurableObjects } from "cloudflare:test";
import { expect, test } from "vitest";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";

async function conversation(length: number) {
  const project = newProject();
  const writer = await TestMember.join({ project, nickname: "철수" });
  for (let n = 1; n <= length; n++) await writer.send(`${n}`);
  return { project, writer, epoch: writer.welcome.epoch };
}

test.each([0, 1, 149, 150])("[R1] resume after %i", async (after) => {
  const { project, epoch } = await conversation(150);
  await evict(project);
  const reader = await TestMember.join({ project, epoch, after });
  expect(reader.welcome).toMatchObject({ resumed: true, head: 150 });
  expect(reader.backfill.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 150 - after }, (_, index) => after + 1 + index),
  );
});

test("[R1] [F3] a long resume comes in frames of 64 KiB", async () => {
  const project = newProject();
  const writer = await TestMember.join({ project });
  for (let n = 0; n < 30; n++) await writer.send("가".repeat(3000));
  const { epoch } = writer.welcome;
  const reader = await TestMember.join({ project, epoch, after: 0 });
  expect(reader.backfill).toHaveLength(30);
  expect(reader.frames.length).toBeGreaterThan(3);
  for (const frame of reader.frames) {
    expect(new TextEncoder().encode(frame).length).toBeLessThanOrEqual(65_536);
  }
});

test("[R1] changes are replayed in the same order", async () => {
  const { project, writer, epoch } = await conversation(2);
  await writer.ask({ type: "edit", nonce: "e", seq: 1, text: "하나" });
  await writer.ask({
    type: "react",
    nonce: "r",
    seq: 2,
    emoji: "👍",
    on: true,
  });
  await writer.ask({ type: "delete", nonce: "d", seq: 2 });
  await evict(project);
  const reader = await TestMember.join({ project, epoch, after: 1 });
  expect(reader.backfill).toMatchObject([
    { type: "message", seq: 2, text: "", deleted: true },
    { type: "edited", seq: 3, target: 1, text: "하나" },
    { type: "reacted", seq: 4, target: 2, emoji: "👍", on: true },
    { type: "deleted", seq: 5, target: 2 },
  ]);
});

test("[R2] an epoch of another history is not resumed", async () => {
  const { project } = await conversation(3);
  const reader = await TestMember.join({ project, epoch: "other", after: 1 });
  expect(reader.welcome).toMatchObject({ resumed: false, reason: "epoch" });
  expect(reader.backfill.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("[R2] [U8] a cursor above the head is not resumed", async () => {
  const { project, epoch } = await conversation(3);
  for (const after of [4, Number.MAX_SAFE_INTEGER]) {
    const reader = await TestMember.join({ project, epoch, after });
    expect(reader.welcome).toMatchObject({ resumed: false, reason: "cursor" });
    expect(reader.backfill).toHaveLength(3);
  }
});

test("[R2] [J4] what retention dropped is not resumed", async () => {
  const { project, epoch } = await conversation(9);
  await inside(project, (_, state) => {
    state.storage.sql.exec("DELETE FROM messages WHERE seq < 5");
  });
  await evict(project);
  const trimmed = await TestMember.join({ project, epoch, after: 3 });
  expect(trimmed.welcome).toMatchObject({
    resumed: false,
    reason: "trimmed",
    oldest: 5,
  });
  expect(trimmed.backfill.map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9]);
  const kept = await TestMember.join({ project, epoch, after: 4 });
  expect(kept.welcome.resumed).toBe(true);
  expect(kept.backfill).toHaveLength(5);
});

test("[R3] a message is replayed without the reactions that follow", async () => {
  const { project, writer, epoch } = await conversation(1);
  await writer.ask({
    type: "react",
    nonce: "r",
    seq: 1,
    emoji: "🎉",
    on: true,
  });
  const resumed = await TestMember.join({ project, epoch, after: 0 });
  expect(resumed.backfill[0]).not.toHaveProperty("reactions");
  const fresh = await TestMember.join({ project });
  expect(fresh.backfill[0]).toMatchObject({
    reactions: { "🎉": { count: 1, mine: false, by: ["철수"] } },
  });
});

test("[R5] [S7] resume works after the object was killed", async () => {
  const { project, writer, epoch } = await conversation(5);
  await abortAllDurableObjects();
  await writer.closed;
  const reader = await TestMember.join({ project, epoch, after: 2 });
  expect(reader.welcome).toMatchObject({ resumed: true, epoch, head: 5 });
  expect(reader.backfill.map(({ seq }) => seq)).toEqual([3, 4, 5]);
});

test("[L7] the epoch survives eviction", async () => {
  const { project, epoch } = await conversation(1);
  await evict(project);
  const reader = await TestMember.join({ project });
  expect(reader.welcome.epoch).toBe(epoch);
});
