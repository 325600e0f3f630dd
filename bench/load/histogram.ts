/** Latencies, in buckets of one percent: a hundred thousand of them take no memory to speak of. Pure. */

const SMALLEST_MS = 0.001;
const STEP = 1.01;
const BUCKETS = 2_500;

export class Histogram {
  readonly #buckets = new Uint32Array(BUCKETS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    const exponent =
      Math.log(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) / Math.log(STEP);
    const bucket = Math.min(Math.floor(exponent), BUCKETS - 1);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count++;
  }

  /** The latency that `share` of all do not exceed, in ms. */
  quantile(share: number): number {
    let left = Math.ceil(this.#count * share);
    for (const [bucket, count] of this.#buckets.entries()) {
      left -= count;
      if (left <= 0) return SMALLEST_MS * STEP ** (bucket + 0.5);
    }
    return Number.NaN;
  }
}
