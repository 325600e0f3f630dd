/** `npm run bench`: runs our server and its peers by turns, and says what they cost. */
import { existsSync } from "node:fs";
import { cleanUpOnExit, endChildren } from "./children.ts";
import { thisMachine } from "./measure/machine.ts";
import { type Options, readOptions } from "./options.ts";
import { loadPeers } from "./peers/mod.ts";
import type { Result, SampledRound, ScenarioResult } from "./report/result.ts";
import { save } from "./report/save.ts";
import { markdown } from "./report/table.ts";
import { SCENARIOS, type Scenario } from "./scenarios/mod.ts";
import { Stage } from "./stage.ts";

if (!existsSync("/proc/self/stat")) {
  throw new Error("The benchmark reads /proc, which only Linux has");
}
cleanUpOnExit();
const options = readOptions(process.argv.slice(2));
const chosen = choose(options);
const peers = await loadPeers();
const stage = new Stage(peers, options);
const scenarios: ScenarioResult[] = [];
const result: Result = {
  machine: thisMachine(),
  peers: Object.fromEntries(
    [...peers].map(([id, { title, made }]) => [id, { title, made }]),
  ),
  scenarios,
};
for (const scenario of chosen) {
  scenarios.push(await measure(scenario));
  // After each: whoever ends a long run keeps what it has measured.
  save(result, options);
}
if (options.quick) {
  console.log(
    "Quick: everything ran, with small sizes; the figures say nothing.\n",
  );
}
console.log(markdown(result));
await endChildren();
const failures = scenarios.flatMap((scenario) => scenario.failures);
process.exit(failures.length === 0 ? 0 : 1);

function choose({ only }: Options): readonly Scenario[] {
  const unknown = only.filter(
    (id) => !SCENARIOS.some((known) => known.id === id),
  );
  if (unknown.length > 0) {
    const ids = SCENARIOS.map(({ id }) => id).join(", ");
    throw new RangeError(
      `There is no scenario "${unknown[0]}"; there are ${ids}`,
    );
  }
  if (only.length === 0) return SCENARIOS;
  return SCENARIOS.filter(({ id }) => only.includes(id));
}

async function measure(scenario: Scenario): Promise<ScenarioResult> {
  const rounds = Math.min(options.rounds, scenario.maxRounds ?? options.rounds);
  const samples: Record<string, SampledRound[]> = {};
  const began = performance.now();
  for (let round = 0; round < rounds; round++) {
    stage.round = round;
    const numbers = await scenario.round(stage);
    for (const id of peers.keys()) {
      const sample = numbers[id];
      if (!sample && !samples[id]) continue;
      samples[id] ??= Array.from({ length: round }, () => null);
      samples[id].push(sample ?? null);
    }
  }
  const { faults, failures } = stage;
  const measured = {
    id: scenario.id,
    date: new Date().toISOString(),
    rounds,
    samples,
    faults,
    failures: [...failures],
  };
  await stage.clear();
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  // Progress goes to stderr, so that the table can be piped.
  console.error(`${scenario.id}: ${rounds} rounds, ${seconds} s`);
  return measured;
}
