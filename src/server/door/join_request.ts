/** What a connection asks for, parsed from its upgrade request. */
import {
  isProjectId,
  type Problem,
  parseInteger,
  parseRoomName,
  prepareNickname,
  SUBPROTOCOL,
} from "../../protocol/mod.ts";
import { malformed, NICKNAME_INVALID } from "../problems.ts";

/** Where a reader stopped: the highest `seq` applied without a gap, valid in one epoch. */
export interface Cursor {
  readonly epoch: string;
  readonly after: number;
}

/** A connection's wish, well-formed. */
export interface JoinRequest {
  readonly room: string;
  /** Absent when the member has none yet. */
  readonly nickname?: string;
  readonly cursor?: Cursor;
}

const MAX_EPOCH_LENGTH = 64;

/** The wish, or why it cannot be granted; `project` is the id in the path. */
export function parseJoin(
  request: Request,
  project: string,
): JoinRequest | Problem {
  if (!isProjectId(project)) return malformed("Project id is malformed");
  const query = new URL(request.url).searchParams;
  const room = parseRoomName(query.get("room") ?? undefined);
  if (room === undefined) return malformed("Room name is malformed");
  const cursor = parseCursor(query);
  if (cursor === null)
    return malformed("Cursor must be both epoch and after, which is a seq");
  const wanted = query.get("nickname");
  const nickname = wanted === null ? undefined : prepareNickname(wanted);
  if (wanted !== null && nickname === undefined) {
    return NICKNAME_INVALID;
  }
  const offered = offeredProtocols(request);
  if (offered.length > 0 && !offered.includes(SUBPROTOCOL)) {
    return malformed(`Subprotocol must be ${SUBPROTOCOL}`);
  }
  return {
    room,
    ...(nickname !== undefined && { nickname }),
    ...(cursor && { cursor }),
  };
}

/** Whether the client understands a refusal that comes as an event on a socket. */
export function speaksProtocol(request: Request): boolean {
  return (
    request.headers.get("Upgrade")?.toLowerCase() === "websocket" &&
    offeredProtocols(request).includes(SUBPROTOCOL)
  );
}

/** The subprotocols that a client offers. */
export function offeredProtocols(request: Request): string[] {
  const header = request.headers.get("Sec-WebSocket-Protocol") ?? "";
  return header
    .split(",")
    .map((protocol) => protocol.trim())
    .filter(Boolean);
}

/** `undefined` for none, `null` for half of one or a malformed one. */
function parseCursor(query: URLSearchParams): Cursor | null | undefined {
  const epoch = query.get("epoch");
  const after = query.get("after");
  if (epoch === null && after === null) return undefined;
  if (!epoch || epoch.length > MAX_EPOCH_LENGTH) return null;
  const seq = after === null ? undefined : parseInteger(after);
  return seq === undefined ? null : { epoch, after: seq };
}
