/**
 * Every code a peer can be told, in one place: error codes, the close code that
 * goes with each, and the HTTP status that says the same to a plain client.
 */

/** Close codes of the server, by meaning. */
export const CLOSE = {
  NORMAL: 1000,
  UNSUPPORTED: 1003,
  TOO_BIG: 1009,
  INTERNAL: 1011,
  RESTART: 1012,
  BAD_REQUEST: 4400,
  UNAUTHORIZED: 4401,
  FORBIDDEN: 4403,
  REAPED: 4408,
  SLOW: 4413,
  RATE_LIMITED: 4429,
  FULL: 4503,
} as const;

/** One of the {@linkcode CLOSE} codes. */
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** What a refusal looks like on each of the two doors. */
interface Refusal {
  /** HTTP status for a plain client. */
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 503;
  /** Close code for a socket that ends because of it. */
  readonly close: CloseCode;
}

/** Error codes, each with its HTTP status and its close code. */
export const ERRORS = {
  bad_request: { status: 400, close: CLOSE.BAD_REQUEST },
  too_large: { status: 413, close: CLOSE.TOO_BIG },
  unauthorized: { status: 401, close: CLOSE.UNAUTHORIZED },
  token_expired: { status: 401, close: CLOSE.UNAUTHORIZED },
  forbidden: { status: 403, close: CLOSE.FORBIDDEN },
  banned: { status: 403, close: CLOSE.FORBIDDEN },
  muted: { status: 403, close: CLOSE.FORBIDDEN },
  nickname_taken: { status: 409, close: CLOSE.BAD_REQUEST },
  nickname_invalid: { status: 400, close: CLOSE.BAD_REQUEST },
  not_found: { status: 404, close: CLOSE.BAD_REQUEST },
  nonce_conflict: { status: 409, close: CLOSE.BAD_REQUEST },
  rate_limited: { status: 429, close: CLOSE.RATE_LIMITED },
  slow_mode: { status: 429, close: CLOSE.RATE_LIMITED },
  room_locked: { status: 403, close: CLOSE.FORBIDDEN },
  room_full: { status: 503, close: CLOSE.FULL },
  storage_full: { status: 503, close: CLOSE.FULL },
  rejected: { status: 403, close: CLOSE.FORBIDDEN },
  internal: { status: 500, close: CLOSE.INTERNAL },
} as const satisfies Record<string, Refusal>;

/** Machine-readable reason of a refusal. */
export type ErrorCode = keyof typeof ERRORS;

/** Why something was refused: the body of an HTTP error and the core of an `error` event. */
export interface Problem {
  readonly code: ErrorCode;
  /** One sentence for the developer who reads it; says nothing of internals. */
  readonly message: string;
  /** Wait at least this long before the next try, in ms. */
  readonly retryAfter?: number;
  /** When a mute or ban ends, in ms since 1970; absent when it does not. */
  readonly until?: number;
  /** Where in a body the fault is: names and indexes with dots between. */
  readonly field?: string;
}

/** Tells a problem from what somebody hoped for instead. */
export function isProblem(result: object): result is Problem {
  return "code" in result;
}
