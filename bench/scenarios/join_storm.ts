/** Everybody comes back at once, as after a deploy. */
import { newPlaces } from "../stage.ts";
import { TEXT_BYTES } from "./saturated.ts";
import { byTurns, type Goal, type Scenario } from "./scenario.ts";

const PEERS = ["project_chat", "raw", "partyserver", "ws"] as const;

const JOIN_AGAINST_RAW: Goal = {
  title: "time until all are in, against raw",
  value: { peer: "project_chat", metric: "join_ms" },
  against: { peer: "raw", metric: "join_ms" },
  atMost: 2.5,
};

export const joinStorm: Scenario = {
  id: "join_storm",
  title: "Join storm",
  about:
    "2,000 members join one room, 250 handshakes at a time. Ours gives each a welcome and the history of a room with 100 messages; raw, PartyServer and ws give nothing, their members are in once the upgrade is; the gateway of the tutorial announces each to all others, and is measured once.",
  metrics: [
    { key: "join_ms", title: "until all are in, ms" },
    { key: "join_cpu_us", title: "CPU per join, µs" },
  ],
  goals: [
    JOIN_AGAINST_RAW,
    {
      title: "CPU per join, against raw",
      value: { peer: "project_chat", metric: "join_cpu_us" },
      against: { peer: "raw", metric: "join_cpu_us" },
    },
  ],
  round: (stage) =>
    byTurns(stage, {
      peers: stage.round === 0 ? [...PEERS, "nest"] : PEERS,
      measure: (peer) =>
        stage.run(peer, {
          places: newPlaces(),
          members: stage.quick ? 100 : 2_000,
          senders: 1,
          textBytes: TEXT_BYTES,
          task: { type: "join", seed: peer === "project_chat" ? 100 : 0 },
        }),
    }),
};
