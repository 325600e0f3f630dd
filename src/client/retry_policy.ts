/** What a connection that was closed does next. Pure but for chance. */
import type { CloseCode } from "../protocol/codes.ts";
import { backoff, bounded } from "./backoff.ts";
import type { Drop, Retry } from "./connection.ts";
import { DEFAULT_SPREAD, FULL, FULL_PAUSE } from "./limits.ts";

/** What the policy knows beside the drop itself. */
export interface RetryOptions {
  /** Clients that were dropped together come back within this time, in ms. */
  readonly spread?: number | undefined;
  /** What the server asked to wait, in ms. */
  readonly retryAfter?: number | undefined;
}

/**
 * Codes after which trying again would end the same way: normal, not text, too big,
 * bad request, forbidden. The table in codes.ts would weigh more than all of these
 * rules, so its type checks them instead.
 */
const FINAL: readonly number[] = [
  1000, 1003, 1009, 4400, 4403,
] satisfies CloseCode[];

/** When to try again after `drop`; `undefined` when never. */
export function retryPolicy(
  { code, attempt }: Drop,
  { spread = DEFAULT_SPREAD, retryAfter }: RetryOptions,
): Retry | undefined {
  if (FINAL.includes(code)) return undefined;
  const pause = retryAfter || (code === FULL && FULL_PAUSE);
  // A connection that had proved stable was most likely dropped together with all
  // the others, by a restart: no need to wait long, but a need to spread.
  return pause
    ? { delay: bounded(pause) + Math.random() * DEFAULT_SPREAD, firm: true }
    : { delay: attempt ? backoff(attempt - 1) : Math.random() * spread };
}
