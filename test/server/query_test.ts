import { expect, test } from "vitest";
import { matches, parseQuery } from "../../src/server/log/query.ts";

function finds(query: string, text: string): boolean {
  const parsed = parseQuery(query);
  if (!parsed) throw new Error(`Cannot parse query "${query}"`);
  return matches(parsed, text);
}

test.each([
  ["배포", "배포했습니다"],
  ["배포를", "오늘 배포 끝"],
  ["배포는", "배포가 늦어요"],
  ["학교에서는", "학교 앞"],
  ["친구들과", "친구들이랑"],
  ["철수한테", "철수야"],
  ["회의로", "회의 끝나고"],
  ["선생님께서", "선생님 말씀"],
  ["데이터베이스의", "데이터베이스"],
  ["오늘 배포", "배포는 오늘"],
  ["ㅋㅋ", "ㅋㅋㅋ"],
  ["수고", "수고ㄳ"],
  ["ㄳ", "ㄱㅅㄱㅅ"],
  ["ㄱㅅ", "수고ㄳ"],
  ["다", "간다ㅄ"],
  ["ㅋ", "안녕ㅋ"],
  ["❤️", "나도 ❤"],
  ["❤", "나도 ❤️"],
  ["밥", "밥 먹자"],
  ["漢", "漢字"],
  ["寿司", "寿司🍣"],
  ["🎉", "축하 🎉"],
  ["deploy", "ＤＥＰＬＯＹ done"],
  ["ＡＢＣ", "abc"],
  ["straße", "STRASSE straße"],
  ["ｶﾅ", "カナ"],
  ["한글".normalize("NFD"), "한글"],
  ["한글", "한글".normalize("NFD")],
  ["  a  b ", "b and a"],
  [".*", "a .* b"],
  ["0%", "100%"],
  ["(a+)+$", "x (a+)+$"],
  ["\\u0041", "\\u0041"],
])("[Q1] %j is found in %j", (query, text) => {
  expect(finds(query, text)).toBe(true);
});

test.each([
  ["배포", "배달"],
  ["배포 내일", "배포는 오늘"],
  // One syllable is too little to be looked for without what follows it.
  ["사과", "사람"],
  ["나는", "나도"],
  ["deploy.*", "deployment"],
  ["^a", "abc"],
  ["ab%", "abc"],
  ["a_c", "abc"],
  ["xy", "abc"],
])("[Q1] %j is not found in %j", (query, text) => {
  expect(finds(query, text)).toBe(false);
});

test.each([
  "",
  " ",
  "a",
  "A",
  "1",
  "é",
  "%",
  "ａ",
  "x".repeat(101),
  "가".repeat(5_000),
])("[Q2] %j is no query", (text) => {
  expect(parseQuery(text)).toBeUndefined();
});

test("[Q2] a query that would take a pattern for ever takes no time", () => {
  const query = parseQuery("(a+)+$ (x|x)*y [".repeat(6));
  expect(query && matches(query, "a".repeat(4_000))).toBe(false);
});
