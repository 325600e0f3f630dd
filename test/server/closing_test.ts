import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { answerTo } from "../../src/server/sockets/close_code.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside, stubOf } from "./support/project.ts";

test.each([1000, 3000, 4000, 4123, 4999])(
  "[X2] a close with %i is answered with it, also after eviction",
  async (code) => {
    for (const evicted of [false, true]) {
      const project = newProject();
      const member = await TestMember.join({ project });
      if (evicted) await evict(project);
      member.close(code, "bye");
      expect(await member.closed).toMatchObject({ code, reason: "bye" });
    }
  },
);

test("[X2] a close without a code is answered with 1000", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  await evict(project);
  member.close();
  expect((await member.closed).code).toBe(1000);
});

test("[X2] codes that stand for an absence are never sent", () => {
  const answers = [1000, 1001, 1004, 1005, 1006, 1011, 1015, 999, 5000].map(
    answerTo,
  );
  expect(answers).toEqual([
    1000,
    1001,
    1000,
    1000,
    undefined,
    1011,
    undefined,
    1000,
    1000,
  ]);
});

test("[X3] a socket that broke does not end a fan-out", async () => {
  const project = newProject();
  const broken = await TestMember.join({ project });
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  await inside(project, (_, state) => {
    for (const socket of state.getWebSockets()) {
      const { member } = socket.deserializeAttachment();
      if (member.id === broken.id) socket.close(1011, "broken by the test");
    }
  });
  const sent = await a.send("still here");
  expect(await b.nextOf("message")).toEqual(sent);
});

test("[F4] a heartbeat is answered without waking the room", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  await evict(project);
  await member.pong();
  // Only an object that is not running cannot be evicted.
  await expect(evictDurableObject(stubOf(project))).rejects.toThrow(
    "it is not currently running",
  );
});

test("[S7] [F8] a frame of a session that left is not heard", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  await inside(project, (object, state) => {
    for (const socket of state.getWebSockets()) {
      if (socket.deserializeAttachment().member.id !== b.id) continue;
      object.webSocketError(socket);
      object.webSocketMessage(
        socket,
        '{"type":"send","nonce":"n","text":"ghost"}',
      );
    }
  });
  expect((await a.send("first")).seq).toBe(1);
});

test("[X5] a fault is answered internal, and the socket lives", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  await inside(project, (_, state) => {
    state.storage.sql.exec("ALTER TABLE messages RENAME TO hidden");
  });
  const nonce = "n";
  const answer = await member.ask({ type: "send", nonce, text: "hi" });
  expect(answer).toEqual({
    type: "error",
    code: "internal",
    message: "Something went wrong",
    nonce,
  });
  await inside(project, (_, state) => {
    state.storage.sql.exec("ALTER TABLE hidden RENAME TO messages");
  });
  expect((await member.send("hi", { nonce })).seq).toBe(1);
});

test("[X5] a fault in the middle of a change leaves nothing of it", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  await member.send("as it was");
  await inside(project, (_, state) => {
    state.storage.sql.exec("ALTER TABLE changes RENAME TO hidden");
  });
  const edit = { type: "edit", nonce: "e", seq: 1, text: "changed" };
  expect(await member.ask(edit)).toMatchObject({
    code: "internal",
    nonce: "e",
  });
  await inside(project, (_, state) => {
    state.storage.sql.exec("ALTER TABLE hidden RENAME TO changes");
  });
  const reader = await TestMember.join({ project });
  expect(reader.backfill).toMatchObject([{ seq: 1, text: "as it was" }]);
  expect(await member.ask(edit)).toMatchObject({ type: "edited", seq: 2 });
});
