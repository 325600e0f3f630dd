/** HTTP without a network: what is asked is kept, and answered as told. */

/** A request that came. */
export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What is used of a request when it is sent. */
type Init = Partial<Omit<FakeRequest, "url">> & {
  readonly signal?: AbortSignal | null;
};

const NAMES = ["fetch", "XMLHttpRequest"];

/** Takes the place of the platform's own until `restore()`. Without an answer it is silent. */
export class FakeHttp {
  readonly requests: FakeRequest[] = [];
  readonly #answers: Answer[] = [];
  readonly #came = Promise.withResolvers<void>();
  readonly #saved = NAMES.map(
    (name) =>
      [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );

  /** `hasProgress` says whether the platform has `XMLHttpRequest`. */
  constructor({ hasProgress = false } = {}) {
    const take = this.#take;
    const fakes = [
      (url: string, init: Init = {}) => fakeFetch(take(url, init), init),
      hasProgress ? progressing(take) : undefined,
    ];
    for (const [index, name] of NAMES.entries())
      Object.defineProperty(globalThis, name, {
        value: fakes[index],
        configurable: true,
        writable: true,
      });
  }

  /** When the first request comes. */
  get arrival(): Promise<void> {
    return this.#came.promise;
  }

  /** Answers the next request so. */
  answer(body: unknown, status = 200): void {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    this.#answers.push({ body: text, status });
  }

  restore(): void {
    for (const [name, descriptor] of this.#saved) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }

  readonly #take = (url: string, init: Init): Answer | undefined => {
    const { method = "GET", headers = {}, body } = init;
    this.requests.push({ method, url: new URL(url), headers, body });
    this.#came.resolve();
    return this.#answers.shift();
  };
}

function fakeFetch(
  answer: Answer | undefined,
  { signal }: Init,
): Promise<Response> {
  if (answer) return Promise.resolve(new Response(answer.body, answer));
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

/** An `XMLHttpRequest`, as far as uploads use it. */
function progressing(take: (url: string, init: Init) => Answer | undefined) {
  return class {
    readonly upload: { onprogress?: (event: object) => void } = {};
    onloadend: (() => void) | undefined;
    status = 0;
    responseText = "";
    #url = "";
    #method = "";
    readonly #headers: Record<string, string> = {};

    open(method: string, url: string): void {
      this.#url = url;
      this.#method = method;
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers[name] = value;
    }

    send(body: unknown): void {
      const init = { method: this.#method, headers: this.#headers, body };
      const answer = take(this.#url, init);
      if (!answer) return;
      queueMicrotask(() => {
        for (const loaded of [1, 2])
          this.upload.onprogress?.({ loaded, total: 2 });
        this.status = answer.status;
        this.responseText = answer.body;
        this.onloadend?.();
      });
    }

    abort(): void {
      this.onloadend?.();
    }
  };
}
