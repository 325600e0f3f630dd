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

/** The formats of `locale`; what is no locale gets the platform's own. */
export function formatsOf(locale: string | undefined): Formats {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, options).format;
  try {
    const date = format({ dateStyle: "full" });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    return {
      time: format({ timeStyle: "short" }),
      full: format({ dateStyle: "long", timeStyle: "short" }),
      day(at, now = Date.now()) {
        const days = dayOf(at) - dayOf(now);
        return days === 0 || days === -1
          ? relative.format(days, "day")
          : date(at);
      },
    };
  } catch {
    return formatsOf(undefined);
  }
}

/** Number of the reader's calendar day `at` falls in; consecutive days differ by one. */
export function dayOf(at: number): number {
  const offset = new Date(at).getTimezoneOffset() * 60_000;
  return Math.floor((at - offset) / DAY_MS);
}
