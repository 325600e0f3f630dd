/** Signs that the network or the reader is back, where the platform gives any. */

/** What to do when the page comes back and when it goes. */
export interface WakeListeners {
  /** Online again, visible again, or back from the back/forward cache. */
  readonly wake: () => void;
  /** About to leave, perhaps into the back/forward cache, which admits no open socket. */
  readonly sleep: () => void;
}

/** Listens until the returned function is called. */
export function listenForWake({ wake, sleep }: WakeListeners): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const listen = (type: string, listener: () => void) =>
    // Node has no events on its global object.
    globalThis.addEventListener?.(type, listener, { signal });
  listen("online", wake);
  listen("pageshow", wake);
  listen("pagehide", sleep);
  listen("visibilitychange", () => {
    if (!document.hidden) wake();
  });
  return () => listening.abort();
}
