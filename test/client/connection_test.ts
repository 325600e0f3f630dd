import { createTyping, type RoomEvent } from "../../src/client/mod.ts";
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

worldTest("Connection goes from idle to online and tells so", async (world) => {
  const client = world.client();
  const states = [client.status];
  client.on("status", (status) => states.push(status));
  client.connect();
  client.connect();
  await settle();
  assertEquals(states, ["idle", "connecting", "online"]);
  assertEquals(world.network.sockets.length, 1);
});

worldTest(
  "Connection offers the protocol, and a resume after the first time",
  async (world) => {
    const client = await world.online();
    const { url, protocols } = world.network.last;
    assertEquals(
      url.href,
      "wss://chat.example/project/42/chat?room=lobby&nickname=me",
    );
    assertEquals(protocols, ["project-chat.v1"]);
    world.server.say("one");
    world.network.carryDown();
    client.reconnect();
    await settle();
    const again = world.network.last;
    assertEquals(again.url.search, "?room=lobby&nickname=me&epoch=e1&after=1");
    assertEquals(again.protocols, ["project-chat.v1", "bearer.guest-1"]);
    assertEquals(world.network.live.length, 1);
  },
);

worldTest(
  "Connection leaves no timer, listener or socket after close()",
  async (world) => {
    const client = await world.online();
    const typing = createTyping(client);
    typing.tell(true);
    world.server.tell({
      type: "typing",
      member: { id: "b", nickname: "B", role: "member", guest: false },
      on: true,
    });
    world.network.carryDown();
    assertEquals(typing.members.length, 1);
    client.send("never answered").catch(() => {});
    assert(world.clock.size > 0 && world.page.listening > 0, "It has to run");
    client.close();
    assertEquals([world.clock.size, world.page.listening], [0, 0]);
    assertEquals([client.status, world.network.live.length], ["closed", 0]);
    world.page.dispatch("online");
    await world.clock.pass(120_000);
    assertEquals([client.status, world.network.sockets.length], ["closed", 1]);
  },
);

worldTest(
  "Connection gives up a server that accepts and stays silent",
  async (world) => {
    world.server.isSilent = true;
    const client = world.client();
    client.connect();
    await world.clock.pass(9_999);
    assertEquals(client.status, "connecting");
    await world.clock.pass(1);
    assertEquals(
      [client.status, client.closeReason?.terminal],
      ["waiting", false],
    );
    assert(client.retryAt !== undefined, "It has to say when it tries again");
    world.server.isSilent = false;
    await world.clock.pass(20_000);
    assertEquals([client.status, client.closeReason], ["online", undefined]);
  },
);

worldTest(
  "Connection keeps trying while the network is dead",
  async (world) => {
    world.network.isUp = false;
    const client = world.client();
    client.connect();
    await world.clock.pass(300_000);
    assert(world.network.sockets.length > 10, "It has to keep trying");
    assert(world.network.sockets.length < 80, "It has to back off");
    world.network.isUp = true;
    await world.clock.pass(20_000);
    assertEquals(client.status, "online");
  },
);

worldTest(
  "Connection stops for good after a terminal code and says why",
  async (world) => {
    for (const code of [1000, 1003, 1009, 4400, 4403]) {
      const client = await world.online();
      const event: RoomEvent = {
        type: "error",
        code: "banned",
        message: "Banned",
      };
      world.network.last.deliver(JSON.stringify([event]));
      world.network.last.end(code);
      const { closeReason } = client;
      // The others are the connection's own codes.
      const isRefusal = code >= 4400;
      assertEquals(closeReason, {
        code,
        ...(isRefusal && { error: "banned" }),
        message: isRefusal ? "Banned" : "Connection was lost",
        terminal: true,
      });
      const { length } = world.network.sockets;
      world.page.dispatch("online");
      await world.clock.pass(120_000);
      assertEquals(
        [client.status, world.network.sockets.length],
        ["closed", length],
      );
    }
    assertEquals([world.clock.size, world.page.listening], [0, 0]);
  },
);

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

worldTest("Connection ignores sockets that were superseded", async (world) => {
  const client = await world.online();
  const old = world.network.last;
  client.reconnect();
  await settle();
  old.deliver(JSON.stringify([{ type: "error", code: "banned", message: "" }]));
  old.end(4403);
  assertEquals([client.status, client.closeReason], ["online", undefined]);
});

worldTest(
  "Connection returns at once when the network or the reader does",
  async (world) => {
    const client = await world.online();
    for (const sign of ["online", "pageshow", "visibilitychange"] as const) {
      world.network.isUp = false;
      world.network.breakAll();
      await world.clock.pass(200_000);
      world.network.isUp = true;
      world.page.dispatch(sign);
      assert((client.retryAt ?? 0) <= world.clock.now() + 1_000, "At once");
      await world.clock.pass(1_000);
      assertEquals(client.status, "online");
    }
  },
);

worldTest(
  "Connection looks at once whether a link stands when the device goes offline",
  async (world) => {
    const client = await world.online();
    world.server.isDeaf = true;
    world.page.dispatch("offline");
    await world.clock.pass(13_000);
    assertEquals(client.status, "online");
    await world.clock.pass(1_000);
    assertEquals(client.status, "waiting");
  },
);

worldTest(
  "Connection lets no sign shorten a wait that the server asked for",
  async (world) => {
    const event: RoomEvent = {
      type: "error",
      code: "rate_limited",
      message: "",
      retryAfter: 30_000,
    };
    world.server.refuseWith = { code: 4429, event };
    const client = world.client();
    client.connect();
    await settle();
    world.server.refuseWith = undefined;
    world.page.dispatch("online");
    await world.clock.pass(29_999);
    assertEquals(client.status, "waiting");
    await world.clock.pass(1_001);
    assertEquals(client.status, "online");
  },
);

worldTest(
  "Connection comes back at once from a break, whatever was refused on it",
  async (world) => {
    const client = await world.online();
    for (const code of [1006, 1011, 1012, 4408, 4413]) {
      world.server.refusals.push({
        type: "error",
        code: "slow_mode",
        message: "",
        retryAfter: 290_000,
      });
      client.send(`too soon ${code}`).catch(() => {});
      await settle();
      world.network.breakAll(code);
      const { closeReason, retryAt = 0 } = client;
      assertEquals([closeReason?.code, closeReason?.error], [code, undefined]);
      assert(retryAt - world.clock.now() < 20_000, `${code} is no refusal`);
      world.page.dispatch("online");
      await world.clock.pass(1_000);
      assertEquals(client.status, "online");
    }
    client.close();
  },
);

worldTest(
  "Connection waits as long as the last of too many commands was told to",
  async (world) => {
    const client = await world.online();
    world.server.refusals.push({
      type: "error",
      code: "rate_limited",
      message: "",
      retryAfter: 30_000,
    });
    client.send("too many").catch(() => {});
    await settle();
    world.network.breakAll(4429);
    assertEquals(client.closeReason?.error, "rate_limited");
    world.page.dispatch("online");
    await world.clock.pass(29_999);
    assertEquals(client.status, "waiting");
    client.close();
  },
);

worldTest(
  "Connection closes for the back/forward cache and reopens",
  async (world) => {
    const client = await world.online();
    world.page.dispatch("pagehide");
    assertEquals([client.status, world.network.live.length], ["waiting", 0]);
    assertEquals([client.retryAt, world.clock.size], [undefined, 0]);
    world.page.dispatch("pageshow");
    await world.clock.pass(1_000);
    assertEquals(client.status, "online");
  },
);

worldTest(
  "Connection backs off further while it flaps, and forgets after 10 s up",
  async (world) => {
    const random = () => 0.999;
    const client = await world.online({ random });
    const delays: number[] = [];
    for (let drop = 0; drop < 4; drop++) {
      world.network.breakAll();
      delays.push((client.retryAt ?? 0) - world.clock.now());
      await world.clock.pass(20_000 * 0 + (delays.at(-1) ?? 0));
    }
    await world.clock.pass(10_000);
    world.network.breakAll();
    delays.push((client.retryAt ?? 0) - world.clock.now());
    assertEquals(
      delays.map((delay) => Math.ceil(delay / 100) / 10),
      [1, 2, 4, 8, 1],
    );
  },
);

worldTest(
  "Heartbeat pings every 25 s ± 20 % and takes pongs for life",
  async (world) => {
    const client = await world.online();
    const start = world.clock.now();
    let pings = 0;
    const { last } = world.network;
    const { send } = last;
    last.send = (text) => {
      if (text === "ping") pings++;
      send.call(last, text);
    };
    await world.clock.pass(300_000);
    assert(pings >= 10 && pings <= 15, `${pings} pings`);
    assertEquals(
      [client.status, world.clock.now() - start],
      ["online", 300_000],
    );
    assertEquals(world.network.sockets.length, 1);
  },
);

worldTest(
  "Heartbeat notices a dead link within 44 s, after a second ping",
  async (world) => {
    const client = await world.online();
    world.server.isDeaf = true;
    await world.clock.pass(44_000 + 1_000);
    assert(world.network.sockets.length > 1, "It has to reconnect");
    assert(client.status !== "closed", "It has to go on");
  },
);

worldTest(
  "Heartbeat pings before it judges when a timer comes late",
  async (world) => {
    const client = await world.online({ random: () => 0.999 });
    world.network.automatic = false;
    // The machine sleeps with a ping under way, twice.
    await world.clock.pass(30_000);
    for (let nap = 0; nap < 2; nap++) {
      world.clock.sleep(3_600_000);
      await world.clock.pass(0);
    }
    assertEquals([client.status, world.network.sockets.length], ["online", 1]);
    world.network.automatic = true;
    world.network.carryUp();
    await world.clock.pass(60_000);
    assertEquals([client.status, world.network.sockets.length], ["online", 1]);
  },
);

worldTest(
  "Heartbeat pings at once when the reader comes back",
  async (world) => {
    await world.online();
    world.network.automatic = false;
    world.page.dispatch("visibilitychange");
    assertEquals(world.network.last.upward, ["ping"]);
  },
);
