/** A value kept for the next visit, where there is a place for it. */

/** What is used of `localStorage`. */
export interface StorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** One value under one key. A storage that is blocked or full is as good as none. */
export interface Stored<Value> {
  load(): Value | undefined;
  /** Replaces the value; an empty one is removed. */
  save(value: Value | undefined): void;
}

/** The value of `key` in `storage`, if there is one. */
export function createStored<Value extends { readonly length: number }>(
  storage: StorageLike | null | undefined,
  key: string,
): Stored<Value> {
  return {
    load() {
      try {
        // Written below, so its shape is known; a missing one is "".
        return JSON.parse(storage?.getItem(key) ?? "");
      } catch {
        return undefined;
      }
    },
    save(value) {
      try {
        if (value?.length) storage?.setItem(key, JSON.stringify(value));
        else storage?.removeItem(key);
      } catch {
        // Memory has it.
      }
    },
  };
}
