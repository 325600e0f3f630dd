/** Who we say we are: a token from the embedder, or the one that a guest was given. */
import type { Stored } from "./stored.ts";

/** Gives a signed token. */
export type GetToken = () => string | Promise<string>;

/** What credentials need from their client. */
export interface CredentialsOptions {
  /** Where a guest's token outlives the page. */
  readonly stored: Stored<string>;
  readonly getToken: GetToken | undefined;
  /** The token in use will expire soon. */
  readonly onAge: () => void;
}

/** Finds a token for each connection, and stores a guest's once they have acted. */
export interface Credentials {
  /** The token to offer; a stranger has none. */
  token(): Promise<string | undefined>;
  /** The room knows us by that token, or by the newer one that it gave a guest. */
  accept(guestToken: string | undefined): void;
  /** The room refused us: says whether there is another token to try. */
  refuse(): boolean;
  /** The guest acted: from now on they expect to be known again. */
  act(): void;
  /** The link ended, and with it the watch over the token's age. */
  rest(): void;
}

/** Refusals in a row after which no further token is tried. */
const MAX_REFUSALS = 3;
/** A timer beyond this fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Credentials from `getToken`, or else those of the guest in `stored`. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { stored, getToken } = options;
  let token = stored.read();
  let mayStore = token !== undefined;
  let refusals = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function save() {
    if (mayStore) stored.write(token);
  }

  function rest() {
    clearTimeout(timer);
  }

  return {
    rest,
    async token() {
      if (getToken) token = await getToken();
      return token;
    },
    accept(guestToken) {
      refusals = 0;
      token = guestToken ?? token;
      save();
      rest();
      // At 80 ± 10 % of its life, so that not all come at once.
      const share = 0.7 + 0.2 * Math.random();
      const delay = share * (expiry(token) - Date.now());
      if (delay > 0) {
        timer = setTimeout(options.onAge, Math.min(delay, MAX_TIMER_MS));
      }
    },
    refuse() {
      const isKnown = Boolean(token);
      token = undefined;
      save();
      return isKnown && ++refusals % MAX_REFUSALS > 0;
    },
    act() {
      mayStore = true;
      save();
    },
  };
}

/** When `token` expires, in ms since 1970; 0 or `NaN` where it does not say. */
function expiry(token = ""): number {
  try {
    const [, payload = ""] = token.split(".");
    const base64 = payload.replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(base64)).exp * 1000;
  } catch {
    return 0;
  }
}
