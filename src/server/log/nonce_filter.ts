/**
 * A set of nonces that can say "certainly never seen" (a Bloom filter). It spares a
 * resent command the search through the whole history when the first try was lost. Pure.
 */
import { hash32 } from "./hash.ts";

const BITS_PER_ENTRY = 16;
const PROBES = 4;

/** Holds up to `capacity` keys; about one "maybe" in 400 is wrong, no "never" is. */
export class NonceFilter {
  readonly capacity: number;
  readonly #bits: Uint32Array;
  readonly #mask: number;
  #size = 0;

  constructor(capacity: number) {
    const bits =
      2 ** Math.ceil(Math.log2(Math.max(capacity, 64) * BITS_PER_ENTRY));
    this.capacity = bits / BITS_PER_ENTRY;
    this.#bits = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  /** Whether another key would cost it its precision. */
  get full(): boolean {
    return this.#size >= this.capacity;
  }

  add(key: string): void {
    this.#size++;
    for (const bit of this.#probes(key)) {
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }

  /** False when `key` was certainly never added. */
  mayHave(key: string): boolean {
    return this.#probes(key).every(
      (bit) => ((this.#bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0,
    );
  }

  #probes(key: string): number[] {
    const first = hash32(key);
    const step = hash32(`~${key}`) | 1;
    return Array.from(
      { length: PROBES },
      (_, probe) => (first + Math.imul(probe, step)) & this.#mask,
    );
  }
}
