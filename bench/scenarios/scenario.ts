/** What a scenario is: who takes part, what is done in a round, what of it is shown. */
import type { PeerId } from "../peers/mod.ts";
import type { Numbers, Stage } from "../stage.ts";

/** A column of a scenario's table. */
export interface Metric {
  readonly key: string;
  readonly title: string;
}

/** One number of one peer. */
export interface Term {
  readonly peer: PeerId;
  readonly metric: string;
}

/** A number to reach: a ratio of two numbers of the same round, or one number by itself. */
export interface Goal {
  readonly title: string;
  readonly value: Term;
  readonly against?: Term;
  readonly unit?: string;
  /** What it must not exceed; without it the ratio is shown and nothing is claimed. */
  readonly atMost?: number;
}

/** What the peers did in one round. */
export type Round = Partial<Record<PeerId, Numbers>>;

/** A situation in which peers are compared. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What is done, in a sentence. */
  readonly about: string;
  readonly metrics: readonly Metric[];
  readonly goals: readonly Goal[];
  /** Most rounds it is worth. */
  readonly maxRounds?: number;
  round(stage: Stage): Promise<Round>;
}

/** Lets peers do the same one after the other; another one begins in each round. */
export async function byTurns(
  stage: Stage,
  options: {
    readonly peers: readonly PeerId[];
    readonly measure: (peer: PeerId) => Promise<Numbers>;
  },
): Promise<Round> {
  const { peers, measure } = options;
  const first = stage.round % peers.length;
  const round: Round = {};
  for (const peer of [...peers.slice(first), ...peers.slice(0, first)]) {
    const numbers = await stage.attempt(peer, () => measure(peer));
    if (numbers) round[peer] = numbers;
  }
  return round;
}
