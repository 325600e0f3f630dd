/** Dates and times in the reader's language and time zone. Pure but for the clock. */

const DAY_MS = 86_400_000;

/** How one locale writes dates and times. */
export interface Formats {
  /** "오후 3:04", "3:04 PM". */
  time(at: number): string;
  /** "오늘", "어제", or the whole date. */
  day(at: number, now?: number): string;
  /** Date and time, for a tooltip. */
  full(at: number): string;
}

const known = new Map<string, Formats>();

/** The formats of `locale`; a locale the platform does not know gets the platform's own. */
export function formatsOf(locale: string): Formats {
  let formats = known.get(locale);
  if (!formats) {
    formats = createFormats(isKnown(locale) ? locale : undefined);
    known.set(locale, formats);
  }
  return formats;
}

/** Number of the reader's calendar day `at` falls in; consecutive days differ by one. */
export function dayOf(at: number): number {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return Math.floor((at - offset) / DAY_MS);
}

function isKnown(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

function createFormats(locale: string | undefined): Formats {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "full" });
  const full = new Intl.DateTimeFormat(locale, {
    dateStyle: "long",
    timeStyle: "short",
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return {
    time: (at) => time.format(at),
    full: (at) => full.format(at),
    day(at, now = Date.now()) {
      const days = dayOf(at) - dayOf(now);
      return days === 0 || days === -1
        ? relative.format(days, "day")
        : day.format(at);
    },
  };
}
