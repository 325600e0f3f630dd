/** Whom a tool tells that what it knows has changed. */
export interface Listeners {
  /** Calls `listener` on each change until the returned function is called. */
  listen(listener: () => void): () => void;
  /** Calls them all. */
  call(): void;
}

/** Nobody yet. */
export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call() {
      for (const listener of listeners) listener();
    },
  };
}
