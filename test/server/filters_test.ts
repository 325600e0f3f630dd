/** What filters catch and, as important, what they leave alone. */
import { describe, expect, test, vi } from "vitest";
import { ROLES, type Role } from "../../src/protocol/mod.ts";
import {
  type Filters,
  hasBlockedWord,
  hasLink,
  passes,
} from "../../src/server/moderation/filters.ts";

describe("[M13] a blocked word is found", () => {
  test.each([
    ["spam", "spam"],
    ["spam", "This is SPAM!"],
    ["spam", "antispambot"],
    ["spam", "ｓｐａｍ"],
    ["spam", "ＳｐＡｍ"],
    ["spam", "s p a m"],
    ["spam", "buy s.p.a.m now"],
    ["spam", "s-p-a-m"],
    ["spam", "sp\u200bam"],
    ["spam", "sp\u00adam"],
    ["spam", "sp\u202eam"],
    ["spam", "sp*am"],
    ["spam", "spâm"],
    ["SPAM", "spam"],
    ["ｓｐａｍ", "spam"],
    ["bad word", "a bad\n  word"],
    ["바보", "바보"],
    ["바보", "이 바보야"],
    ["바보", "바 보"],
    ["바보", "바.보"],
    ["바보", "바~보!"],
    ["바보", "바\u200b보"],
    ["바보", "바보".normalize("NFD")],
    ["바보".normalize("NFD"), "바보"],
    ["바보", "ㅂㅏㅂㅗ"],
    ["ㅅㅂ", "ㅅ ㅂ"],
    ["!!!", "what!!!"],
    ["straße", "STRASSE".replace("SS", "ß")],
  ])("%j in %j", (word, text) => {
    expect(hasBlockedWord(text, ["other", word])).toBe(true);
  });
});

describe("[M13] a blocked word is not seen where there is none", () => {
  test.each([
    ["시발", "다시 발표합니다"],
    ["바보", "바다 보기"],
    ["shit", "wash it"],
    ["spam", "sp am"],
    ["spam", ""],
    ["", "anything"],
    [" ", "any thing"],
    ["\u200b", "any\u200bthing"],
    ["bad", "b ad"],
  ])("%j in %j", (word, text) => {
    expect(hasBlockedWord(text, [word])).toBe(false);
  });
});

describe("[M13] a link", () => {
  test.each([
    "https://example.com",
    "see HTTP://EXAMPLE.COM/x?y",
    "ｈｔｔｐｓ：／／example.com",
    "ftp://example",
    "tg://resolve?domain=x",
    "www.example",
    "example.com",
    "go to spam.xyz now",
    "한글.kr 로 오세요",
    "shop.example.co.uk",
    "example。com",
    "exam\u200bple.com",
    "(evil.io)",
    "a.b.c.site/path",
    "https://127.0.0.1/",
  ])("%j", (text) => {
    expect(hasLink(text)).toBe(true);
  });
});

describe("[M13] no link", () => {
  test.each([
    "",
    "안녕하세요. 반갑습니다.",
    "1.2.3.4",
    "v1.10.2",
    "end.Start",
    "index.js and mod.ts",
    "me@example.com",
    "3:30 ~ 4:00",
    "a//b",
    ": //",
    "와.. 대박..",
    "example.company",
  ])("%j", (text) => {
    expect(hasLink(text)).toBe(false);
  });
});

test("[M13] links are for those whom the owner lets post them", () => {
  const who = (links: Filters["links"]): Role[] =>
    ROLES.filter((role) =>
      passes("https://example.com", {
        filters: { blockedWords: [], links },
        role,
      }),
    );
  expect(who("everyone")).toEqual(ROLES);
  expect(who("members")).toEqual(["owner", "moderator", "member"]);
  expect(who("nobody")).toEqual([]);
});

test("[M13] a text as long as it may be is judged at once", () => {
  const filters = {
    blockedWords: Array.from({ length: 200 }, (_, index) => `word${index}`),
    links: "nobody",
  } as const;
  for (const text of [
    "a ".repeat(2_000),
    "a.".repeat(2_000),
    "-".repeat(4_000),
  ]) {
    expect(passes(text, { filters, role: "guest" })).toBe(true);
  }
});

test("[M13] the words of a list are folded once, not for every message", () => {
  const words = Array.from({ length: 500 }, (_, index) => `word${index}`);
  hasBlockedWord("hello", words);
  const normalize = vi.spyOn(String.prototype, "normalize");
  expect(hasBlockedWord("w.o.r.d 7", words)).toBe(false);
  expect(hasBlockedWord("W.o.r.d.7", words)).toBe(true);
  const { length } = normalize.mock.calls;
  normalize.mockRestore();
  expect(length).toBeLessThan(20);
});
