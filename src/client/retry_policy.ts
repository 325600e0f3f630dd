/** What a connection that was closed does next. Pure but for chance. */
import type { CloseCode } from "../protocol/codes.ts";
import { backoff, bounded } from "./backoff.ts";
import type { Drop, Retry } from "./connection.ts";

/** What the policy knows beside the drop itself. */
export interface RetryOptions {
  /** Clients that were dropped together come back within this time, in ms. */
  readonly spread?: number | undefined;
  /** What the server asked to wait, in ms. */
  readonly retryAfter?: number | undefined;
}

const DEFAULT_SPREAD = 1_000;
/** The close code of a refused token. */
export const UNAUTHORIZED: CloseCode = 4401;
/**
 * Codes after which trying again would end the same way: normal, not text, too big,
 * bad request, forbidden. The table in codes.ts would weigh more than all of these
 * rules, so its type checks them instead.
 */
const FINAL: readonly number[] = [
  1000, 1003, 1009, 4400, 4403,
] satisfies CloseCode[];
/** The close code of a room that is full, and the wait where it names none, in ms. */
const FULL: CloseCode = 4503;
const FULL_PAUSE = 20_000;

/** When to try again after `drop`; `undefined` when never. */
export function retryPolicy(
  { code, attempt }: Drop,
  { spread = DEFAULT_SPREAD, retryAfter }: RetryOptions,
): Retry | undefined {
  if (FINAL.includes(code)) return undefined;
  const pause = retryAfter ?? (code === FULL ? FULL_PAUSE : 0);
  // A connection that had proved stable was most likely dropped together with all
  // the others, by a restart: no need to wait long, but a need to spread.
  return pause > 0
    ? { delay: bounded(pause) + Math.random() * DEFAULT_SPREAD, firm: true }
    : { delay: attempt ? backoff(attempt - 1) : Math.random() * spread };
}
