/** Half of a room stops reading while the other half talks on. */
import type { PeerId } from "../peers/mod.ts";
import { newPlaces, type Stage } from "../stage.ts";
import { IN_FLIGHT, SENDERS } from "./saturated.ts";
import { byTurns, type Scenario } from "./scenario.ts";

const TEXT_BYTES = 4_000;
const TRAFFIC_BYTES = { full: 64 * 2 ** 20, quick: 2 * 2 ** 20 };
/** Part of the traffic that shows how it is without slow readers. */
const ALONE = 1 / 4;
const LIMIT_MS = 40_000;
const READERS = { full: 50, quick: 10 };
/** Growth at which a server that holds everything back is spared the rest. */
const GROWTH_LIMIT_MIB = 1_024;

export const slowReaders: Scenario = {
  id: "slow_readers",
  title: "Slow readers",
  about:
    "50 members read; 50 more do for 2 s and then stop, without leaving. From there on 64 MiB of texts of 4,000 bytes are sent as fast as those who read get them (10 talk with 4 messages in flight each). A server that grew by 1 GiB is spared the rest. Against it: a quarter of that traffic without the 50.",
  metrics: [
    { key: "growth", title: "growth of the server, MiB" },
    { key: "alone_growth", title: "growth without slow readers, MiB" },
    { key: "sent", title: "messages sent" },
    { key: "p99", title: "p99 of the others, ms" },
    { key: "alone_p99", title: "p99 without slow readers, ms" },
  ],
  goals: [
    {
      title: "growth with 50 slow readers",
      value: { peer: "project_chat", metric: "growth" },
      unit: "MiB",
      atMost: 64,
    },
    {
      title: "p99 of the others, against without slow readers",
      value: { peer: "project_chat", metric: "p99" },
      against: { peer: "project_chat", metric: "alone_p99" },
      atMost: 2,
    },
  ],
  round: (stage) =>
    byTurns(stage, {
      // The others are there to show what happens; once is enough.
      peers:
        stage.round === 0
          ? ["project_chat", "raw", "ws", "nest"]
          : ["project_chat"],
      measure: async (peer) => {
        const alone = await talk(stage, { peer, paused: 0 });
        const slowed = await talk(stage, {
          peer,
          paused: stage.quick ? READERS.quick : READERS.full,
        });
        return {
          ...slowed,
          alone_p99: alone["p99"] ?? Number.NaN,
          alone_growth: alone["growth"] ?? Number.NaN,
        };
      },
    }),
};

async function talk(
  stage: Stage,
  options: {
    peer: PeerId;
    paused: number;
  },
) {
  const { peer, paused } = options;
  const { quick } = stage;
  const bytes = quick ? TRAFFIC_BYTES.quick : TRAFFIC_BYTES.full;
  const messages = (bytes * (paused > 0 ? 1 : ALONE)) / TEXT_BYTES;
  // A fresh server: what an earlier load has left behind would hide the growth.
  const server = await stage.start(peer);
  try {
    return await stage.run(
      peer,
      {
        places: newPlaces(),
        members: (quick ? READERS.quick : READERS.full) + paused,
        senders: SENDERS,
        textBytes: TEXT_BYTES,
        task: {
          type: "saturate",
          inFlight: IN_FLIGHT,
          warmupMs: quick ? 200 : 2_000,
          durationMs: LIMIT_MS,
          messages,
          paused,
          growthLimit: GROWTH_LIMIT_MIB,
        },
      },
      server,
    );
  } finally {
    await server.stop();
  }
}
