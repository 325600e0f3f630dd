/** How long the connection waits before it tries again. */
import type { RoomEvent } from "../../src/client/mod.ts";
import { assert, assertEquals, assertRejects } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { worldTest } from "./support/fixture.ts";

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
  "Connection backs off further while it flaps, and forgets after 10 s up",
  async (world) => {
    const random = () => 0.999;
    const client = await world.online({ random });
    const delays: number[] = [];
    for (let drop = 0; drop < 4; drop++) {
      world.network.breakAll();
      delays.push((client.retryAt ?? 0) - world.clock.now());
      await world.clock.pass(delays.at(-1) ?? 0);
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
  "[F2] Connection says that a frame was too large, to whoever waits as well",
  async (world) => {
    const client = await world.online();
    world.server.isMute = true;
    const sent = client.send("too much");
    const { last } = world.network;
    const refusal = { type: "error", code: "too_large", message: "Too large" };
    last.deliver(JSON.stringify([refusal]));
    last.end(1009);
    const { closeReason } = client;
    assertEquals(closeReason, {
      code: 1009,
      error: "too_large",
      message: "Too large",
      terminal: true,
    });
    await assertRejects(sent, "too_large");
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
