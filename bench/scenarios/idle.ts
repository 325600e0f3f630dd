/** What a connection costs that says nothing. */
import { setTimeout as sleep } from "node:timers/promises";
import { memoryMib } from "../measure/server_cost.ts";
import type { PeerId, RunningPeer } from "../peers/mod.ts";
import { type Held, newPlaces, type Stage } from "../stage.ts";
import { TEXT_BYTES } from "./saturated.ts";
import { byTurns, type Round, type Scenario } from "./scenario.ts";

const PEERS = ["project_chat", "raw", "partyserver", "ws", "nest"] as const;
const NEST_ROOMS = 50;
const KIB_PER_MIB = 1_024;
/** Longer than a crowd is told its number and an object kept that has nothing to do. */
const IDLE_MS = 18_000;

/** A server with its connections, from before and right after they came. */
interface Crowded {
  readonly server: RunningPeer;
  readonly held: Held;
  readonly before: number;
  readonly joined: number;
}

export const idle: Scenario = {
  id: "idle",
  title: "Idle connections",
  about:
    "5,000 connections in one room of a fresh server; resident memory each, at once and after 18 s of silence, when objects hibernate. Those of Socket.IO are spread over 50 rooms, since the gateway of the tutorial announces everybody to everybody in a room.",
  metrics: [
    { key: "joined_kib", title: "KiB each, at once" },
    { key: "idle_kib", title: "KiB each, idle" },
  ],
  goals: [
    {
      title: "memory per idle connection, against raw",
      value: { peer: "project_chat", metric: "idle_kib" },
      against: { peer: "raw", metric: "idle_kib" },
      atMost: 1.3,
    },
  ],
  round: holdAll,
};

/** All servers are idle at the same time: memory does not mind, and the run is shorter. */
async function holdAll(stage: Stage): Promise<Round> {
  const members = stage.quick ? 100 : 5_000;
  const crowds = new Map<PeerId, Crowded>();
  await byTurns(stage, {
    peers: PEERS,
    measure: async (peer) => {
      const server = await stage.start(peer);
      const before = memoryMib(server.pid);
      const held = await stage.hold(
        peer,
        {
          places: newPlaces(peer === "nest" ? NEST_ROOMS : 1),
          members: peer === "nest" ? members / NEST_ROOMS : members,
          senders: 1,
          textBytes: TEXT_BYTES,
          task: { type: "join", seed: 0 },
        },
        server,
      );
      const joined = memoryMib(server.pid);
      crowds.set(peer, { server, held, before, joined });
      return {};
    },
  });
  await sleep(stage.quick ? 500 : IDLE_MS);
  const round: Round = {};
  for (const [peer, { server, held, before, joined }] of crowds) {
    const each = (mib: number) => ((mib - before) * KIB_PER_MIB) / members;
    const idle = memoryMib(server.pid);
    round[peer] = { joined_kib: each(joined), idle_kib: each(idle) };
    await held.end();
    await server.stop();
  }
  return round;
}
