/**
 * The numbers of the client: what it waits for, what it keeps, and the close codes that it
 * tells apart. Here, since a bundler writes numbers of a file without imports where they are used.
 */
import type { CloseCode } from "../protocol/codes.ts";

/** Time for a server to answer and be confirmed, in ms. */
export const CONNECT_MS = 10_000;
/** How long a pong may take, in ms. */
export const PONG_MS = 7_000;
/** A link that lived this long was stable, in ms. */
export const STABLE_MS = 10_000;
/** Signs of the network's return are followed within this time, in ms. */
export const WAKE_MS = 1_000;
/** How long the room may take to answer, in ms. */
export const ANSWER_MS = 15_000;
/** Time within which a server's clients come back where it names none, in ms. */
export const DEFAULT_SPREAD = 1_000;
/** The wait for a room that is full where it names none, in ms. */
export const FULL_PAUSE = 20_000;

/** Refusals in a row after which no further token is tried. */
export const MAX_REFUSALS = 3;
/** Requests that may wait for an answer, */
export const MAX_ENTRIES = 200;
/** and their size in all, in bytes. */
export const MAX_BYTES = 1_048_576;
/** Messages kept, so that a client that runs for months does not grow; older ones can be loaded. */
export const MAX_MESSAGES = 10_000;

/** What platforms say when a link ends without a close frame. */
export const ABNORMAL = 1006;
/**
 * Close codes of what the room refused, as the error before it says. A link that ended with
 * another one was broken or let go.
 */
export const REFUSED: readonly number[] = [
  1009, 4400, 4401, 4403, 4429, 4503,
] satisfies CloseCode[];
/** The close code of a refused token, */
export const UNAUTHORIZED: CloseCode = 4401;
/** and of a room that is full. */
export const FULL: CloseCode = 4503;
