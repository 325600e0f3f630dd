/** The part of the log around a message that is far from the end. */
import { type Context, openContext } from "../../src/client/mod.ts";
import { assert, assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { type World, worldTest } from "./support/fixture.ts";

/** A room with 200 messages, of which the client has the newest 50. */
function fill({ server }: World): void {
  for (let number = 1; number <= 200; number++) server.say(`말 ${number}`);
}

function ends({ messages, more, newer }: Context) {
  return [messages[0]?.seq, messages.at(-1)?.seq, more, newer];
}

worldTest("openContext() pages both ways to both ends", async (world) => {
  fill(world);
  const client = await world.online();
  const context = await openContext(client, 60);
  assertEquals(ends(context), [36, 85, true, true]);
  assertEquals(await context.loadOlder(30), true);
  assertEquals(await context.loadOlder(30), false);
  assertEquals(ends(context), [1, 85, false, true]);
  assertEquals(await context.loadNewer(100), true);
  assertEquals(await context.loadNewer(100), false);
  assertEquals(ends(context), [1, 200, false, false]);
  const seqs = context.messages.map(({ seq }) => seq);
  assertEquals(
    seqs,
    seqs.map((_, index) => index + 1),
  );
  assertEquals(client.timeline.messages.length, 50);
});

worldTest("openContext() asks once for what is asked twice", async (world) => {
  fill(world);
  const context = await openContext(await world.online(), 60);
  await Promise.all([context.loadOlder(10), context.loadOlder(10)]);
  assertEquals(ends(context), [26, 85, true, true]);
});

worldTest("[R3] openContext() keeps its messages up to date", async (world) => {
  fill(world);
  const client = await world.online();
  const context = await openContext(client, 60);
  let changes = 0;
  context.listen(() => changes++);
  const { messages } = context;
  await client.edit(60, "고침");
  await client.delete(61);
  await client.edit(199, "elsewhere");
  const text = (seq: number) =>
    context.messages.find((message) => message.seq === seq);
  assertEquals([text(60)?.text, text(61)?.deleted, changes], ["고침", true, 2]);
  assert(context.messages !== messages, "The array is a new one");
  const by = { id: "b", nickname: "B", role: "member", guest: false } as const;
  const base = { seq: world.server.head + 1, nonce: "gone", at: 1, by };
  world.server.append({ ...base, type: "edited", target: 59, text: "" });
  await settle();
  assertEquals(text(59)?.text, "말 59");
  // Newer ones lie in between, so that this would leave a hole.
  world.server.say("new");
  await settle();
  assertEquals(ends(context), [36, 85, true, true]);
});

worldTest("openContext() follows what is said at the end", async (world) => {
  fill(world);
  const client = await world.online();
  const context = await openContext(client, 200);
  assertEquals(context.newer, false);
  await client.send("new");
  assertEquals(context.messages.at(-1)?.text, "new");
  client.reconnect();
  world.server.say("missed");
  await settle();
  assertEquals(
    context.messages.slice(-2).map(({ text }) => text),
    ["new", "missed"],
  );
});

worldTest(
  "openContext() keeps a bounded part of what goes on",
  async (world) => {
    const client = await world.online();
    for (let number = 1; number <= 10; number++) world.server.say("말");
    const context = await openContext(client, 10);
    assertEquals(ends(context), [1, 10, false, false]);
    for (let number = 11; number <= 1_020; number++) world.server.say("말");
    world.network.carryDown();
    assertEquals(ends(context), [21, 1_020, true, false]);
  },
);

worldTest(
  "openContext() takes what is told right behind its page",
  async (world) => {
    fill(world);
    const client = await world.online();
    world.network.automatic = false;
    const opening = openContext(client, 60);
    world.network.carryUp();
    const { seq, nonce, at, author: by } = world.server.messages[59] ?? {};
    assert(seq && nonce && at && by, "There are 200");
    world.server.append({
      type: "edited",
      seq: 201,
      nonce,
      at,
      by,
      target: seq,
      text: "at once",
    });
    world.network.carryDown();
    const { messages } = await opening;
    const texts = messages.filter((message) => message.seq === seq);
    assertEquals(
      texts.map(({ text }) => text),
      ["at once"],
    );
  },
);

worldTest(
  "openContext() asks again when it cannot know what it missed",
  async (world) => {
    fill(world);
    const client = await world.online();
    const context = await openContext(client, 60);
    world.server.epoch = "e2";
    world.server.log.length = 70;
    client.reconnect();
    await settle();
    assertEquals(ends(context), [36, 70, true, false]);
  },
);

worldTest("openContext() says why there is none", async (world) => {
  const client = await world.online();
  world.server.refusals.push({ type: "error", code: "forbidden", message: "" });
  await assertRejects(openContext(client, 60), "forbidden");
});

worldTest("openContext() hears nothing once it is ended", async (world) => {
  fill(world);
  const client = await world.online();
  const context = await openContext(client, 60);
  context.end();
  await client.edit(60, "고침");
  assertEquals(context.messages.find(({ seq }) => seq === 60)?.text, "말 60");
});
