import type { StorageLike } from "../client/mod.ts";

/** Where values outlive the page. */
export type StorageKind = "local" | "session" | "none";

/**
 * All that is kept for one project, under one key of the host's storage, and only once the
 * reader has done something. Where storage is blocked or full, memory has to do.
 */
export class ProjectStorage implements StorageLike {
  readonly #key: string;
  readonly #kind: StorageKind;
  readonly #changed = new Map<string, string | null>();
  #permitted = false;

  constructor(key: string, kind: StorageKind) {
    this.#key = `pc:${key}`;
    this.#kind = kind;
  }

  /** The reader acted: from now on values are kept. */
  permit(): void {
    if (this.#permitted) return;
    this.#permitted = true;
    this.#save();
  }

  getItem(name: string): string | null {
    const changed = this.#changed.get(name);
    return changed === undefined ? (this.#load()[name] ?? null) : changed;
  }

  setItem(name: string, value: string): void {
    this.#changed.set(name, value);
    if (this.#permitted) this.#save();
  }

  removeItem(name: string): void {
    this.#changed.set(name, null);
    if (this.#permitted) this.#save();
  }

  get #place(): Storage | undefined {
    // Merely naming a blocked storage throws.
    if (this.#kind === "none") return undefined;
    return this.#kind === "local" ? localStorage : sessionStorage;
  }

  #load(): Record<string, string> {
    try {
      const value: unknown = JSON.parse(this.#place?.getItem(this.#key) ?? "");
      return { ...Object(value) };
    } catch {
      return {};
    }
  }

  #save(): void {
    // Read anew each time: another tab keeps its values under the same key.
    const values = this.#load();
    for (const [name, value] of this.#changed) {
      if (value === null) delete values[name];
      else values[name] = value;
    }
    try {
      this.#place?.setItem(this.#key, JSON.stringify(values));
    } catch {
      // Memory has it.
    }
  }
}
