/** A page that goes offline, hides and comes back as told. */

/** Takes the place of the platform's global events until `restore()`. */
export class FakePage {
  readonly #target = new EventTarget();
  readonly #saved = ["addEventListener", "removeEventListener"].map(
    (name) =>
      [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  /** Listeners that were not removed. */
  readonly #listening = new Set<() => void>();

  constructor() {
    set("addEventListener", (type: string, listener: () => void) => {
      this.#listening.add(listener);
      this.#target.addEventListener(type, listener);
    });
    set("removeEventListener", (type: string, listener: () => void) => {
      this.#listening.delete(listener);
      this.#target.removeEventListener(type, listener);
    });
  }

  /** Clients that listen. */
  get listening(): number {
    return this.#listening.size;
  }

  dispatch(
    type: "online" | "offline" | "pageshow" | "pagehide" | "visibilitychange",
  ): void {
    this.#target.dispatchEvent(new Event(type));
  }

  restore(): void {
    for (const [name, descriptor] of this.#saved) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

function set(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, {
    value,
    configurable: true,
    writable: true,
  });
}
