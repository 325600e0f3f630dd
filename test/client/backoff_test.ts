import { backoff, bounded } from "../../src/client/backoff.ts";
import { retryPolicy } from "../../src/client/retry_policy.ts";
import { assert, assertEquals } from "./support/assert.ts";
import { seeded } from "./support/fixture.ts";
import { test } from "./support/suite.ts";

const BINS = 20;
/** χ² with 19 degrees of freedom exceeds this once in a hundred. */
const CRITICAL = 36.19;

/** Runs `body` with chance that is the same in each run. */
function withChance(seed: number, body: () => void): void {
  const chance = Math.random;
  Math.random = seeded(seed);
  try {
    body();
  } finally {
    Math.random = chance;
  }
}

function isUniform(samples: readonly number[], from: number, to: number) {
  const counts = new Array<number>(BINS).fill(0);
  for (const sample of samples) {
    assert(sample >= from && sample < to, `${sample} is out of bounds`);
    const bin = Math.floor(((sample - from) / (to - from)) * BINS);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const expected = samples.length / BINS;
  const chi =
    counts.reduce((sum, n) => sum + (n - expected) ** 2, 0) / expected;
  assert(chi < CRITICAL, `χ² is ${chi}`);
}

test("backoff() is uniform from 0.5 s to a ceiling that doubles up to 20 s", () => {
  const ceilings = [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000];
  for (const [attempt, ceiling] of ceilings.entries()) {
    withChance(attempt, () => {
      const draw = () => backoff(attempt);
      isUniform(Array.from({ length: 10_000 }, draw), 500, ceiling);
    });
  }
  assert(backoff(5_000) < 20_000, "Backoff has to stay bounded");
});

test("bounded() makes any number fit a timer, and no storm of it", () => {
  const asked = [-1, Number.NaN, Number.POSITIVE_INFINITY, 5, 700];
  assertEquals(asked.map(bounded), [500, 500, 3_600_000, 500, 700]);
});

const stable = { reason: "", attempt: 0 };

test("retryPolicy() never retries after a final code", () => {
  for (const code of [1000, 1003, 1009, 4400, 4403]) {
    assertEquals(retryPolicy({ ...stable, code }, {}), undefined);
  }
});

test("retryPolicy() spreads the first try after a mass drop by the server's hint", () => {
  for (const spread of [undefined, 30_000]) {
    withChance(7, () => {
      const draw = () =>
        retryPolicy({ ...stable, code: 1012 }, { spread })?.delay ?? -1;
      isUniform(Array.from({ length: 10_000 }, draw), 0, spread ?? 1_000);
    });
  }
});

test("retryPolicy() backs off where a link was never stable", () => {
  withChance(7, () => {
    const drop = { reason: "", code: 1006, attempt: 4 };
    const draw = () => retryPolicy(drop, {})?.delay ?? -1;
    isUniform(Array.from({ length: 10_000 }, draw), 500, 8_000);
  });
});

test("retryPolicy() waits at least retryAfter, and slowly for a full room", () => {
  const limited = { ...stable, code: 4429 };
  const asked = retryPolicy(limited, { retryAfter: 7_000 });
  assert(asked?.firm && asked.delay >= 7_000 && asked.delay < 8_000, "4429");
  const full = retryPolicy({ ...stable, code: 4503 }, {});
  assert(full?.firm && full.delay >= 20_000, "4503");
});
