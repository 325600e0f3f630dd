/** The client itself: what it does for whoever calls it. */
import {
  ChatClient,
  type Member,
  type RoomEvent,
  react,
} from "../../src/client/mod.ts";
import { assert, assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { worldTest } from "./support/fixture.ts";
import { test } from "./support/suite.ts";

const bob: Member = { id: "b", nickname: "Bob", role: "member", guest: false };
const refused = { type: "error", message: "No" } as const;

function texts(client: ChatClient): string[] {
  return client.timeline.messages.map(({ text }) => text);
}

test("ChatClient throws on a server that is no URL", () => {
  let caught: unknown;
  try {
    new ChatClient("not a url", { project: "42" });
  } catch (error) {
    caught = error;
  }
  assert(caught instanceof TypeError, "It has to throw a TypeError");
});

worldTest("ChatClient edits, deletes, reacts and renames", async (world) => {
  const client = await world.online();
  const { seq } = await client.send("helo");
  await client.edit(seq, "hello");
  await react(client, { seq, emoji: "👍", on: true });
  assertEquals(texts(client), ["hello"]);
  const { reactions } = client.timeline.messages[0] ?? {};
  assertEquals(reactions?.["👍"]?.mine, true);
  await client.delete(seq);
  assertEquals(client.timeline.messages[0]?.deleted, true);
  const you = await client.rename("Ann");
  assertEquals([you.nickname, client.you?.nickname], ["Ann", "Ann"]);
  world.server.refusals.push({
    ...refused,
    code: "nickname_taken",
    suggestion: "Bob-2",
  });
  const error = await client.rename("Bob").catch((error) => error);
  assertEquals([error.code, error.suggestion], ["nickname_taken", "Bob-2"]);
  client.reconnect();
  await settle();
  assertEquals(client.you?.nickname, "Ann");
});

worldTest(
  "ChatClient.rename() takes the contract's own answers as well",
  async (world) => {
    world.server.isPlain = true;
    const client = await world.online();
    const renaming = client.rename("Ann");
    world.server.tell({ type: "renamed", member: bob, online: 2 });
    const sent = client.send("after it");
    assertEquals((await renaming).nickname, "Ann");
    assertEquals((await sent).text, "after it");
    world.server.refusals.push({
      ...refused,
      code: "nickname_taken",
      suggestion: "Bob-2",
    });
    await assertRejects(client.rename("Bob"), "nickname_taken");
    await world.clock.pass(60_000);
    assertEquals([client.you?.nickname, client.status], ["Ann", "online"]);
    assertEquals(world.network.sockets.length, 1);
  },
);

worldTest(
  "ChatClient.rename() takes no answer that is meant for something else",
  async (world) => {
    world.server.isPlain = world.server.isMute = true;
    const client = await world.online();
    const tell = async (event: RoomEvent) => {
      world.server.tell(event);
      world.network.carryDown();
      await settle();
    };
    const told: string[] = [];
    client.on("error", ({ code }) => told.push(code));
    // Decomposed and with a space, as the room would not leave it.
    const renaming = client.rename(` ${"앤".normalize("NFD")}`);
    renaming.then(
      ({ nickname }) => told.push(nickname),
      ({ code }) => told.push(`rejected: ${code}`),
    );
    // What the heartbeat's `auth` and another tab are answered.
    for (const code of ["unauthorized", "token_expired"] as const)
      await tell({ ...refused, code });
    const { id = "" } = client.you ?? {};
    for (const nickname of ["Other", "앤"])
      await tell({
        type: "renamed",
        member: { ...bob, id, nickname },
        online: 1,
      });
    assertEquals(told, ["unauthorized", "token_expired", "앤"]);
    const invalid = client.rename("?");
    await tell({ ...refused, code: "nickname_invalid" });
    await assertRejects(invalid, "nickname_invalid");
  },
);

worldTest(
  "ChatClient rejects every promise on close() and keeps the texts",
  async (world) => {
    const client = await world.online();
    world.server.isSilent = true;
    const promises = [
      client.send("kept"),
      client.edit(1, "x"),
      client.delete(1),
      react(client, { seq: 1, emoji: "👍", on: true }),
      client.rename("you"),
      client.loadOlder(),
    ];
    client.close();
    for (const promise of promises) await assertRejects(promise, "closed");
    const rows = client.timeline.pending.map(({ text, state }) => [
      text,
      state,
    ]);
    assertEquals(rows, [["kept", "failed"]]);
    await assertRejects(client.send("late"), "closed");
    await assertRejects(client.loadOlder(), "closed");
    await assertRejects(client.rename("late"), "closed");
  },
);

worldTest(
  "ChatClient tells refusals that no promise stands for",
  async (world) => {
    const client = await world.online();
    const codes: string[] = [];
    client.on("error", ({ code }) => codes.push(code));
    world.server.refusals.push({ ...refused, code: "rate_limited" });
    client.tell({ type: "typing", on: true });
    await settle();
    assertEquals(codes, ["rate_limited"]);
  },
);
