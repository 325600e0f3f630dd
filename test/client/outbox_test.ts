/** Messages on their way: each is stored once, in order, or refused in sight. */
import {
  type ChatClient,
  type RoomEvent,
  react,
} from "../../src/client/mod.ts";
import { assert, assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { worldTest } from "./support/fixture.ts";

const refused = { type: "error", message: "No" } as const;

function texts(client: ChatClient): string[] {
  return client.timeline.messages.map(({ text }) => text);
}

worldTest(
  "ChatClient.send() shows the message at once and resolves with the stored one",
  async ({ online }) => {
    const client = await online();
    const sent = client.send("hello", { replyTo: 3 });
    const [row] = client.timeline.pending;
    assertEquals(
      [row?.text, row?.replyTo, row?.state],
      ["hello", 3, "pending"],
    );
    const message = await sent;
    assertEquals([message.seq, message.nonce], [1, row?.nonce]);
    assertEquals([texts(client), client.timeline.pending], [["hello"], []]);
  },
);

worldTest(
  "ChatClient never shows a message both pending and stored",
  async ({ online }) => {
    const client = await online();
    const shown: number[] = [];
    client.on("timeline", ({ messages, pending }) => {
      shown.push(messages.length + pending.length);
    });
    await client.send("hello");
    assertEquals(shown, [1, 1]);
  },
);

worldTest(
  "ChatClient sends what was written before it was online, in order",
  async (world) => {
    const client = world.client();
    const sent = ["a", "b", "c"].map((text) => client.send(text));
    client.connect();
    await settle();
    await Promise.all(sent);
    assertEquals(texts(client), ["a", "b", "c"]);
    const marked = world.server.commands.map(({ retry }) => retry ?? false);
    assertEquals(marked, [false, false, false]);
  },
);

worldTest(
  "ChatClient sends again under the same nonce when the answer was lost",
  async (world) => {
    const client = await world.online();
    world.network.automatic = false;
    const sent = client.send("once");
    world.network.carryUp();
    // Stored, but the echo is lost together with the link.
    world.network.breakAll(1012);
    world.network.automatic = true;
    await world.clock.pass(1_000);
    const message = await sent;
    assertEquals([message.seq, world.server.head], [1, 1]);
    assertEquals([texts(client), client.timeline.pending], [["once"], []]);
  },
);

worldTest("ChatClient marks a second try as one", async (world) => {
  const client = await world.online();
  world.network.automatic = false;
  const sent = client.send("lost on the way");
  world.network.breakAll(1012);
  world.network.automatic = true;
  await world.clock.pass(1_000);
  await sent;
  assertEquals(
    world.server.commands.map(({ retry }) => retry),
    [true],
  );
});

worldTest(
  "ChatClient reconnects when the room does not answer a command",
  async (world) => {
    const client = await world.online();
    world.server.isSilent = true;
    const sent = client.send("swallowed");
    await world.clock.pass(14_000);
    assertEquals(world.network.sockets.length, 1);
    await world.clock.pass(1_000);
    world.server.isSilent = false;
    await world.clock.pass(1_000);
    assertEquals([(await sent).seq, client.timeline.pending], [1, []]);
  },
);

worldTest(
  "ChatClient fails a refused message, and sends it again on request",
  async (world) => {
    const client = await world.online();
    world.server.refusals.push({ ...refused, code: "rejected" });
    const first = client.send("spam");
    const { nonce = "" } = client.timeline.pending[0] ?? {};
    const second = client.send("fine");
    await assertRejects(first, "rejected");
    await second;
    const [row] = client.timeline.pending;
    assertEquals(
      [row?.state, row?.error?.code, row?.text],
      ["failed", "rejected", "spam"],
    );
    const message = await client.retry(nonce);
    assertEquals([message.nonce, client.timeline.pending], [nonce, []]);
    assertEquals(world.server.commands.at(-1)?.retry, true);
    await assertRejects(client.retry(nonce), "not_found");
  },
);

worldTest(
  "ChatClient keeps a message that came too fast, and the order",
  async (world) => {
    const client = await world.online();
    world.server.refusals.push({
      ...refused,
      code: "slow_mode",
      retryAfter: 5_000,
    });
    const sent = ["a", "b"].map((text) => client.send(text));
    await world.clock.pass(4_999);
    assertEquals([world.server.head, client.timeline.pending.length], [0, 2]);
    await world.clock.pass(1);
    await Promise.all(sent);
    assertEquals(texts(client), ["a", "b"]);
  },
);

worldTest(
  "ChatClient takes reactions while a slow room takes no message",
  async (world) => {
    const client = await world.online();
    world.server.say("hello");
    world.server.refusals.push({
      ...refused,
      code: "slow_mode",
      retryAfter: 60_000,
    });
    const sent = client.send("too soon");
    await settle();
    await react(client, { seq: 1, emoji: "👍", on: true });
    assertEquals([world.server.head, client.timeline.pending.length], [2, 1]);
    await world.clock.pass(60_000);
    assertEquals((await sent).text, "too soon");
  },
);

worldTest(
  "ChatClient storms no room, however soon and of however much it may try again",
  async (world) => {
    const client = await world.online();
    world.server.say("hello");
    for (let n = 0; n < 50; n++) {
      world.server.refusals.push({
        ...refused,
        code: "rate_limited",
        retryAfter: 1,
      });
    }
    const sent = client.send("eager");
    const reaction = react(client, { seq: 1, emoji: "👍", on: true });
    await world.clock.pass(2_000);
    const { length } = world.server.commands;
    assert(length <= 2 * 5, `${length} commands within 2 s`);
    world.server.refusals.length = 0;
    await world.clock.pass(1_000);
    await Promise.all([sent, reaction]);
  },
);

worldTest(
  "ChatClient waits as long as the last of two refusals says, and not after close()",
  async (world) => {
    const client = await world.online();
    world.server.isMute = true;
    const sent = client.send("twice");
    const { last } = world.network;
    // The room is up to date once more: what has no answer is sent again.
    last.deliver(JSON.stringify([{ type: "live", head: 0 }]));
    await settle();
    const [{ nonce = "" } = {}, second] = world.server.commands;
    assertEquals(second?.nonce, nonce);
    for (const retryAfter of [5_000, 60_000]) {
      const refusal = { ...refused, code: "slow_mode", retryAfter, nonce };
      last.deliver(JSON.stringify([refusal]));
    }
    const times = () =>
      world.server.commands.filter((command) => command.nonce === nonce).length;
    await world.clock.pass(59_999);
    assertEquals(times(), 2);
    await world.clock.pass(1);
    assertEquals(times(), 3);
    for (const retryAfter of [5_000, 60_000]) {
      const refusal = { ...refused, code: "slow_mode", retryAfter, nonce };
      last.deliver(JSON.stringify([refusal]));
    }
    client.close();
    assertEquals(world.clock.size, 0);
    await assertRejects(sent, "closed");
  },
);

worldTest(
  "ChatClient keeps every text when it is banned, and says why",
  async (world) => {
    const client = await world.online();
    world.server.isSilent = true;
    const sent = client.send("on its way");
    const banned: RoomEvent = { ...refused, code: "banned" };
    world.network.last.deliver(JSON.stringify([banned]));
    world.network.breakAll(4403);
    await assertRejects(sent, "banned");
    await assertRejects(client.send("too late"), "banned");
    const rows = client.timeline.pending.map(({ text, error }) => [
      text,
      error?.code,
    ]);
    assertEquals(rows, [
      ["on its way", "banned"],
      ["too late", "banned"],
    ]);
    assertEquals(client.closeReason?.terminal, true);
  },
);

worldTest("ChatClient discards a message on request", async (world) => {
  const client = world.client();
  const sent = client.send("never mind");
  client.discard(client.timeline.pending[0]?.nonce ?? "");
  await assertRejects(sent, "discarded");
  assertEquals(client.timeline.pending, []);
  client.connect();
  await settle();
  assertEquals(world.server.head, 0);
});

worldTest(
  "ChatClient refuses visibly what its outbox cannot hold",
  async ({ client }) => {
    const one = client();
    const waiting = Array.from({ length: 200 }, () => one.send("x"));
    for (const sent of waiting) sent.catch(() => {});
    await assertRejects(one.send("one more"), "outbox_full");
    assertEquals(one.timeline.pending.length, 200);
    const other = client();
    for (let n = 0; n < 32; n++)
      other.send("한".repeat(11_000)).catch(() => {});
    assertEquals(other.timeline.pending.length, 31);
  },
);

worldTest(
  "ChatClient keeps a frame to itself that would end the connection",
  async (world) => {
    const client = await world.online();
    await assertRejects(client.send("x".repeat(32_768)), "too_large");
    assertEquals(
      [world.server.commands.length, client.timeline.pending],
      [0, []],
    );
  },
);
