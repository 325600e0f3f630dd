/** Who makes a request, before anybody knows whether it is true. */
import { BEARER_PREFIX } from "../../protocol/mod.ts";
import { countedAddress } from "./address.ts";
import { offeredProtocols } from "./join_request.ts";

/** What follows the scheme of ours, whether or not a token can look like that. */
const BEARER_HEADER = /^bearer\b\s*(.*)$/i;

/** Somebody who asks by HTTP or for a connection. */
export interface Caller {
  /** As it was shown, even if empty or no token at all; absent for who shows none. */
  readonly token?: string;
  /** Where it comes from, where that counts. */
  readonly address?: string;
}

/** The token that a request offers, and where it comes from according to `header`. */
export function callerOf(request: Request, header: string): Caller {
  const token = bearerToken(request);
  const address = countedAddress(request.headers.get(header));
  return {
    ...(token !== undefined && { token }),
    ...(address && { address }),
  };
}

/** By header or, as browsers have to, by subprotocol. */
function bearerToken(request: Request): string | undefined {
  // Another scheme is for whoever stands between us and the caller.
  const [, token] =
    request.headers.get("Authorization")?.match(BEARER_HEADER) ?? [];
  if (token !== undefined) return token;
  return offeredProtocols(request)
    .find((protocol) => protocol.startsWith(BEARER_PREFIX))
    ?.slice(BEARER_PREFIX.length);
}
