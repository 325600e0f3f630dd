import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isProjectId,
  parseInteger,
  parseRoomName,
} from "../../src/protocol/mod.ts";

describe("[U1] a project id", () => {
  test.each(["0", "42", "a", "Z", "a-b_c", "a".repeat(64), "9__", "A--"])(
    "may be %j",
    (id) => {
      expect(isProjectId(id)).toBe(true);
    },
  );

  test.each([
    "",
    "-a",
    "_a",
    "a".repeat(65),
    "a.b",
    "..",
    ".",
    "a/b",
    "a%2Fb",
    "a\\b",
    "a b",
    " a",
    "a\n",
    "a\0",
    "한",
    "é",
    "a\u200b",
    "４２",
    "٤٢",
    "\ud800",
    "\u017f",
    "\u212a",
  ])("is not %j", (id) => {
    expect(isProjectId(id)).toBe(false);
  });

  test("is made of nothing but A-Z a-z 0-9 _ -", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (id) => {
        const known = [...id].every((character) =>
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".includes(
            character,
          ),
        );
        if (!known) expect(isProjectId(id)).toBe(false);
      }),
    );
  });
});

describe("[U2] a room name", () => {
  test("is the lobby where none is given", () => {
    expect(parseRoomName()).toBe("lobby");
  });

  test.each([
    "lobby",
    "둘째-방",
    "日本語",
    "комната",
    "غرفة",
    "1",
    "٤٢",
    "a_b-c",
    "𝒳",
    "한".repeat(64),
    "𝒳".repeat(64),
  ])("may be %j", (name) => {
    expect(parseRoomName(name)).toBe(name);
  });

  test.each([
    ["cafe\u0301", "café"],
    ["\u1112\u1161\u11ab", "한"],
    ["\u212b", "Å"],
    // 65 code points that are 64 in NFC.
    [`e\u0301${"a".repeat(63)}`, `é${"a".repeat(63)}`],
  ])("%j is the same room as its NFC twin", (name, twin) => {
    expect(parseRoomName(name)).toBe(twin);
    expect(parseRoomName(twin)).toBe(twin);
  });

  test.each([
    "",
    "-a",
    "_a",
    "a".repeat(65),
    "a b",
    "a\n",
    "a/b",
    "a.b",
    "..",
    "👍",
    "a👍",
    "\u200ba",
    "a\u200d",
    "\u0301",
    "\ud800",
    "a\0",
    "<b>",
    "%2F",
  ])("is not %j", (name) => {
    expect(parseRoomName(name)).toBeUndefined();
  });

  test("once parsed, names itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const room = parseRoomName(name);
        if (room === undefined) return;
        expect(parseRoomName(room)).toBe(room);
        expect(room).toBe(name.normalize("NFC"));
      }),
    );
  });
});

describe("[U8] a number in a URL", () => {
  test.each(["0", "1", "42", "007", "9007199254740991"])(
    "may be %j",
    (text) => {
      expect(parseInteger(text)).toBe(Number(text));
    },
  );

  test.each([
    "",
    "-1",
    "+1",
    "1.5",
    "1e3",
    "0x1",
    " 1",
    "1\n",
    "٤٢",
    "NaN",
    "9007199254740992",
    "9".repeat(400),
  ])("is not %j", (text) => {
    expect(parseInteger(text)).toBeUndefined();
  });
});
