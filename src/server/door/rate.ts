/** How often something may happen: a token bucket, as a value that fits an attachment. Pure. */

/** So many at once, and so many a second after that. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** What is left of a rate. */
export interface Bucket {
  readonly tokens: number;
  /** When it was last looked at, in ms since 1970. */
  readonly at: number;
  /** Refusals since it was last full. */
  readonly strikes: number;
}

/** A bucket after somebody asked, and how long they have to wait if they were refused. */
export interface Taken {
  readonly bucket: Bucket;
  /** In ms; absent when a token was taken. */
  readonly retryAfter?: number;
}

/** Takes a token at the time `now`; no bucket yet is a full one. */
export function take(
  bucket: Bucket | undefined,
  options: { rate: Rate; now: number },
): Taken {
  const { rate, now } = options;
  // A clock that goes back neither refills nor empties.
  const elapsed = Math.max(0, now - (bucket?.at ?? now)) / 1000;
  const tokens = Math.min(
    rate.burst,
    (bucket?.tokens ?? rate.burst) + elapsed * rate.perSecond,
  );
  const strikes = tokens >= rate.burst ? 0 : (bucket?.strikes ?? 0);
  if (tokens >= 1) {
    return { bucket: { tokens: tokens - 1, at: now, strikes } };
  }
  return {
    bucket: { tokens, at: now, strikes: strikes + 1 },
    retryAfter: Math.ceil(((1 - tokens) / rate.perSecond) * 1000),
  };
}

/** Reads `burst/perSecond`, or `off` for no limit; `undefined` if it is neither. */
export function parseRate(text: string): Rate | "off" | undefined {
  if (text === "off") return "off";
  const [burst, perSecond] = text.split("/").map(Number);
  const isRate = [burst, perSecond].every(
    (number) => number !== undefined && number >= 1 && number <= 1e6,
  );
  return isRate && burst && perSecond ? { burst, perSecond } : undefined;
}
