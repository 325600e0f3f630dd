/** All scenarios, in the order in which they run. */
import { history } from "./history.ts";
import { idle } from "./idle.ts";
import { joinStorm } from "./join_storm.ts";
import { openLoop, rooms } from "./open_loop.ts";
import { deflate, saturated } from "./saturated.ts";
import type { Scenario } from "./scenario.ts";
import { slowReaders } from "./slow_readers.ts";
import { sweepMembers, sweepRates } from "./sweep.ts";
import { wake } from "./wake.ts";
import { wakeCrowd } from "./wake_crowd.ts";

export type { Goal, Metric, Scenario, Term } from "./scenario.ts";

export const SCENARIOS: readonly Scenario[] = [
  saturated,
  openLoop,
  joinStorm,
  idle,
  wake,
  wakeCrowd,
  history,
  slowReaders,
  deflate,
  rooms,
  sweepMembers,
  sweepRates,
];
