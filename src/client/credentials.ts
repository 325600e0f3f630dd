/** Who we say we are: a token from the embedder, or the one that a guest was given. */
import type { Stored } from "./stored.ts";

/** Gives a token for one connection. */
export type GetToken = () => string | Promise<string>;

/** Finds a token for each connection, and stores a guest's once they have acted. */
export interface Credentials {
  /** The token to offer; a stranger has none. */
  token(): Promise<string | undefined>;
  /** The room let us in, and gave a guest the token that proves the same guest. */
  accept(guestToken: string | undefined): void;
  /** The room refused us: says whether there is another token to try. */
  refuse(): boolean;
  /** The guest acted: from now on they expect to be known again. */
  act(): void;
}

/** Refusals in a row after which no further token is tried. */
const MAX_REFUSALS = 3;

/** Credentials from `getToken`, or else those of the guest in `stored`. */
export function createCredentials(
  stored: Stored<string>,
  getToken: GetToken | undefined,
): Credentials {
  let guestToken = stored.read();
  let mayStore = guestToken !== undefined;
  let refusals = 0;

  function save() {
    if (mayStore) stored.write(guestToken);
  }

  return {
    token: async () => (getToken ? getToken() : guestToken),
    accept(token) {
      refusals = 0;
      guestToken = token ?? guestToken;
      save();
    },
    refuse() {
      const isStranger = !getToken && !guestToken;
      guestToken = undefined;
      save();
      refusals = (refusals + 1) % MAX_REFUSALS;
      return refusals > 0 && !isStranger;
    },
    act() {
      mayStore = true;
      save();
    },
  };
}
