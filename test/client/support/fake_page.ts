/** A page that goes offline, hides and comes back as told. */

/** Takes the place of the platform's global events until `restore()`. */
export class FakePage {
  readonly #target = new EventTarget();
  readonly #saved = ["addEventListener", "document"].map(
    (name) =>
      [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  /** Listeners that were not removed. */
  readonly #listening = new Set<AbortSignal>();

  constructor() {
    const addEventListener = (
      type: string,
      listener: () => void,
      { signal }: { signal: AbortSignal },
    ) => {
      this.#listening.add(signal);
      signal.addEventListener("abort", () => this.#listening.delete(signal));
      this.#target.addEventListener(type, listener, { signal });
    };
    set("addEventListener", addEventListener);
    // A browser does not let go of its document, which is visible while tests run.
    if (!("document" in globalThis)) set("document", { hidden: false });
  }

  /** Clients that listen. */
  get listening(): number {
    return this.#listening.size;
  }

  dispatch(
    type: "online" | "pageshow" | "pagehide" | "visibilitychange",
  ): void {
    this.#target.dispatchEvent(new Event(type));
  }

  restore(): void {
    for (const [name, descriptor] of this.#saved) {
      if (name === "document" && descriptor) continue;
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
