/** What a room tells: each event once, without a gap, and who is there. */
import type {
  ChatClient,
  Member,
  Message,
  RoomEvent,
} from "../../src/client/mod.ts";
import { assertEquals } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { worldTest } from "./support/fixture.ts";

const bob: Member = { id: "b", nickname: "Bob", role: "member", guest: false };

function texts(client: ChatClient): string[] {
  return client.timeline.messages.map(({ text }) => text);
}

worldTest("ChatClient repairs a gap and drops what it has", async (world) => {
  const client = await world.online();
  for (const text of ["a", "b", "c"]) world.server.say(text);
  const { last } = world.network;
  // The second frame is lost, the first arrives twice.
  const [first = "", , third = ""] = last.downward.splice(0);
  for (const frame of [first, first, third]) last.deliver(frame);
  assertEquals([client.status, texts(client)], ["waiting", ["a"]]);
  await world.clock.pass(1_000);
  assertEquals(texts(client), ["a", "b", "c"]);
  assertEquals(world.network.last.url.searchParams.get("after"), "1");
});

worldTest("ChatClient joins afresh where a snapshot was cut", async (world) => {
  for (const text of ["a", "b"]) world.server.say(text);
  world.network.automatic = false;
  const client = world.client();
  client.connect();
  await settle();
  world.network.open();
  const [frame = "[]"] = world.network.last.downward.splice(0);
  const [hello, first] = JSON.parse(frame);
  world.network.last.deliver(JSON.stringify([hello, first]));
  world.network.automatic = true;
  world.network.breakAll();
  await world.clock.pass(1_000);
  assertEquals(world.network.last.url.searchParams.has("after"), false);
  assertEquals(texts(client), ["a", "b"]);
});

worldTest(
  "ChatClient starts over when the history was reset, and keeps what waits",
  async (world) => {
    const client = await world.online();
    await client.send("old");
    world.network.breakAll(1012);
    const sent = client.send("waits");
    world.server.log.length = 0;
    world.server.epoch = "e2";
    await world.clock.pass(1_000);
    await sent;
    assertEquals([texts(client), client.timeline.epoch], [["waits"], "e2"]);
  },
);

worldTest(
  "ChatClient.loadOlder() asks once, and again after a reconnection",
  async (world) => {
    for (let n = 1; n <= 130; n++) world.server.say(`${n}`);
    const client = await world.online();
    assertEquals(
      [client.timeline.messages.length, client.timeline.more],
      [50, true],
    );
    const [first, second] = [client.loadOlder(), client.loadOlder()];
    assertEquals([await first, await second], [true, true]);
    assertEquals(world.server.commands.length, 1);
    world.network.automatic = false;
    const last = client.loadOlder(100);
    world.network.breakAll(1012);
    world.network.automatic = true;
    await world.clock.pass(1_000);
    assertEquals([await last, client.timeline.more], [false, false]);
    assertEquals(client.timeline.messages.length, 130);
  },
);

worldTest("ChatClient knows who is here", async (world) => {
  const client = await world.online();
  const tell = (event: RoomEvent) => {
    world.server.tell(event);
    world.network.carryDown();
  };
  tell({ type: "joined", member: bob, online: 2 });
  assertEquals(
    client.timeline.members?.map(({ nickname }) => nickname),
    ["me", "Bob"],
  );
  tell({ type: "renamed", member: { ...bob, nickname: "Rob" }, online: 2 });
  assertEquals(client.timeline.members?.[1]?.nickname, "Rob");
  tell({ type: "left", member: bob, online: 1 });
  assertEquals(
    [client.timeline.members?.length, client.timeline.online],
    [1, 1],
  );
  tell({ type: "online", online: 300 });
  assertEquals(
    [client.timeline.members, client.timeline.online],
    [undefined, 300],
  );
  tell({ type: "joined", member: bob, online: 301 });
  assertEquals(
    [client.timeline.members, client.timeline.online],
    [undefined, 301],
  );
});

worldTest("ChatClient acknowledges every 64 KiB it receives", async (world) => {
  const client = await world.online();
  for (let n = 0; n < 12; n++) {
    world.server.say("한".repeat(3_600));
    world.network.carryDown();
  }
  await settle();
  const acks = world.server.commands.map(({ type, seq }) => [type, seq]);
  assertEquals(
    [acks, client.timeline.cursor],
    [
      [
        ["ack", 6],
        ["ack", 12],
      ],
      12,
    ],
  );
});

worldTest(
  "ChatClient tells each event once, and only live messages as such",
  async (world) => {
    world.server.say("before");
    const client = world.client();
    const messages: Message[] = [];
    const types: string[] = [];
    client.on("message", (message) => messages.push(message));
    client.on("event", ({ type }) => types.push(type));
    client.connect();
    await settle();
    world.server.say("now");
    const { last } = world.network;
    const [frame = ""] = last.downward.splice(0);
    last.deliver(frame);
    last.deliver(frame);
    assertEquals(
      messages.map(({ text }) => text),
      ["now"],
    );
    assertEquals(types, ["welcome", "message", "live", "message"]);
  },
);

worldTest(
  "ChatClient gives up a link whose frames it cannot read",
  async (world) => {
    const client = await world.online();
    world.network.last.deliver("[{");
    assertEquals(client.status, "waiting");
    await world.clock.pass(1_000);
    assertEquals(client.status, "online");
  },
);

worldTest(
  "ChatClient obeys a listener that closes it in the middle of a frame",
  async (world) => {
    const client = await world.online();
    client.on("message", () => client.close());
    world.server.say("a");
    world.server.say("b");
    const { last } = world.network;
    const events = last.downward
      .splice(0)
      .flatMap((frame) => JSON.parse(frame));
    last.deliver(JSON.stringify(events));
    assertEquals([texts(client), client.status], [["a"], "closed"]);
  },
);
