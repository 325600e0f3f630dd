/** Who makes a request, before anybody knows whether it is true. */
import { BEARER_PREFIX } from "../../protocol/mod.ts";
import { countedAddress } from "./address.ts";
import { offeredProtocols } from "./join_request.ts";

/** Somebody who asks by HTTP or for a connection. */
export interface Caller {
  readonly token?: string;
  /** Where it comes from, where that counts. */
  readonly address?: string;
}

/** The token that a request offers, and where it comes from according to `header`. */
export function callerOf(request: Request, header: string): Caller {
  const token = bearerToken(request);
  const address = countedAddress(request.headers.get(header));
  return { ...(token && { token }), ...(address && { address }) };
}

/** By header or, as browsers have to, by subprotocol. */
function bearerToken(request: Request): string | undefined {
  const [scheme, token] = (request.headers.get("Authorization") ?? "").split(
    " ",
  );
  if (scheme?.toLowerCase() === "bearer" && token) return token;
  return offeredProtocols(request)
    .find((protocol) => protocol.startsWith(BEARER_PREFIX))
    ?.slice(BEARER_PREFIX.length);
}
