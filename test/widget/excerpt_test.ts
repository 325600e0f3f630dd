import { expect, test } from "vitest";
import { excerpt } from "../../src/widget/extras/excerpt.ts";

/** Hits in brackets. */
function show(text: string, query: string): string {
  return excerpt(text, query)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join("");
}

test.each([
  ["내일 배포는 오후에", "배포를", "내일 [배포]는 오후에"],
  ["Deploy the API", "api DEPLOY", "[Deploy] the [API]"],
  ["ＡＰＩ 문서", "api", "[ＡＰＩ] 문서"],
  ["ﬃx it", "fix", "[ﬃx] it"],
  ["👋🏽 안녕 안녕", "안녕", "👋🏽 [안녕] [안녕]"],
  ["aaaa", "aa a", "[aa][aa]"],
  ["<b>굵게</b>", "굵게", "<b>[굵게]</b>"],
  ["deploy", "depot", "deploy"],
  ["없는 말", "다른", "없는 말"],
])("%j has %j marked", (text, query, expected) => {
  expect(show(text, query)).toBe(expected);
});

test("a long text is cut around the first hit, between characters", () => {
  const text = `${"👍".repeat(60)}사과${"가".repeat(300)}`;
  const shown = show(text, "사과");
  expect(shown).toMatch(/^….*\[사과\].*…$/u);
  expect(shown.length).toBeLessThan(180);
  expect(shown.isWellFormed()).toBe(true);
});
