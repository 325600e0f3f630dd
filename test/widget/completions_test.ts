/** What the text before the caret may be completed to, and names of emoji. */
import { expect, test } from "vitest";
import {
  beginsWith,
  findTrigger,
} from "../../src/widget/extras/completions.ts";
import {
  emojiNamed,
  replaceCodes,
} from "../../src/widget/extras/emoji_codes.ts";

test.each([
  ["@", { sign: "@", query: "", from: 0 }],
  ["안녕 @영", { sign: "@", query: "영", from: 3 }],
  ["안녕@영", { sign: "@", query: "영", from: 2 }],
  ["@김 철", { sign: "@", query: "김 철", from: 0 }],
  ["a@b", undefined],
  ["@영\n", undefined],
  [":ta", { sign: ":", query: "ta", from: 0 }],
  [":t", undefined],
  ["12:30", undefined],
  ["끝 :)", undefined],
])("%j begins %j", (text, trigger) => {
  expect(findTrigger(text, text.length)).toEqual(trigger);
});

test("what stands behind the caret does not count", () => {
  expect(findTrigger("@영 뒤", 2)).toEqual({ sign: "@", query: "영", from: 0 });
});

test.each([
  ["영희", "영", true],
  ["영희", "여", true],
  ["영희", "영ㅎ", true],
  ["희수", "ㅎ", true],
  ["Bob", "bO", true],
  ["영희", "희", false],
])("%s begins with %s: %s", (text, query, expected) => {
  expect(beginsWith(text, query)).toBe(expected);
});

test.each([
  [":tada:", "🎉"],
  ["축하 :tada::+1:", "축하 🎉👍"],
  [":nothing:", ":nothing:"],
  ["`:tada:` 는 이름", "`:tada:` 는 이름"],
  ["```\n:tada:\n```", "```\n:tada:\n```"],
  ["12:30:45", "12:30:45"],
  [":constructor:", ":constructor:"],
])("%j becomes %j", (text, expected) => {
  expect(replaceCodes(text)).toBe(expected);
});

test("every name stands for one emoji", () => {
  const all = emojiNamed("");
  expect(all.length).toBeGreaterThan(30);
  for (const [, emoji] of all) expect(emoji).toMatch(/^\p{RGI_Emoji}$/v);
});
