/** How a dead link is told from a quiet one. */
import { assert, assertEquals } from "./support/assert.ts";
import { worldTest } from "./support/fixture.ts";

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
