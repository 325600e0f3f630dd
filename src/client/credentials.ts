/** Who we say we are: a token from the embedder, or the one that a guest was given. */
import { HEARTBEAT_MS } from "../protocol/limits.ts";
import { MAX_REFUSALS } from "./limits.ts";
import type { StorageLike } from "./storage.ts";

/** Gives a signed token. */
export type GetToken = () => string | Promise<string>;

/** What credentials need from their client. */
export interface CredentialsOptions {
  /** Where a guest's token outlives the page. */
  readonly storage: StorageLike | null | undefined;
  readonly key: string;
  readonly getToken: GetToken | undefined;
  /** There is another token, which the room should know. */
  readonly onRenewed: (token: string | undefined) => void;
}

/** Finds a token for each connection, and stores a guest's once they have acted. */
export interface Credentials {
  /** The token to offer; a stranger has none. */
  obtain(): Promise<string | undefined>;
  /** The room knows us by that token, or by the newer one that it gave a guest. */
  accept(guestToken: string | undefined): void;
  /** The room refused us: says whether there is no other token to try. */
  refuse(): boolean;
  /**
   * The guest acted: from now on they expect to be known again. True when they are
   * the guest of another tab, which acted first, and should reconnect as that one.
   */
  act(): boolean;
  /** Replaces the token in use if it gets old; called with each heartbeat. */
  renew(): Promise<void>;
}

/** Credentials from `getToken`, or else those of the guest in `storage`. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { storage, key, getToken } = options;
  let token: string | undefined;
  let hasActed = false;
  let refusals = 0;
  /** When the token should be replaced, in ms since 1970; `NaN` for never. */
  let renewAt = NaN;

  /** Reads what is stored, or replaces it by `next`. */
  function stored(next?: string): string | null | undefined {
    try {
      if (next != null) storage?.setItem(key, next);
      else return storage?.getItem(key);
    } catch {
      // A storage that is blocked or full is as good as none.
    }
    return undefined;
  }

  /** The guest who is stored, perhaps by another tab just now, until we are one ourselves. */
  function adopt(): string | undefined {
    return (!hasActed && stored()) || token;
  }

  async function obtain() {
    token = getToken ? await getToken() : adopt();
    return token;
  }

  return {
    obtain,
    accept(guestToken) {
      refusals = 0;
      token = guestToken ?? token;
      if (hasActed) stored(token);
      const left = expiry(token) - Date.now();
      // At 80 ± 10 % of its life, so that not all come at once.
      if (left > 0) renewAt = Date.now() + (0.7 + 0.2 * Math.random()) * left;
    },
    refuse() {
      if (!token) return true;
      token = undefined;
      // Whoever is welcomed next takes the place of the one who is stored.
      hasActed = true;
      return ++refusals % MAX_REFUSALS === 0;
    },
    act() {
      const before = token;
      token = adopt();
      hasActed = true;
      stored(token);
      return !!before && before !== token;
    },
    async renew() {
      // The next heartbeat may be too late.
      if (!(Date.now() + HEARTBEAT_MS > renewAt)) return;
      renewAt = NaN;
      options.onRenewed(await obtain());
    },
  };
}

/** When `token` expires, in ms since 1970; `NaN` where it does not say. */
function expiry(token = ""): number {
  try {
    // What has no second part throws, like all else that is no token.
    const payload = token.split(".")[1]?.replaceAll("-", "+") as string;
    return JSON.parse(atob(payload.replaceAll("_", "/"))).exp * 1000;
  } catch {
    return NaN;
  }
}
