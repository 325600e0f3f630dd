/** How long to wait before the next attempt. Pure but for chance. */

const MIN_DELAY = 500;
const MAX_DELAY = 20_000;
/** Longest wait that a server can impose; a timer beyond 2^31 ms fires at once. */
const MAX_IMPOSED = 3_600_000;

/**
 * Full jitter: uniform between 0.5 s and a ceiling that doubles with each failed
 * `attempt` (from 0) up to 20 s, in ms.
 */
export function backoff(attempt: number): number {
  const ceiling = Math.min(MAX_DELAY, MIN_DELAY * 2 ** (attempt + 1));
  return MIN_DELAY + Math.random() * (ceiling - MIN_DELAY);
}

/** `delay` as a timer can take it, and long enough not to storm the server, in ms. */
export function bounded(delay: number): number {
  return Math.max(MIN_DELAY, Math.min(MAX_IMPOSED, delay)) || MIN_DELAY;
}
