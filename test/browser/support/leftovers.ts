/** Counts what a script has begun in a page and not ended. */

/** What is still there. */
export interface Leftovers {
  /** Listeners of the window, the document and other things that outlive an element. */
  readonly listeners: readonly string[];
  /** Delays of the timers that are running. */
  readonly timers: readonly number[];
  /** Sockets that are not closed. */
  readonly sockets: number;
}

declare global {
  interface Window {
    leftovers(): Leftovers;
  }
}

/** Runs in the page before any script: wraps what begins and ends things. */
export function countLeftovers(): void {
  const listeners = new Map<string, string>();
  const identities = new Map<unknown, number>();
  const timers = new Map<number, number>();
  const sockets = new Set<WebSocket>();
  const { addEventListener, removeEventListener } = EventTarget.prototype;

  function identify(thing: unknown): number {
    const id = identities.get(thing) ?? identities.size;
    identities.set(thing, id);
    return id;
  }

  type Options = boolean | AddEventListenerOptions | undefined;
  function keyOf(target: unknown, type: string, more: [unknown, Options]) {
    const [listener, options] = more;
    const capture = typeof options === "object" ? options.capture : options;
    const ids = [identify(target), identify(listener)].join();
    return `${target} ${type} ${Boolean(capture)} ${ids}`;
  }

  function outlives(target: unknown): boolean {
    const isOfElement =
      target instanceof Node && target !== document && target !== document.body;
    const isOwn = target instanceof WebSocket || target instanceof AbortSignal;
    return !isOfElement && !isOwn;
  }

  EventTarget.prototype.addEventListener = function (type, listener, options) {
    addEventListener.call(this, type, listener, options);
    // Called bare, it is the window's.
    const target = this ?? window;
    if (!outlives(target)) return;
    const key = keyOf(target, type, [listener, options]);
    listeners.set(key, `${target} ${type}`);
    const signal = typeof options === "object" ? options.signal : undefined;
    const forget = () => listeners.delete(key);
    if (signal) addEventListener.call(signal, "abort", forget);
  };
  EventTarget.prototype.removeEventListener = function (type, ...rest) {
    const [listener, options] = rest;
    removeEventListener.call(this, type, listener, options);
    const more: [unknown, Options] = [listener, options];
    listeners.delete(keyOf(this ?? window, type, more));
  };

  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  Object.assign(window, {
    setTimeout(task: () => void, delay = 0) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        task();
      }, delay);
      timers.set(timer, delay);
      return timer;
    },
    setInterval(task: () => void, delay = 0) {
      const timer = setInterval(task, delay);
      timers.set(timer, delay);
      return timer;
    },
    clearTimeout(timer: number) {
      timers.delete(timer);
      clearTimeout(timer);
    },
    clearInterval(timer: number) {
      timers.delete(timer);
      clearInterval(timer);
    },
    WebSocket: class extends WebSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols);
        sockets.add(this);
        const forget = () => sockets.delete(this);
        addEventListener.call(this, "close", forget);
      }
    },
    leftovers: () => ({
      listeners: [...listeners.values()],
      timers: [...timers.values()],
      sockets: sockets.size,
    }),
  });
}
