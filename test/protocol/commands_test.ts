import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Command,
  ERRORS,
  isRejected,
  parseCommand,
} from "../../src/protocol/mod.ts";

const MAX = Number.MAX_SAFE_INTEGER;

/** What each type may be made of; the shortest and the fullest. */
const WELL_FORMED: readonly Command[] = [
  { type: "send", nonce: "n", text: "a" },
  { type: "send", nonce: "Az09_-", text: "a\nb", replyTo: 1, retry: true },
  { type: "send", nonce: "n".repeat(64), text: "𝒳".repeat(4_000) },
  { type: "send", nonce: "n", text: "a", replyTo: MAX, retry: false },
  { type: "send", nonce: "n", text: "a", mentions: [] },
  { type: "send", nonce: "n", text: "", file: "a".repeat(24) },
  { type: "send", nonce: "n", text: "a", mentions: ["g_1", "철수"] },
  { type: "edit", nonce: "n", seq: 1, text: "a" },
  { type: "edit", nonce: "n", seq: 1, text: "a", mentions: ["m".repeat(128)] },
  { type: "edit", nonce: "n", seq: MAX, text: "a", retry: true },
  { type: "delete", nonce: "n", seq: 1 },
  { type: "delete", nonce: "n", seq: 1, retry: true },
  { type: "react", nonce: "n", seq: 1, emoji: "👍", on: true },
  {
    type: "react",
    nonce: "n",
    seq: 1,
    emoji: "👩‍👩‍👧‍👦",
    on: false,
    retry: true,
  },
  { type: "history" },
  { type: "history", before: 1, limit: 1, ref: "" },
  { type: "history", before: MAX, limit: 100, ref: "r".repeat(64) },
  { type: "history", around: 1, limit: 1 },
  { type: "history", after: 0, ref: "r" },
  { type: "rename", nickname: "" },
  { type: "rename", nickname: "n".repeat(20_000) },
  { type: "typing", on: true },
  { type: "typing", on: false },
  { type: "read", seq: 1 },
  { type: "rooms", on: true },
  { type: "rooms", on: false, read: { 잡담: 0, lobby: MAX } },
  { type: "ack", seq: 0 },
  { type: "auth", token: "" },
  { type: "auth", token: "t".repeat(20_000) },
];

test.each(
  WELL_FORMED.map(
    (command) => [JSON.stringify(command).slice(0, 70), command] as const,
  ),
)("[F2] %s is a command", (_, command) => {
  expect(parseCommand(JSON.stringify(command))).toEqual(command);
});

test.each(
  WELL_FORMED.map(
    (command) => [JSON.stringify(command).slice(0, 70), command] as const,
  ),
)("[F7] what %s does not have is ignored", (_, command) => {
  const body = JSON.stringify(command).slice(0, -1);
  const more = `,"x":1,"seq2":[{}],"__proto__":{"text":"b","retry":true,"ref":"r"},"constructor":{"prototype":{}},"toString":0,"author":"me"}`;
  expect(parseCommand(body + more)).toEqual(command);
  expect(Object.keys({})).toEqual([]);
});

describe("[F5] garbage, of which no command can be told:", () => {
  test.each([
    ["nothing", ""],
    ["white space", "  \n"],
    ["no JSON", "hello"],
    ["the heartbeat, spelt wrong", "PING"],
    ["half an object", '{"type":"send"'],
    ["two objects", '{"type":"ack","seq":1}{"type":"ack","seq":1}'],
    ["single quotes", "{'type':'ack'}"],
    ["a trailing comma", '{"type":"ack","seq":1,}'],
    ["a comment", '{"type":"ack","seq":1}//'],
    ["a byte order mark", '\ufeff{"type":"ack","seq":1}'],
    ["NaN", "NaN"],
    ["a raw control character", '{"type":"typing\n","on":true}'],
    ["null", "null"],
    ["a number", "1"],
    ["a string", '"send"'],
    ["true", "true"],
    ["an array", "[]"],
    ["an array of commands", '[{"type":"ack","seq":1}]'],
    ["no type", "{}"],
    ["a null type", '{"type":null}'],
    ["a number for a type", '{"type":1}'],
    ["an array for a type", '{"type":["send"]}'],
    ["an object for a type", '{"type":{"toString":"send"}}'],
    ["an unknown type", '{"type":"shout","nonce":"n","text":"a"}'],
    ["an empty type", '{"type":""}'],
    ["a type in capitals", '{"type":"SEND","nonce":"n","text":"a"}'],
    ["a type with a space", '{"type":"send ","nonce":"n","text":"a"}'],
    ["an event for a type", '{"type":"message"}'],
    ["__proto__ for a type", '{"type":"__proto__"}'],
    ["constructor for a type", '{"type":"constructor"}'],
    ["toString for a type", '{"type":"toString"}'],
    ["a type that is inherited", '{"__proto__":{"type":"ack","seq":1}}'],
    ["deep arrays", `${"[".repeat(16_000)}${"]".repeat(16_000)}`],
    ["deep arrays that do not end", "[".repeat(32_768)],
    ["deep objects", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
  ])("%s", (_, frame) => {
    expect(parseCommand(frame)).toMatchObject({
      code: "bad_request",
      garbage: true,
    });
  });

  test("whatever it is, it never throws", () => {
    const frames = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.json(),
      fc.json().map((json) => `{"type":"send","nonce":"n","text":${json}}`),
      fc.json().map((json) => `{"type":"history","before":${json}}`),
      fc.json().map((json) => `{"type":${json}}`),
    );
    fc.assert(
      fc.property(frames, (frame) => {
        const parsed = parseCommand(frame);
        if (isRejected(parsed)) expect(ERRORS).toHaveProperty(parsed.code);
        else expect(["send", "history"]).toContain(parsed.type);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("[F2] a frame", () => {
  const frame = (length: number) => {
    const body = '{"type":"ack","seq":1,"x":""}';
    return body.replace('""', `"${"a".repeat(length - body.length)}"`);
  };

  test("of 32,768 characters is read", () => {
    expect(parseCommand(frame(32_768))).toEqual({ type: "ack", seq: 1 });
  });

  test("of one more is too large, whatever it holds", () => {
    const tooLarge = { code: "too_large", garbage: true };
    expect(parseCommand(frame(32_769))).toMatchObject(tooLarge);
    expect(parseCommand("[".repeat(32_769))).toMatchObject(tooLarge);
  });

  test("is measured in UTF-16 code units", () => {
    const emoji = (count: number) =>
      `{"type":"ack","seq":1,"x":"${"👍".repeat(count)}"}`;
    const rest = emoji(0).length;
    expect(parseCommand(emoji((32_768 - rest) / 2))).toMatchObject({ seq: 1 });
    expect(parseCommand(emoji((32_770 - rest) / 2))).toMatchObject({
      code: "too_large",
    });
  });
});

const SEQS = ["0", "-1", "1.5", '"1"', "null", "true", "[1]", "{}", "1e400"];
const BAD_SEQS = [...SEQS, "-0", "9007199254740992", "1e-9"];
const BAD_TEXTS = ['""', '" "', '"\\u200b\\u3164"', '"\\u0000"', "null", "1"];
const MORE_BAD_TEXTS = ['["a"]', "{}", "true", '{"toString":"a"}'];
const BAD_NONCES = [
  "null",
  "1",
  '""',
  '"a b"',
  '"a.b"',
  '"한"',
  '"n\\n"',
  '"\\u0000"',
  `"${"n".repeat(65)}"`,
  "[]",
  '["n"]',
];
const BAD_BOOLEANS = ["1", '"true"', "null", "[]"];
const BAD_EMOJI = [
  '""',
  '"a"',
  '"1"',
  '"👍👍"',
  '"👍 "',
  '"👍a"',
  '"\\u200d"',
  '"❤"',
  '"\\ud83d"',
  "1",
  "null",
  '"__proto__"',
  `"${"👍".repeat(40)}"`,
];

/** A well-formed command, one of its fields, and what that must not be. */
const FIELDS: readonly [command: string, field: string, bad: string[]][] = [
  ['{"type":"send","text":"a","nonce":@}', "nonce", BAD_NONCES],
  [
    '{"type":"send","nonce":"n","text":@}',
    "text",
    [...BAD_TEXTS, ...MORE_BAD_TEXTS],
  ],
  ['{"type":"send","nonce":"n","text":"a","replyTo":@}', "replyTo", BAD_SEQS],
  ['{"type":"send","nonce":"n","text":"a","retry":@}', "retry", BAD_BOOLEANS],
  ['{"type":"edit","text":"a","seq":1,"nonce":@}', "nonce", BAD_NONCES],
  ['{"type":"edit","nonce":"n","seq":1,"text":@}', "text", BAD_TEXTS],
  ['{"type":"edit","nonce":"n","text":"a","seq":@}', "seq", BAD_SEQS],
  ['{"type":"delete","seq":1,"nonce":@}', "nonce", BAD_NONCES],
  ['{"type":"delete","nonce":"n","seq":@}', "seq", BAD_SEQS],
  [
    '{"type":"react","nonce":"n","emoji":"👍","on":true,"seq":@}',
    "seq",
    BAD_SEQS,
  ],
  [
    '{"type":"react","nonce":"n","seq":1,"on":true,"emoji":@}',
    "emoji",
    BAD_EMOJI,
  ],
  [
    '{"type":"react","nonce":"n","seq":1,"emoji":"👍","on":@}',
    "on",
    BAD_BOOLEANS,
  ],
  ['{"type":"history","before":@}', "before", BAD_SEQS],
  ['{"type":"history","limit":@}', "limit", [...BAD_SEQS, "101"]],
  ['{"type":"history","ref":@}', "ref", ["1", "null", `"${"r".repeat(65)}"`]],
  ['{"type":"rename","nickname":@}', "nickname", ["1", "null", "[]"]],
  ['{"type":"typing","on":@}', "on", BAD_BOOLEANS],
  ['{"type":"read","seq":@}', "seq", BAD_SEQS],
  ['{"type":"ack","seq":@}', "seq", ["-1", "1.5", '"1"', "null", "1e400"]],
  ['{"type":"auth","token":@}', "token", ["1", "null"]],
];

describe("[F6] a field that is malformed or out of range", () => {
  const cases = FIELDS.flatMap(([command, field, bad]) =>
    bad.map((value) => [command.replace("@", value), field] as const),
  );
  test.each(cases)("%s", (frame, field) => {
    const parsed = parseCommand(frame);
    expect(parsed).toMatchObject({ code: "bad_request", garbage: false });
    expect(parsed).toHaveProperty(
      "message",
      expect.stringContaining(`"${field}"`),
    );
  });

  test.each(
    FIELDS.filter(
      ([, field]) =>
        !["replyTo", "retry", "before", "limit", "ref"].includes(field),
    ),
  )("%s without its field", (command, field) => {
    const frame = command.replace(new RegExp(`,"${field}":@`), "");
    expect(parseCommand(frame)).toMatchObject({
      code: "bad_request",
      garbage: false,
    });
  });

  test("a text over 4,000 code points is too large", () => {
    const send = (text: string) =>
      parseCommand(JSON.stringify({ type: "send", nonce: "n", text }));
    const tooLarge = { code: "too_large", nonce: "n", garbage: false };
    expect(send("a".repeat(4_001))).toMatchObject(tooLarge);
    expect(send("𝒳".repeat(4_001))).toMatchObject(tooLarge);
    // Measured after cleaning, in both directions.
    expect(send(`${"a".repeat(4_000)}\r\n`)).toMatchObject(tooLarge);
    expect(send("e\u0301".repeat(4_000))).toMatchObject({ type: "send" });
    expect(send(`${"a".repeat(4_000)}\0\0`)).toMatchObject({ type: "send" });
    expect(send("\u0958".repeat(2_001))).toMatchObject(tooLarge);
  });

  test("is answered with the nonce or the ref where that is readable", () => {
    expect(
      parseCommand('{"type":"send","nonce":"n","text":""}'),
    ).toHaveProperty("nonce", "n");
    expect(
      parseCommand('{"type":"history","ref":"r","limit":0}'),
    ).toHaveProperty("ref", "r");
    for (const nonce of BAD_NONCES) {
      const frame = `{"type":"send","text":"a","nonce":${nonce}}`;
      expect(parseCommand(frame)).not.toHaveProperty("nonce");
    }
    // Every command with a nonce gets an answer that carries it, also one we do not know.
    const unknown = '{"type":"shout","nonce":"n","ref":"r"}';
    const address = { nonce: "n", ref: "r", garbage: true };
    expect(parseCommand(unknown)).toMatchObject(address);
    const inherited = '{"type":"send","text":"a","__proto__":{"nonce":"n"}}';
    expect(parseCommand(inherited)).not.toHaveProperty("nonce");
  });

  test("is named, but not what it held", () => {
    const secret = '{"type":"auth","token":["hunter2"]}';
    expect(JSON.stringify(parseCommand(secret))).not.toContain("hunter2");
  });
});

test("[S2] lone surrogates in a frame are made well-formed", () => {
  const frame = '{"type":"send","nonce":"n","text":"a\\ud800b\\udc00"}';
  expect(parseCommand(frame)).toHaveProperty("text", "a\ufffdb\ufffd");
});

test("[C3] every kind of RGI emoji is one emoji", () => {
  for (const emoji of [
    "👍",
    "👍🏽",
    "❤️",
    "1️⃣",
    "🇰🇷",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "🫱🏻‍🫲🏿",
  ]) {
    const frame = { type: "react", nonce: "n", seq: 1, emoji, on: true };
    expect(parseCommand(JSON.stringify(frame))).toEqual(frame);
  }
});
