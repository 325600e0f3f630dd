import {
  ChatClient,
  type Member,
  type Message,
  type RoomEvent,
  react,
} from "../../src/client/mod.ts";
import { assert, assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { FakeStorage, worldTest } from "./support/fixture.ts";
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

worldTest(
  "ChatClient stores nothing before one acts, and then knows the guest again",
  async (world) => {
    const storage = new FakeStorage();
    const first = await world.online({ storage });
    assertEquals(storage.items.size, 0);
    await first.send("hello");
    assertEquals([...storage.items.values()], ["guest-1"]);
    first.close();
    const second = await world.online({ storage });
    assertEquals(second.you?.id, "guest-1");
  },
);

worldTest(
  "ChatClient knows the guest again who wrote before there was a connection",
  async (world) => {
    const storage = new FakeStorage();
    const first = world.client({ storage });
    const sent = first.send("early");
    first.connect();
    await sent;
    first.close();
    const second = await world.online({ storage });
    assertEquals(second.you?.id, "guest-1");
  },
);

worldTest(
  "ChatClient is one guest in two tabs that were opened before one acted",
  async (world) => {
    const storage = new FakeStorage();
    const [one, two] = [
      await world.online({ storage }),
      await world.online({ storage }),
    ];
    assertEquals([one.you?.id, two.you?.id], ["guest-1", "guest-2"]);
    await one.send("from the first tab");
    const sent = two.send("from the second");
    await world.clock.pass(1_000);
    await sent;
    const authors = world.server.messages.map(({ author }) => author.id);
    assertEquals(authors, ["guest-1", "guest-1"]);
    await one.send("and again");
    assertEquals([two.you?.id, world.network.sockets.length], ["guest-1", 3]);
  },
);

worldTest("ChatClient works where storage is blocked", async (world) => {
  const blocked = () => {
    throw new Error("Blocked");
  };
  const storage = { getItem: blocked, setItem: blocked, removeItem: blocked };
  const client = await world.online({ storage });
  assertEquals((await client.send("hello")).text, "hello");
});

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
