/** How many there are of each. Pure. */
export class Counter {
  readonly #counts = new Map<string, number>();

  /** How many there are of `key`. */
  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /** One more of `key`; nothing for nobody. */
  add(key: string | undefined): void {
    if (key !== undefined) this.#counts.set(key, this.of(key) + 1);
  }

  /** One less of `key`. */
  remove(key: string | undefined): void {
    if (key === undefined) return;
    const count = this.of(key) - 1;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}
