/** Options of the command line. */
import { parseArgs } from "node:util";

export interface Options {
  /** Small sizes and one round: shows that everything works. */
  readonly quick: boolean;
  /** Ids of the scenarios to run; all when empty. */
  readonly only: readonly string[];
  readonly rounds: number;
}

const ROUNDS = 5;

/** Reads them; throws with a sentence for the one who typed them. */
export function readOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      rounds: { type: "string" },
    },
  });
  const rounds = Number(values.rounds ?? (values.quick ? 1 : ROUNDS));
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(
      `Cannot run "${values.rounds}" rounds: it must be a positive integer`,
    );
  }
  const only = values.only.split(",").filter(Boolean);
  return { quick: values.quick, only, rounds };
}
