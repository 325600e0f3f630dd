/** Fan-out as fast as it goes: with and without clients that offer compression. */
import type { PeerId } from "../peers/mod.ts";
import { newPlaces, type Stage } from "../stage.ts";
import { byTurns, type Goal, type Metric, type Scenario } from "./scenario.ts";

export const TEXT_BYTES = 80;
export const SENDERS = 10;
export const IN_FLIGHT = 4;

const MEMBERS = { full: 100, quick: 20 };
const FULL = { warmupMs: 1_000, durationMs: 3_000 };
const QUICK = { warmupMs: 200, durationMs: 300 };

const METRICS: readonly Metric[] = [
  { key: "cpu_us", title: "CPU per delivery, µs" },
  { key: "deliveries_per_s", title: "deliveries/s" },
  { key: "p50", title: "p50, ms" },
  { key: "p99", title: "p99, ms" },
];

export const saturated: Scenario = {
  id: "saturated",
  title: "Saturated fan-out",
  about:
    "100 members, 10 of them talk with 4 messages in flight each, texts of 80 bytes.",
  metrics: METRICS,
  goals: [
    { ...costAgainst("raw"), atMost: 1 / 8 },
    { ...costAgainst("nest"), atMost: 1 / 3 },
    costAgainst("partyserver"),
    costAgainst("ws"),
  ],
  round: (stage) =>
    saturate(stage, {
      peers: ["project_chat", "raw", "partyserver", "ws", "nest"],
      deflate: false,
    }),
};

export const deflate: Scenario = {
  id: "deflate",
  title: "Saturated fan-out to clients that offer compression",
  about:
    "The same with `Sec-WebSocket-Extensions: permessage-deflate`, as browsers send it. Only the Durable Object peers: the Node ones decline it unless they are told otherwise.",
  metrics: METRICS,
  goals: [
    costAgainst("raw"),
    costAgainst("raw_plain"),
    costAgainst("partyserver"),
  ],
  maxRounds: 3,
  round: (stage) =>
    saturate(stage, {
      peers: ["project_chat", "raw", "raw_plain", "partyserver"],
      deflate: true,
    }),
};

function costAgainst(peer: PeerId): Goal {
  return {
    title: `CPU per delivery, against ${peer}`,
    value: { peer: "project_chat", metric: "cpu_us" },
    against: { peer, metric: "cpu_us" },
  };
}

function saturate(
  stage: Stage,
  options: { peers: readonly PeerId[]; deflate: boolean },
) {
  const { peers, deflate } = options;
  return byTurns(stage, {
    peers,
    measure: (peer) =>
      stage.run(peer, {
        places: newPlaces(),
        members: stage.quick ? MEMBERS.quick : MEMBERS.full,
        senders: SENDERS,
        textBytes: TEXT_BYTES,
        deflate,
        task: {
          type: "saturate",
          inFlight: IN_FLIGHT,
          ...(stage.quick ? QUICK : FULL),
        },
      }),
  });
}
