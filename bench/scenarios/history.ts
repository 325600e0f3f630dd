/** A long history against a short one. */
import type { Place } from "../load/dialect.ts";
import type { PeerId, RunningPeer } from "../peers/mod.ts";
import { newPlaces, type Stage } from "../stage.ts";
import { databasesIn, fillHistory } from "./fill_history.ts";
import { TEXT_BYTES } from "./saturated.ts";
import { byTurns, type Goal, type Scenario } from "./scenario.ts";

const SHORT = 1_000;
const LONG = { full: 1_000_000, quick: 20_000 };
const OURS: PeerId = "project_chat";
const LOAD = { members: 1, senders: 1, textBytes: TEXT_BYTES };

/** Two places of a server that was filled: the short one and the long one. */
const filled = new WeakMap<RunningPeer, readonly Place[]>();

export const history: Scenario = {
  id: "history",
  title: "Long history",
  about:
    "A page of 50 from anywhere in the history, and an append: in a room with 1,000 messages and in one with 1,000,000, by turns, one request at a time.",
  metrics: [
    { key: "page_short_ms", title: "page of 1,000, ms" },
    { key: "page_long_ms", title: "page of 1,000,000, ms" },
    { key: "append_short_ms", title: "append at 1,000, ms" },
    { key: "append_long_ms", title: "append at 1,000,000, ms" },
    { key: "page_short_cpu_us", title: "CPU of a page of 1,000, µs" },
    { key: "page_long_cpu_us", title: "CPU of a page of 1,000,000, µs" },
  ],
  goals: [longAgainstShort("page"), longAgainstShort("append")],
  round: (stage) =>
    byTurns(stage, {
      peers: [OURS],
      measure: async (peer) => {
        const places = await fill(stage);
        const repeats = stage.quick ? 25 : 200;
        const lengths = lengthsOf(stage);
        const task = { type: "history", repeats, lengths } as const;
        return stage.run(peer, { ...LOAD, places, task });
      },
    }),
};

function longAgainstShort(work: "page" | "append"): Goal {
  return {
    title: `${work} at 1,000,000 messages, against 1,000`,
    value: { peer: OURS, metric: `${work}_long_ms` },
    against: { peer: OURS, metric: `${work}_short_ms` },
    atMost: 1.2,
  };
}

function lengthsOf({ quick }: Stage): readonly number[] {
  return [SHORT, quick ? LONG.quick : LONG.full];
}

/** Makes the two histories once; later rounds find them. */
async function fill(stage: Stage): Promise<readonly Place[]> {
  const server = await stage.server(OURS);
  const known = filled.get(server);
  if (known) return known;
  const { state } = server;
  if (state === undefined) throw new Error("Server keeps no state");
  const places: Place[] = [];
  const databases = new Set<string>();
  for (const length of lengthsOf(stage)) {
    const [place] = newPlaces();
    if (!place) throw new RangeError("There is no place");
    places.push(place);
    const task = { type: "join", seed: 1 } as const;
    const running = await stage.server(OURS);
    await stage.run(OURS, { ...LOAD, places: [place], task });
    await running.stop();
    const created = databasesIn(state).filter((path) => !databases.has(path));
    for (const path of created) {
      databases.add(path);
      fillHistory(path, length);
    }
    stage.adopt(OURS, await stage.start(OURS, { state }));
  }
  filled.set(await stage.server(OURS), places);
  return places;
}
