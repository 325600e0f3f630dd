/** The first word after a silence, in a crowd: what waking costs for each socket. */
import { newPlaces } from "../stage.ts";
import { TEXT_BYTES } from "./saturated.ts";
import { byTurns, type Scenario } from "./scenario.ts";

const SIZES = [1_000, 5_000] as const;
/** Whose difference is what waking costs. */
const KEYS = {
  warm_cpu_ms: "CPU of a message, ms",
  wake_cpu_ms: "of the first after 22 s, ms",
  wake_ms: "until it is back, ms",
} as const;

export const wakeCrowd: Scenario = {
  id: "wake_crowd",
  title: "Wake of a crowd",
  about:
    "1,000 and then 5,000 members in one room talk, are silent for 22 s, and one of them speaks: what the server spends on it, all deliveries included, against a message while it is awake, and the time until the sender has it back.",
  metrics: SIZES.flatMap((size) =>
    Object.entries(KEYS).map(([key, title]) => ({
      key: `${key}_${size}`,
      title: `${size} members: ${title}`,
    })),
  ),
  goals: [],
  maxRounds: 3,
  round: (stage) =>
    byTurns(stage, {
      peers: ["project_chat"],
      measure: async (peer) => {
        const numbers: Record<string, number> = {};
        for (const size of SIZES) {
          const run = await stage.run(peer, {
            places: newPlaces(),
            members: stage.quick ? size / 100 : size,
            senders: 1,
            textBytes: TEXT_BYTES,
            task: { type: "wake", idleMs: 22_000 },
          });
          for (const key of Object.keys(KEYS))
            numbers[`${key}_${size}`] = run[key] ?? Number.NaN;
        }
        return numbers;
      },
    }),
};
