/** Where a client connects and what it offers there. Pure. */
import { BEARER_PREFIX, SUBPROTOCOL } from "../protocol/limits.ts";
import type { Address } from "./connection.ts";
import type { Timeline } from "./timeline.ts";

/** What one connection asks for. */
export interface AddressOptions {
  readonly room: string;
  readonly nickname: string | undefined;
  readonly token: string | undefined;
  /** What is here already and need not be told again. */
  readonly timeline: Timeline;
}

/** The URL of a project's chat. Throws a `TypeError` if `server` is no URL. */
export function chatUrl(server: string | URL, project: string): string {
  const { origin, pathname } = new URL(server);
  // The server may live below a path.
  const base = (origin + pathname).replace(/^http|\/$/g, (part) =>
    part === "/" ? "" : "ws",
  );
  return `${base}/project/${encodeURIComponent(project)}/chat`;
}

/** The address for one attempt at `chat`. */
export function address(chat: string, options: AddressOptions): Address {
  const { room, nickname, token, timeline } = options;
  const { epoch, cursor, fresh } = timeline;
  const query = new URLSearchParams({
    room,
    ...(nickname ? { nickname } : {}),
    ...(!fresh && { epoch, after: `${cursor}` }),
  });
  // Never in the URL, which ends up in logs.
  const bearer = token ? [BEARER_PREFIX + token] : [];
  return { url: `${chat}?${query}`, protocols: [SUBPROTOCOL, ...bearer] };
}
