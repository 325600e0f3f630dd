/** What a run leaves behind: every sample, so that anybody can count again. */
import type { Faults } from "../load/ledger.ts";
import type { Machine } from "../measure/machine.ts";
import { type Summary, summarise } from "../measure/statistics.ts";
import type { Goal, Term } from "../scenarios/mod.ts";

/** One scenario, measured. */
export interface ScenarioResult {
  readonly id: string;
  /** When it was measured. */
  readonly date: string;
  readonly rounds: number;
  /** Rounds by peer: the numbers of one round stand at the same place in each. */
  readonly samples: Readonly<Record<string, readonly SampledRound[]>>;
  /** What went wrong in the loads, by peer. */
  readonly faults: Readonly<Record<string, Faults>>;
  /** Rounds that could not be measured. */
  readonly failures: readonly string[];
}

/** Numbers of one peer in one round, `null` when it has none. */
export type SampledRound = Readonly<Record<string, number | null>> | null;

/** Everything `results/latest.json` holds. */
export interface Result {
  readonly machine: Machine;
  /** What each peer is made of. */
  readonly peers: Readonly<
    Record<string, { readonly title: string; readonly made: string }>
  >;
  readonly scenarios: readonly ScenarioResult[];
}

/** Median and spread of one number of one peer. */
export function summaryOf(
  result: ScenarioResult,
  { peer, metric }: Term | { peer: string; metric: string },
): Summary | undefined {
  const rounds = result.samples[peer] ?? [];
  return summarise(rounds.map((round) => round?.[metric] ?? Number.NaN));
}

/** Median and spread of what a goal is about; ratios are taken round by round. */
export function goalSummary(
  result: ScenarioResult,
  goal: Goal,
): Summary | undefined {
  const { value, against } = goal;
  if (!against) return summaryOf(result, value);
  const over = result.samples[value.peer] ?? [];
  const under = result.samples[against.peer] ?? [];
  const ratios = over.map((round, index) => {
    const top = round?.[value.metric] ?? Number.NaN;
    const bottom = under[index]?.[against.metric] ?? Number.NaN;
    return top / bottom;
  });
  return summarise(ratios);
}
