import type { StorageLike } from "../client/mod.ts";

/** Where values outlive the page. */
export type StorageKind = "local" | "session" | "none";

/** Values by name, most of them only for this visit until the reader does something. */
export interface ProjectStorage extends StorageLike {
  /** The reader acted: from now on values are kept. */
  permit(): void;
}

/** One per project and kind: where nothing can be kept, the page remembers as long as it is open. */
const storages = new Map<string, ProjectStorage>();

/** The storage of `project`, the same one each time. */
export function storageOf(project: string, kind: string): ProjectStorage {
  const name = `${kind}:${project}`;
  const storage = storages.get(name) ?? createStorage(project, kind);
  storages.set(name, storage);
  return storage;
}

/**
 * All that is kept for one project, under one key of the host's storage, and only once the
 * reader has done something. Where storage is blocked or full, memory has to do.
 */
export function createStorage(project: string, kind: string): ProjectStorage {
  const key = `pc:${project}`;
  /** What could not be kept so far; all else is as the last tab left it. */
  const changed = new Map<string, string | undefined>();
  let isPermitted = false;

  // Merely naming a blocked storage throws.
  const place = () => {
    if (kind === "none") return undefined;
    return kind === "session" ? sessionStorage : localStorage;
  };

  const values = (): Record<string, string | undefined> => {
    let kept: unknown;
    try {
      kept = JSON.parse(place()?.getItem(key) ?? "");
    } catch {
      // Memory has what was changed.
    }
    return { ...Object(kept), ...Object.fromEntries(changed) };
  };

  const save = () => {
    if (!isPermitted || changed.size === 0) return;
    try {
      const storage = place();
      storage?.setItem(key, JSON.stringify(values()));
      // Another tab may change it from now on.
      if (storage) changed.clear();
    } catch {
      // Memory has it.
    }
  };

  const set = (name: string, value?: string) => {
    // What is no change must not undo one that another tab makes.
    if (values()[name] === value) return;
    changed.set(name, value);
    save();
  };

  return {
    permit() {
      isPermitted = true;
      save();
    },
    getItem: (name) => values()[name] ?? null,
    setItem: set,
    removeItem: (name) => set(name),
  };
}
