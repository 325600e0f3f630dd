import { describe, expect, test } from "vitest";
import { EXTRA_WORDS } from "../../src/widget/extras/words.ts";
import {
  addWords,
  errorText,
  fill,
  stringsFor,
} from "../../src/widget/strings.ts";
import { WORDS } from "../../src/widget/words.ts";

addWords(EXTRA_WORDS);
// What is no language says nothing.
const { locale, ...SENTENCES } = { ...WORDS, ...EXTRA_WORDS };

const EN = stringsFor("en");
const KO = stringsFor("ko");

describe("the two languages", () => {
  test("have the same places to fill", () => {
    for (const [english, korean] of Object.values(SENTENCES))
      expect([english, places(korean)]).toEqual([english, places(english)]);
  });

  test("leave nothing empty and nothing untranslated", () => {
    for (const [english, korean] of Object.values(SENTENCES)) {
      expect(english.trim()).not.toBe("");
      expect(english).not.toMatch(/[가-힣]/);
      expect(korean).toMatch(/[가-힣]/);
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
    expect(errorText(EN, "storage_full")).toBe(EN.room_full);
    expect(errorText(EN, "muted")).toBe(EN.muted);
  });

  test("has none for what is no code", () => {
    expect(errorText(EN, undefined)).toBeUndefined();
    expect(errorText(EN, "constructor")).toBeUndefined();
  });
});

function places(text = ""): string[] {
  return [...new Set(text.match(/\{\w+\}/g))].sort();
}
