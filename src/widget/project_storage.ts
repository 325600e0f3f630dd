import type { StorageLike } from "../client/mod.ts";

/** Where values outlive the page. */
export type StorageKind = "local" | "session" | "none";

type Values = Record<string, string | undefined>;

/**
 * All that is kept for one project, under one key of the host's storage, and only once the
 * reader has done something. Where storage is blocked or full, memory has to do.
 */
export class ProjectStorage implements StorageLike {
  readonly #key: string;
  readonly #kind: string;
  readonly #changed: Values = {};
  #isPermitted = false;

  constructor(key: string, kind: string) {
    this.#key = `pc:${key}`;
    this.#kind = kind;
  }

  /** The reader acted: from now on values are kept. */
  permit(): void {
    if (this.#isPermitted) return;
    this.#isPermitted = true;
    this.#save();
  }

  getItem(name: string): string | null {
    return this.#values[name] ?? null;
  }

  setItem(name: string, value: string | undefined): void {
    this.#changed[name] = value;
    this.#save();
  }

  removeItem(name: string): void {
    this.setItem(name, undefined);
  }

  get #place(): Storage | undefined {
    // Merely naming a blocked storage throws.
    if (this.#kind === "none") return undefined;
    return this.#kind === "session" ? sessionStorage : localStorage;
  }

  /** Read anew each time: another tab keeps its values under the same key. */
  get #values(): Values {
    let kept: unknown;
    try {
      kept = JSON.parse(this.#place?.getItem(this.#key) ?? "");
    } catch {
      // Memory has what was changed.
    }
    return { ...Object(kept), ...this.#changed };
  }

  #save(): void {
    if (!this.#isPermitted) return;
    try {
      this.#place?.setItem(this.#key, JSON.stringify(this.#values));
    } catch {
      // Memory has it.
    }
  }
}
