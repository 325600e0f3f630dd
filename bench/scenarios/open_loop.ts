/** Messages at a given rate, whatever the server does: in one room, and in a hundred. */
import type { PeerId } from "../peers/mod.ts";
import { newPlaces } from "../stage.ts";
import { SENDERS, TEXT_BYTES } from "./saturated.ts";
import { byTurns, type Goal, type Metric, type Scenario } from "./scenario.ts";

const PEERS = ["project_chat", "raw", "partyserver", "ws", "nest"] as const;

/** Those who show what of the latency is the wait for the disk. */
const DISK_PEERS = ["project_chat_ram", "raw_stored"] as const;

const METRICS: readonly Metric[] = [
  { key: "p50", title: "p50, ms" },
  { key: "p99", title: "p99, ms" },
  { key: "cpu_us", title: "CPU per delivery, µs" },
  { key: "cpu_share", title: "share of a core" },
];

function latency(
  metric: "p50" | "p99",
  { of, against }: { of: PeerId; against: PeerId },
): Goal {
  const subject = of === "project_chat" ? "" : ` of ${of}`;
  return {
    title: `${metric}${subject}, against ${against}`,
    value: { peer: of, metric },
    against: { peer: against, metric },
  };
}

export const openLoop: Scenario = {
  id: "open_loop",
  title: "Open loop",
  about:
    "100 members, 50 messages a second by a Poisson process; latency from the send to each delivery.",
  metrics: METRICS,
  goals: [
    { ...latency("p50", { of: "project_chat", against: "raw" }), atMost: 1.3 },
    { ...latency("p99", { of: "project_chat", against: "raw" }), atMost: 1.5 },
    latency("p50", { of: "project_chat", against: "raw_stored" }),
    latency("p99", { of: "project_chat", against: "raw_stored" }),
    latency("p50", { of: "project_chat_ram", against: "raw" }),
    latency("p99", { of: "project_chat_ram", against: "raw" }),
  ],
  round: (stage) =>
    byTurns(stage, {
      peers: [...PEERS, ...DISK_PEERS],
      measure: (peer) =>
        stage.run(peer, {
          places: newPlaces(),
          members: stage.quick ? 20 : 100,
          senders: SENDERS,
          textBytes: TEXT_BYTES,
          task: {
            type: "talk",
            rate: 50,
            warmupMs: stage.quick ? 200 : 1_000,
            durationMs: stage.quick ? 500 : 10_000,
          },
        }),
    }),
};

export const rooms: Scenario = {
  id: "rooms",
  title: "Many rooms",
  about:
    "100 rooms of 20 members, 5 messages a second in each. Ours are rooms of one project, hence of one object; raw and PartyServer have an object for each.",
  metrics: METRICS,
  goals: [
    {
      title: "CPU per delivery, against raw",
      value: { peer: "project_chat", metric: "cpu_us" },
      against: { peer: "raw", metric: "cpu_us" },
    },
    {
      title: "CPU per delivery, against nest",
      value: { peer: "project_chat", metric: "cpu_us" },
      against: { peer: "nest", metric: "cpu_us" },
    },
  ],
  maxRounds: 3,
  round: (stage) => {
    const count = stage.quick ? 10 : 100;
    return byTurns(stage, {
      peers: PEERS,
      measure: (peer) =>
        stage.run(peer, {
          places: newPlaces(count),
          members: stage.quick ? 5 : 20,
          senders: 1,
          textBytes: TEXT_BYTES,
          task: {
            type: "talk",
            rate: count * 5,
            warmupMs: stage.quick ? 200 : 1_000,
            durationMs: stage.quick ? 500 : 3_000,
          },
        }),
    });
  },
};
