/** Numbers as people read them. Pure. */
import type { Summary } from "../measure/statistics.ts";

/** Three digits that mean something. */
export function numberText(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString("en");
  if (size < 0.005) return "0.00";
  return value.toFixed(size >= 10 ? 1 : 2);
}

/** The median, and the spread where there is one. */
export function summaryText(summary: Summary | undefined): string {
  if (!summary) return "–";
  const { median, min, max, count } = summary;
  if (count === 1) return numberText(median);
  return `${numberText(median)} (${numberText(min)}–${numberText(max)})`;
}
