/** What a connection that was closed does next. Pure. */
import type { CloseCode } from "../protocol/codes.ts";
import { backoff, bounded } from "./backoff.ts";
import type { Drop, Retry } from "./connection.ts";

/** What the policy knows beside the drop itself. */
export interface RetryOptions {
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Clients that were dropped together come back within this time, in ms. */
  readonly spread?: number | undefined;
  /** What the server asked to wait, in ms. */
  readonly retryAfter?: number | undefined;
}

const DEFAULT_SPREAD = 1_000;
/** The close code of a refused token. */
export const UNAUTHORIZED: CloseCode = 4401;
/**
 * Codes after which trying again would end the same way: normal, not text, too big, bad
 * request, forbidden. The table in codes.ts would weigh more than all of these rules, so
 * its type checks them instead.
 */
const FINAL: readonly number[] = [
  1000, 1003, 1009, 4400, 4403,
] satisfies CloseCode[];
/** Shortest wait where the server names none, and its spread, in ms: rate limited, full. */
const PAUSES: Readonly<Record<number, readonly [number, number]>> = {
  4429: [5_000, 1_000],
  4503: [20_000, 20_000],
} satisfies Partial<Record<CloseCode, [number, number]>>;

/** When to try again after `drop`; `undefined` when never. */
export function retryPolicy(
  { code, attempt, wasOnline }: Drop,
  { random, spread = DEFAULT_SPREAD, retryAfter }: RetryOptions,
): Retry | undefined {
  if (FINAL.includes(code)) return undefined;
  const pause = PAUSES[code];
  if (pause) {
    const [shortest, width] = pause;
    const delay = bounded(retryAfter ?? shortest) + random() * width;
    return { delay, firm: true };
  }
  // A connection that had proved stable was most likely dropped together with all the
  // others, by a restart: no need to wait long, but a need to spread.
  const delay =
    wasOnline && attempt === 0
      ? random() * bounded(spread)
      : backoff(attempt, random);
  return { delay, firm: false };
}
