/** Who is meant in a text. */
import { expect, test } from "vitest";
import { mentionsIn, splitMentions } from "../../src/widget/extras/mentions.ts";

const PEOPLE = [
  { id: "1", nickname: "영" },
  { id: "2", nickname: "영희" },
  { id: "3", nickname: "김 철수" },
  { id: "4", nickname: "Bob" },
  { id: "5", nickname: "Bo" },
];

test.each([
  ["@영희 안녕", ["2"]],
  ["@영희님 보셨어요?", ["2"]],
  ["@영이 왔어요", ["1"]],
  ["안녕@영희", ["2"]],
  ["@김 철수에게 물어봐요", ["3"]],
  ["@Bob, @Bo!", ["4", "5"]],
  ["@Bobby", []],
  ["bob@Bob.com", []],
  ["@@영희", ["2"]],
  ["@영희 @영희", ["2"]],
  ["@누구", []],
  ["@", []],
  ["", []],
])("%j means %j", (text, ids) => {
  expect(mentionsIn(text, PEOPLE)).toEqual(ids);
});

test("the pieces of a text are the text", () => {
  const text = "아, @영희님과 @김 철수, 그리고 a@Bob";
  const pieces = splitMentions(text, PEOPLE);
  const joined = pieces.map((piece) =>
    typeof piece === "string" ? piece : piece.text,
  );
  expect(joined.join("")).toBe(text);
  expect(pieces).toContainEqual({ text: "@김 철수", id: "3" });
});

test("no more than twenty are meant", () => {
  const people = Array.from({ length: 30 }, (_, index) => ({
    id: `${index}`,
    nickname: `회원${index}번`,
  }));
  const text = people.map(({ nickname }) => `@${nickname}`).join(" ");
  expect(mentionsIn(text, people)).toHaveLength(20);
});
