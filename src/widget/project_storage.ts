import type { StorageLike } from "../client/mod.ts";

/** Where values outlive the page. */
export type StorageKind = "local" | "session" | "none";

/** Values by name, most of them only for this visit until the reader does something. */
export interface ProjectStorage extends StorageLike {
  /** The reader acted: from now on values are kept. */
  permit(): void;
}

/**
 * All that is kept for one project, under one key of the host's storage, and only once the
 * reader has done something. Where storage is blocked or full, memory has to do.
 */
export function createStorage(project: string, kind: string): ProjectStorage {
  const key = `pc:${project}`;
  const changed: Record<string, string | undefined> = {};
  let isPermitted = false;

  // Merely naming a blocked storage throws.
  const place = () => {
    if (kind === "none") return undefined;
    return kind === "session" ? sessionStorage : localStorage;
  };

  /** Read anew each time: another tab keeps its values under the same key. */
  const values = (): typeof changed => {
    let kept: unknown;
    try {
      kept = JSON.parse(place()?.getItem(key) ?? "");
    } catch {
      // Memory has what was changed.
    }
    return { ...Object(kept), ...changed };
  };

  const set = (name: string, value?: string) => {
    changed[name] = value;
    save();
  };

  const save = () => {
    if (!isPermitted) return;
    try {
      place()?.setItem(key, JSON.stringify(values()));
    } catch {
      // Memory has it.
    }
  };

  return {
    permit() {
      if (isPermitted) return;
      isPermitted = true;
      save();
    },
    getItem: (name) => values()[name] ?? null,
    setItem: set,
    removeItem: (name) => set(name),
  };
}
