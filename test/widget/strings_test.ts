import { describe, expect, test } from "vitest";
import { errorText, fill, stringsFor } from "../../src/widget/strings.ts";
import { EN } from "../../src/widget/strings_en.ts";
import { KO } from "../../src/widget/strings_ko.ts";

describe("the two tables", () => {
  test("have the same keys", () => {
    expect(Object.keys(KO).sort()).toEqual(Object.keys(EN).sort());
  });

  test("have the same places to fill", () => {
    const ko: Record<string, string> = KO;
    for (const [key, english] of Object.entries(EN))
      expect([key, places(ko[key])]).toEqual([key, places(english)]);
  });

  test("leave nothing empty and nothing untranslated", () => {
    const en: Record<string, string> = EN;
    for (const [key, korean] of Object.entries(KO)) {
      expect(korean.trim()).not.toBe("");
      expect(korean).toMatch(/[가-힣]/);
      expect(en[key]).not.toMatch(/[가-힣]/);
    }
  });
});

describe("stringsFor()", () => {
  test("gives Korean for Korean, English for all others", () => {
    for (const lang of ["ko", "ko-KR", "KO-kr"])
      expect(stringsFor(lang).send).toBe(KO.send);
    for (const lang of ["en", "ja", "kok", "", "x-invalid"])
      expect(stringsFor(lang).send).toBe(EN.send);
  });

  test("lets own words win", () => {
    expect(stringsFor("ko", { send: "전송" }).send).toBe("전송");
  });
});

describe("fill()", () => {
  test("puts values in their places", () => {
    expect(fill("{a} and {b}", { a: "x", b: 2 })).toBe("x and 2");
  });

  test("leaves unknown places alone", () => {
    expect(fill("{a} {toString}", { a: "$&" })).toBe("$& {toString}");
  });

  test("takes the part before the bar for exactly one", () => {
    expect(fill(EN.people, { n: 1 })).toBe("1 person here");
    expect(fill(EN.people, { n: 2 })).toBe("2 people here");
    expect(fill(KO.people, { n: 1 })).toBe("참여자 1명");
  });
});

describe("errorText()", () => {
  test("has a sentence for a code and for those that mean the same", () => {
    const fallback = "?";
    expect(errorText(EN, { code: "banned", fallback })).toBe(EN.forbidden);
    expect(errorText(EN, { code: "muted", fallback })).toBe(EN.muted);
  });

  test("falls back", () => {
    expect(errorText(EN, { code: undefined, fallback: "?" })).toBe("?");
    expect(errorText(EN, { code: "constructor", fallback: "?" })).toBe("?");
  });
});

function places(text = ""): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}
