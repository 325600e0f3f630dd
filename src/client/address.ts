/** Where a client connects and what it offers there. Pure. */
import { BEARER_PREFIX, SUBPROTOCOL } from "../protocol/limits.ts";
import type { Address } from "./connection.ts";
import type { Timeline } from "./timeline.ts";

/** What every connection of a client asks for. */
export interface Place {
  /** The server's origin, or a path below it that ends in `/`. */
  readonly url: string | URL;
  readonly project: string;
  readonly room: string;
  /** Wished at first; afterwards one keeps the nickname that one has. */
  readonly nickname?: string;
}

/** The address for one attempt, which need not be told again what `timeline` has. */
export function address(
  place: Place,
  { you, epoch, cursor, fresh }: Timeline,
  token: string | undefined,
): Address {
  const nickname = you?.nickname ?? place.nickname;
  const query = new URLSearchParams({
    room: place.room,
    ...(nickname && { nickname }),
    ...(!fresh && { epoch, after: `${cursor}` }),
  });
  const { href } = new URL(`project/${place.project}/chat?${query}`, place.url);
  // The scheme comes first: "ws:" for "http:", "wss:" for "https:".
  return {
    url: href.replace("http", "ws"),
    // Never in the URL, which ends up in logs.
    protocols: [SUBPROTOCOL, ...(token ? [BEARER_PREFIX + token] : [])],
  };
}
