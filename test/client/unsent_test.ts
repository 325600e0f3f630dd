/** What was not sent outlives the page, for its author and nobody else. */
import { type ChatClient, keepUnsent } from "../../src/client/mod.ts";
import { assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { FakeStorage, type World, worldTest } from "./support/fixture.ts";

const refused = { type: "error", message: "No" } as const;

function rows(client: ChatClient) {
  return client.timeline.pending.map(({ text, state, error }) => [
    text,
    state,
    error?.code,
  ]);
}

function texts({ server }: World): string[] {
  return server.messages.map(({ text }) => text);
}

/** A client that was not connected and keeps what it does not send. */
function open(world: World, storage: FakeStorage, member?: string): ChatClient {
  const getToken = () => member ?? "";
  const client = world.client(
    member === undefined ? { storage } : { storage, getToken },
  );
  keepUnsent(client);
  return client;
}

/** Says something that only the outbox hears. */
function say(client: ChatClient, text: string): void {
  client.send(text).catch(() => {});
}

worldTest(
  "keepUnsent() gives the next client what a page left behind",
  async (world) => {
    const storage = new FakeStorage();
    const first = open(world, storage);
    first.connect();
    await settle();
    world.network.automatic = false;
    first.send("left behind", { replyTo: 7 }).catch(() => {});
    world.network.carryUp();
    // The page is gone without a word; the echo never came.
    world.network.automatic = true;
    const second = open(world, storage);
    const [row] = second.timeline.pending;
    assertEquals(
      [row?.text, row?.replyTo, row?.state],
      ["left behind", 7, "pending"],
    );
    second.connect();
    await settle();
    assertEquals([texts(world), rows(second)], [["left behind"], []]);
    assertEquals(rows(open(world, storage)), []);
  },
);

worldTest(
  "keepUnsent() leaves what another tab has not sent alone",
  async (world) => {
    const storage = new FakeStorage();
    const one = open(world, storage);
    const two = open(world, storage);
    say(two, "of the second");
    say(one, "of the first");
    const { nonce = "" } = one.timeline.pending[0] ?? {};
    one.discard(nonce);
    assertEquals(rows(open(world, storage)), [
      ["of the second", "pending", undefined],
    ]);
  },
);

worldTest(
  "keepUnsent() has two tabs send the same message once",
  async (world) => {
    const storage = new FakeStorage();
    const one = open(world, storage);
    one.connect();
    await one.send("first");
    world.network.breakAll();
    say(one, "once");
    const two = open(world, storage);
    assertEquals(rows(two), [["once", "pending", undefined]]);
    one.reconnect();
    await settle();
    two.connect();
    await settle();
    assertEquals(
      [texts(world), rows(one), rows(two)],
      [["first", "once"], [], []],
    );
    assertEquals(rows(open(world, storage)), []);
  },
);

worldTest(
  "keepUnsent() sends nothing by itself that was refused or is old",
  async (world) => {
    const storage = new FakeStorage();
    const first = open(world, storage);
    first.connect();
    await settle();
    world.server.refusals.push({ ...refused, code: "rejected" });
    await assertRejects(first.send("spam"), "rejected");
    world.server.isSilent = true;
    say(first, "old");
    first.close();
    await world.clock.pass(600_001);
    world.server.isSilent = false;
    const second = open(world, storage);
    second.connect();
    await settle();
    assertEquals(rows(second), [
      ["spam", "failed", "rejected"],
      ["old", "failed", "closed"],
    ]);
    assertEquals(texts(world), []);
    const [, old] = second.timeline.pending;
    await second.retry(old?.nonce ?? "");
    assertEquals(texts(world), ["old"]);
  },
);

worldTest(
  "keepUnsent() sends what only waited because its client was closed",
  async (world) => {
    const storage = new FakeStorage();
    const first = open(world, storage);
    say(first, "waits");
    first.connect();
    first.close();
    assertEquals(rows(first), [["waits", "failed", "closed"]]);
    assertEquals(rows(open(world, storage)), [["waits", "pending", undefined]]);
  },
);

worldTest(
  "keepUnsent() keeps a member's words for that member alone",
  async (world) => {
    world.server.areMembers = true;
    const storage = new FakeStorage();
    const visit = async (member?: string) => {
      const client = open(world, storage, member);
      world.server.isMute = true;
      client.connect();
      await settle();
      return client;
    };
    const first = open(world, storage, "ann");
    say(first, "before anybody knows whose");
    assertEquals(storage.items.size, 0);
    const ann = await visit("ann");
    say(ann, "private");
    for (const other of ["bob", undefined])
      assertEquals(rows(await visit(other)), []);
    assertEquals(rows(await visit("ann")), [["private", "pending", undefined]]);
  },
);

worldTest(
  "keepUnsent() keeps a member's words back when another one comes",
  async (world) => {
    world.server.areMembers = true;
    const storage = new FakeStorage();
    const tokens = ["ann", "bob", "ann"];
    const client = world.client({
      storage,
      getToken: () => tokens.shift() ?? "",
    });
    keepUnsent(client);
    client.connect();
    await settle();
    world.server.isSilent = true;
    const sent = client.send("Ann's");
    world.server.isSilent = false;
    client.reconnect();
    await assertRejects(sent, "discarded");
    assertEquals([client.you?.id, rows(client)], ["bob", []]);
    client.reconnect();
    await settle();
    const [message] = world.server.messages;
    assertEquals([message?.author.id, message?.text], ["ann", "Ann's"]);
  },
);

worldTest("keepUnsent() works where storage is blocked", async (world) => {
  const blocked = () => {
    throw new Error("Blocked");
  };
  const storage = { getItem: blocked, setItem: blocked, removeItem: blocked };
  const client = world.client({ storage });
  keepUnsent(client);
  client.connect();
  assertEquals((await client.send("hello")).text, "hello");
});
