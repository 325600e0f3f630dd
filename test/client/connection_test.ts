/** The connection: it comes back by itself, and ends when it has to. */
import { createTyping, type RoomEvent } from "../../src/client/mod.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { worldTest } from "./support/fixture.ts";

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
      const isRefusal = code === 1009 || code >= 4400;
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
