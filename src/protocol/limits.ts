/**
 * The numbers of the wire contract (docs/protocol.md). Units are in the names or
 * in the comment; "characters" are UTF-16 code units, what `string.length` counts.
 */

/** Version of the wire contract this code speaks. */
export const PROTOCOL_VERSION = 1;
/** Subprotocol that names the version in `Sec-WebSocket-Protocol`. */
export const SUBPROTOCOL = "project-chat.v1";
/** Prefix of the subprotocol that carries a token; never echoed by the server. */
export const BEARER_PREFIX = "bearer.";
/** Heartbeat text of the client, answered by the platform without waking the room. */
export const PING = "ping";
/** Answer to {@linkcode PING}. */
export const PONG = "pong";

/** Room a connection joins that names none. */
export const DEFAULT_ROOM = "lobby";
/** Longest frame a client may send, in characters. */
export const MAX_COMMAND_LENGTH = 32_768;
/** Longest token, in characters. */
export const MAX_TOKEN_LENGTH = 8_192;
/** Largest frame the server sends unless one event alone is larger, in UTF-8 bytes. */
export const MAX_FRAME_BYTES = 65_536;
/** Longest message text, in code points. */
export const MAX_TEXT_LENGTH = 4_000;
/** Longest nickname, in graphemes. */
export const MAX_NICKNAME_LENGTH = 32;
/** Longest nickname, in UTF-8 bytes. */
export const MAX_NICKNAME_BYTES = 128;
/** Longest topic of a room, in code points. */
export const MAX_TOPIC_LENGTH = 200;
/** Longest reason for a sanction or a report, in code points. */
export const MAX_REASON_LENGTH = 200;
/** Longest time between two messages of one member that slow mode can ask for, in seconds. */
export const MAX_SLOW_SECONDS = 300;
/** Longest search query, in code points. */
export const MAX_QUERY_LENGTH = 100;
/** Messages a fresh join is given. */
export const BACKFILL_SIZE = 50;
/** Messages of a history page when the reader names no limit. */
export const DEFAULT_PAGE_SIZE = 50;
/** Most messages of a history page. */
export const MAX_PAGE_SIZE = 100;
/** Newest log events of a room among which a repeated nonce is always recognised. */
export const NONCE_WINDOW = 500;
/** Most members that one message may mean. */
export const MAX_MENTIONS = 20;
/** Largest image, in bytes. */
export const MAX_FILE_BYTES = 1_048_576;
/** Longest id of a member, in characters. */
export const MAX_MEMBER_ID_LENGTH = 128;
/** Members above which a room is crowded: presence is told as a number only. */
export const CROWD_SIZE = 200;
/** Members from which on a room is too large to tell who has read how far. */
export const SMALL_ROOM_SIZE = 50;
/** Time between two heartbeats of a client, in ms; clients vary it by 20 %. */
export const HEARTBEAT_MS = 25_000;
