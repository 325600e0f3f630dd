/** Lengths of time in the reader's language. Pure. */

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

/** What is this near to a whole unit is one: time has passed on the way. */
const NEAR = 0.98;

/** "10 minutes", "1시간": `span` ms in the largest unit that it fills. */
export function spanText(locale: string, span: number): string {
  const [unit, size] =
    UNITS.find(([, size]) => span >= size * NEAR) ?? UNITS[3];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: 0,
  }).format(span / size);
}
