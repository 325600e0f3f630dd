/** How the cost of a delivery moves with the size of a room and with the rate: the plot. */
import type { PeerId } from "../peers/mod.ts";
import { type Numbers, newPlaces, type Stage } from "../stage.ts";
import { IN_FLIGHT, SENDERS, TEXT_BYTES } from "./saturated.ts";
import { byTurns, type Metric, type Scenario } from "./scenario.ts";

export const SWEEP_PEERS = [
  "project_chat",
  "raw",
  "partyserver",
  "ws",
  "nest",
] as const satisfies readonly PeerId[];

const MEMBERS = { full: [10, 30, 100, 300, 1_000], quick: [10, 30] };
const RATES = { full: [10, 30, 100, 300, 1_000, 2_000], quick: [30, 100] };
const RATE_MEMBERS = { full: 100, quick: 20 };
/** A run that takes longer than this times its span was too much for the server. */
const MOST_LATE = 1.2;
/** Messages that a point at a low rate rests on. */
const MESSAGES = 100;

export const sweepMembers: Scenario = {
  id: "sweep_members",
  title: "Cost over members",
  about: "Saturated fan-out as above; CPU per delivery in µs by members.",
  metrics: columns(MEMBERS.full),
  goals: [],
  maxRounds: 1,
  round: (stage) =>
    sweep(stage, stage.quick ? MEMBERS.quick : MEMBERS.full, {
      point: (peer, members) =>
        stage.run(peer, {
          places: newPlaces(),
          members,
          senders: Math.min(SENDERS, members),
          textBytes: TEXT_BYTES,
          task: {
            type: "saturate",
            inFlight: IN_FLIGHT,
            warmupMs: stage.quick ? 200 : 500,
            durationMs: stage.quick ? 300 : 1_500,
          },
        }),
    }),
};

export const sweepRates: Scenario = {
  id: "sweep_rates",
  title: "Cost over rate",
  about:
    "Open loop with 100 members; CPU per delivery in µs by messages a second. A dash: it did not keep up.",
  metrics: columns(RATES.full),
  goals: [],
  maxRounds: 1,
  round: (stage) =>
    sweep(stage, stage.quick ? RATES.quick : RATES.full, {
      point: async (peer, rate) => {
        const durationMs = stage.quick
          ? 300
          : Math.min(5_000, Math.max(1_500, (MESSAGES * 1_000) / rate));
        const numbers = await stage.run(peer, {
          places: newPlaces(),
          members: stage.quick ? RATE_MEMBERS.quick : RATE_MEMBERS.full,
          senders: SENDERS,
          textBytes: TEXT_BYTES,
          task: {
            type: "talk",
            rate,
            warmupMs: stage.quick ? 200 : 500,
            durationMs,
          },
        });
        const late = (numbers["elapsed_ms"] ?? Infinity) / durationMs;
        return late <= MOST_LATE ? numbers : undefined;
      },
    }),
};

function columns(points: readonly number[]): Metric[] {
  return points.map((point) => ({ key: `${point}`, title: `${point}` }));
}

function sweep(
  stage: Stage,
  points: readonly number[],
  options: {
    /** Measures one; `undefined` when it was too much, as the next would be. */
    readonly point: (peer: PeerId, x: number) => Promise<Numbers | undefined>;
  },
) {
  return byTurns(stage, {
    peers: SWEEP_PEERS,
    measure: async (peer) => {
      const costs: Record<string, number> = {};
      for (const x of points) {
        const numbers = await options.point(peer, x);
        if (!numbers) break;
        costs[`${x}`] = numbers["cpu_us"] ?? Number.NaN;
      }
      return costs;
    },
  });
}
