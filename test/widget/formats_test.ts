import { describe, expect, test } from "vitest";
import { dayOf, formatsOf } from "../../src/widget/formats.ts";

const NOW = new Date(2026, 10, 23, 12).getTime();
const DAY_MS = 86_400_000;

describe("dayOf()", () => {
  test("changes at the reader's midnight", () => {
    const before = new Date(2026, 10, 23, 23, 59, 59, 999).getTime();
    const after = new Date(2026, 10, 24).getTime();
    expect(dayOf(after) - dayOf(before)).toBe(1);
    expect(dayOf(before)).toBe(dayOf(NOW));
  });
});

// What an engine writes differs between versions, so only what must be in it is tested.
describe("formatsOf()", () => {
  test("says today and yesterday in words", () => {
    expect(formatsOf("ko").day(NOW, NOW)).toBe("오늘");
    expect(formatsOf("ko").day(NOW - DAY_MS, NOW)).toBe("어제");
    expect(formatsOf("en").day(NOW, NOW)).toBe("today");
  });

  test("says other days in full", () => {
    const day = formatsOf("ko").day(NOW - 2 * DAY_MS, NOW);
    expect(day).toContain("2026");
    expect(day).toContain("21");
    expect(formatsOf("en").day(NOW + DAY_MS, NOW)).toContain("November");
  });

  test("says the time of day", () => {
    expect(formatsOf("en").time(NOW)).toMatch(/12:00/);
    expect(formatsOf("ko").full(NOW)).toContain("2026");
  });

  test("stands any language tag", () => {
    for (const locale of ["", "x", "no-such-tag-at-all", "한국어", "en_US"])
      expect(formatsOf(locale).time(NOW)).toMatch(/12/);
  });
});
