/** Who one is: a guest that is known again, or a member whose token is renewed. */
import type { RoomEvent } from "../../src/client/mod.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { FakeStorage, type World, worldTest } from "./support/fixture.ts";

const unauthorized: RoomEvent = {
  type: "error",
  code: "unauthorized",
  message: "Token is not valid",
};

/** Gives tokens that expire after 100 s; counts them. */
function tokenSource(world: World) {
  const source = {
    asked: 0,
    getToken: () => {
      const exp = world.clock.now() / 1_000 + 100;
      const claims = { exp, n: ++source.asked, name: "한>?" };
      const bytes = new TextEncoder().encode(JSON.stringify(claims));
      const payload = btoa(String.fromCharCode(...bytes));
      return `h.${payload.replaceAll("+", "-").replaceAll("/", "_")}.s`;
    },
  };
  return source;
}

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
  "Connection asks for a fresh token and stops after three refusals",
  async (world) => {
    world.server.refuseWith = { code: 4401, event: unauthorized };
    let asked = 0;
    const client = world.client({ getToken: () => `t${++asked}` });
    client.connect();
    await world.clock.pass(120_000);
    assertEquals([asked, client.status], [3, "closed"]);
    assertEquals(client.closeReason?.error, "unauthorized");
    const offered = world.network.sockets.map(({ protocols }) => protocols[1]);
    assertEquals(offered, ["bearer.t1", "bearer.t2", "bearer.t3"]);
  },
);

worldTest("Connection renews a token in place", async (world) => {
  const source = tokenSource(world);
  const { getToken } = source;
  const client = await world.online({ getToken, random: () => 0.5 });
  const sent = () => world.server.commands.map(({ type }) => type);
  // At the last heartbeat before 80 s.
  await world.clock.pass(74_999);
  assertEquals([source.asked, sent()], [1, []]);
  await world.clock.pass(1);
  assertEquals([source.asked, sent()], [2, ["auth"]]);
  await world.clock.pass(75_000);
  assertEquals([source.asked, sent()], [3, ["auth", "auth"]]);
  assertEquals([client.status, world.network.sockets.length], ["online", 1]);
  client.close();
  assertEquals(world.clock.size, 0);
});

worldTest(
  "Connection renews a token at 60 to 90 % of a short life",
  async (world) => {
    for (const [chance, share] of [
      [0, 60_000],
      [0.999, 89_970],
    ] as const) {
      const source = tokenSource(world);
      const { getToken } = source;
      const client = await world.online({ getToken, random: () => chance });
      await world.clock.pass(share - 1);
      assertEquals(source.asked, 1);
      await world.clock.pass(1);
      assertEquals(source.asked, 2);
      client.close();
    }
  },
);

worldTest(
  "Connection comes back with a fresh token where the room refused one",
  async (world) => {
    const source = tokenSource(world);
    const client = await world.online({ getToken: source.getToken });
    world.server.refusals.push(unauthorized);
    await world.clock.pass(90_000);
    assertEquals([source.asked, client.status], [2, "online"]);
    world.network.breakAll(4401);
    const sent = client.send("not lost");
    await world.clock.pass(1_000);
    await sent;
    assertEquals([source.asked, client.status], [3, "online"]);
    assertEquals(world.network.sockets.length, 2);
  },
);

worldTest(
  "Connection comes back where a token cannot be renewed",
  async (world) => {
    const { getToken } = tokenSource(world);
    let isDown = false;
    const client = await world.online({
      getToken: async () => {
        if (isDown) throw new Error("Network");
        return getToken();
      },
    });
    isDown = true;
    await world.clock.pass(100_000);
    assert(client.status !== "online", "It has to try again");
    isDown = false;
    await world.clock.pass(20_000);
    assertEquals(client.status, "online");
  },
);

worldTest("Connection drops a guest's token that is refused", async (world) => {
  const storage = new FakeStorage();
  const key = "project-chat:42@https://chat.example";
  storage.setItem(key, "stale");
  world.server.refuseWith = { code: 4401, event: unauthorized };
  const client = world.client({ storage });
  client.connect();
  await settle();
  assertEquals(client.status, "waiting");
  world.server.refuseWith = undefined;
  await world.clock.pass(1_000);
  assertEquals([client.status, client.you?.id], ["online", "guest-1"]);
  assertEquals(storage.getItem(key), "guest-1");
});

worldTest(
  "Connection survives a getToken that fails or never answers",
  async (world) => {
    const answers = [
      Promise.reject(new Error("Network")),
      new Promise<string>(() => {}),
      Promise.resolve("good"),
    ];
    const client = world.client({
      getToken: () => answers.shift() ?? "more",
    });
    client.connect();
    await world.clock.pass(60_000);
    assertEquals([client.status, client.you?.id], ["online", "good"]);
  },
);
