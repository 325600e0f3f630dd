/** Whatever happens in whatever order: nothing lost, nothing twice, nothing left running. */
import * as fc from "fast-check";
import { type ChatClient, react } from "../../src/client/mod.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { settle } from "./support/fake_clock.ts";
import { inWorld, seeded, type World } from "./support/fixture.ts";
import { test } from "./support/suite.ts";

/** One thing that can happen to a client, to its network or to its server. */
type Step = (world: World, client: ChatClient) => void | Promise<void>;

/** The same in each run, so that a failure means a change. */
const RUNS = { numRuns: 300, seed: 20_261_123 };
const FINAL = [1000, 1003, 1009, 4400, 4403];
/** Long enough for the longest wait, a dead link's discovery and the delivery of all. */
const HEALING = 300_000;

const steps: Record<string, Step> = {
  open: ({ network }) => network.open(),
  carryUp: ({ network }) => network.carryUp(),
  carryDown: ({ network }) => network.carryDown(),
  say: ({ server }) => server.say("from another"),
  break: ({ network }) => network.breakAll(),
  restart: ({ network }) => network.breakAll(1012),
  reap: ({ network }) => network.breakAll(4408),
  expire: ({ network }, client) => {
    // Three refusals with no welcome between them would rightly end it.
    if (client.status === "online") network.breakAll(4401);
  },
  limit: ({ network }) => network.breakAll(4429),
  fill: ({ network }) => network.breakAll(4503),
  refuse: ({ server }) => {
    server.refusals.push({
      type: "error",
      code: "rate_limited",
      message: "Wait",
      retryAfter: 2_000,
    });
  },
  reset: ({ server }) => {
    // Without the log's own identity a stale cursor would look valid.
    server.epoch += "'";
  },
  deaf: ({ server }) => {
    server.isDeaf = !server.isDeaf;
  },
  silent: ({ server }) => {
    server.isSilent = !server.isSilent;
  },
  down: ({ network }) => {
    network.isUp = !network.isUp;
  },
  online: ({ page }) => page.dispatch("online"),
  visible: ({ page }) => page.dispatch("visibilitychange"),
  hide: ({ page }) => page.dispatch("pagehide"),
  show: ({ page }) => page.dispatch("pageshow"),
  reconnect: (_, client) => client.reconnect(),
  moment: ({ clock }) => clock.pass(700),
  minute: ({ clock }) => clock.pass(60_000),
  nap: ({ clock }) => clock.sleep(600_000),
};

const names = Object.keys(steps);
const schedule = fc.record({
  seed: fc.integer(),
  script: fc.array(fc.constantFrom("send", "send", "react", ...names), {
    maxLength: 80,
    size: "max",
  }),
});

/** Sends what the script says; everything must come to an end once all is well again. */
async function play(
  script: readonly string[],
  world: World,
  client: ChatClient,
) {
  const { network } = world;
  const answers: Promise<unknown>[] = [];
  for (const name of script) {
    const text = `text ${answers.length}`;
    if (name === "send") answers.push(client.send(text));
    else if (name === "react")
      answers.push(react(client, { seq: 1, emoji: "👍", on: true }));
    else await steps[name]?.(world, client);
    await settle();
    assert(network.live.length <= 1, `${network.live.length} live sockets`);
  }
  return answers;
}

async function heal({ network, server, page, clock }: World) {
  server.isDeaf = server.isSilent = false;
  server.refusals.length = 0;
  network.isUp = network.automatic = true;
  page.dispatch("pageshow");
  await clock.pass(HEALING);
}

test("ChatClient loses and doubles nothing in any order of events", async () => {
  await fc.assert(
    fc.asyncProperty(schedule, ({ seed, script }) =>
      inWorld(async (world) => {
        const { server, network, clock } = world;
        server.say("first");
        network.automatic = false;
        const client = world.client({
          random: seeded(seed),
          getToken: async () => "me",
        });
        const live: number[] = [];
        client.on("event", (event) => {
          if (event.type === "message" && client.timeline.live) {
            live.push(event.seq);
          }
        });
        client.connect();
        const answers = await play(script, world, client);
        await heal(world);
        const settled = await Promise.all(answers);
        assertEquals(settled.length, answers.length);
        const own = server.messages.filter(({ author }) => author.id === "me");
        const expected = script.filter((name) => name === "send").length;
        assertEquals(own.length, expected);
        const order = own.map(({ text }) => Number(text.split(" ")[1]));
        assertEquals(
          order,
          [...order].sort((a, b) => a - b),
        );
        assertEquals(client.timeline.pending, []);
        const shown = client.timeline.messages.map(({ seq }) => seq);
        assertEquals(
          shown,
          server.messages.map(({ seq }) => seq).slice(-shown.length),
        );
        assertEquals(client.timeline.cursor, server.head);
        assertEquals(new Set(live).size, live.length);
        client.close();
        assertEquals([clock.size, world.page.listening], [0, 0]);
        assertEquals(network.live.length, 0);
      }),
    ),
    RUNS,
  );
});

test("ChatClient stays closed after a final code or close() in any order of events", async () => {
  await fc.assert(
    fc.asyncProperty(
      schedule,
      schedule,
      fc.constantFrom(0, ...FINAL),
      (before, after, code) =>
        inWorld(async (world) => {
          const { network, clock, page } = world;
          network.automatic = false;
          const client = world.client({ random: seeded(before.seed) });
          client.connect();
          const outcomes = await play(before.script, world, client);
          for (const outcome of outcomes) outcome.catch(() => {});
          if (code === 0) client.close();
          else {
            client.reconnect();
            await settle();
            network.breakAll(code);
          }
          const { length } = network.sockets;
          assertEquals(
            [client.status, clock.size, page.listening],
            ["closed", 0, 0],
          );
          const quiet = after.script.filter((name) => name !== "reconnect");
          for (const outcome of await play(quiet, world, client)) {
            outcome.catch(() => {});
          }
          await clock.pass(HEALING);
          assertEquals([network.sockets.length, clock.size], [length, 0]);
        }),
    ),
    RUNS,
  );
});
