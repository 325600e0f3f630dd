/** Median and spread. Pure. */

/** What five rounds say. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** Summarises samples; `undefined` when there is none. */
export function summarise(samples: readonly number[]): Summary | undefined {
  const sorted = samples
    .filter((sample) => Number.isFinite(sample))
    .toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) return undefined;
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? min;
  const high = sorted[Math.ceil(middle)] ?? max;
  return { median: (low + high) / 2, min, max, count: sorted.length };
}

/** The middle of samples that are there. */
export function median(samples: readonly number[]): number {
  return summarise(samples)?.median ?? Number.NaN;
}
