/** The rules of docs/protocol.md and the tests that carry their numbers. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const TESTS = import.meta.dirname;
const RULE = /^- \*\*([A-Z]\d+)\*\*/gm;
const CITED = /\[([A-Z]\d+)\]/g;

function numbersIn(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), (match) => match[1] ?? "");
}

const rules = numbersIn(
  readFileSync(join(TESTS, "../docs/protocol.md"), "utf8"),
  RULE,
);
const cited = new Set(
  readdirSync(TESTS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("_test.ts"))
    .flatMap((file) =>
      numbersIn(readFileSync(join(TESTS, file), "utf8"), CITED),
    ),
);

test("every rule has a number of its own", () => {
  expect(rules.length).toBeGreaterThan(80);
  expect(new Set(rules).size).toBe(rules.length);
});

test("every rule is shown by a test that carries its number", () => {
  expect(rules.filter((rule) => !cited.has(rule))).toEqual([]);
});

test("every number that a test carries is a rule's", () => {
  const known = new Set(rules);
  expect([...cited].filter((number) => !known.has(number))).toEqual([]);
});
