import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanText,
  codePointLength,
  isBlank,
  utf8Length,
} from "../../src/protocol/mod.ts";

/** Any string at all: lone surrogates, controls and parts of characters included. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => {
        return String.fromCharCode(unit);
      }),
      fc.constantFrom("\r", "\n", "\r\n", "\t", "\0", "\u0301", "ᄒ", "ᅡ", "ᆫ"),
    ),
  )
  .map((parts) => parts.join(""));

describe("[S2] cleaning", () => {
  test.each([
    ["a\r\nb", "a\nb"],
    ["a\rb", "a\nb"],
    ["a\n\rb", "a\n\nb"],
    ["a\r\r\nb", "a\n\nb"],
    ["a\tb", "a\tb"],
    ["\0a\x07b\x1b[31mc\x7f\x85\x9f", "ab[31mc"],
    ["\ud800", "\ufffd"],
    ["a\udc00\ud800b", "a\ufffd\ufffdb"],
    ["\udc00\ud800", "\ufffd\ufffd"],
    ["e\u0301", "é"],
    ["\u1112\u1161\u11ab", "한"],
    // A control between a letter and its accent goes, and they meet.
    ["e\0\u0301", "é"],
    ["\u212b", "Å"],
    ["👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"],
    ["\u202eabc", "\u202eabc"],
    ["  a  ", "  a  "],
    ["ﬀ①", "ﬀ①"],
  ])("of %j gives %j", (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  test("is idempotent, well-formed, NFC and free of controls for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = cleanText(text);
        expect(cleanText(clean)).toBe(clean);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean.normalize("NFC")).toBe(clean);
        for (const character of clean) {
          const code = character.codePointAt(0) ?? 0;
          const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
          expect(isControl && character !== "\t" && character !== "\n").toBe(
            false,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  test("leaves clean text as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(cleanText(text)).toBe(text);
      }),
    );
  });
});

describe("[S2] text that shows nothing", () => {
  test.each([
    ["nothing", ""],
    ["spaces", "   "],
    ["line feeds and tabs", "\n\t\n"],
    ["a no-break space", "\u00a0"],
    ["an ideographic space", "\u3000"],
    ["a zero-width space", "\u200b"],
    ["joiners", "\u200c\u200d\u2060"],
    ["a byte order mark", "\ufeff"],
    ["a soft hyphen", "\u00ad"],
    ["a Hangul filler", "\u3164"],
    ["a halfwidth Hangul filler", "\uffa0"],
    ["conjoining fillers", "\u115f\u1160"],
    ["bidi controls", "\u202a\u202e\u2066\u2069\u200e\u061c"],
    ["variation selectors", "\ufe0f\u{e0100}"],
    ["tags", "\u{e0001}\u{e007f}"],
    ["a Mongolian vowel separator", "\u180e"],
    ["line and paragraph separators", "\u2028\u2029"],
    ["the braille blank", "\u2800"],
  ])("%s", (_, text) => {
    expect(isBlank(cleanText(text))).toBe(true);
  });

  test.each(["a", "  .  ", "한", "👍", "\ufffd", "\u200ba", "\u3164 ㅋ"])(
    "is not %j",
    (text) => {
      expect(isBlank(cleanText(text))).toBe(false);
    },
  );
});

test("[S2] length counts code points", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(codePointLength(text)).toBe([...text].length);
    }),
  );
  expect(codePointLength("👩\u200d👩\u200d👧")).toBe(5);
});

test("[F3] size counts UTF-8 bytes", () => {
  const encoder = new TextEncoder();
  fc.assert(
    fc.property(anyText, (text) => {
      const wellFormed = text.toWellFormed();
      expect(utf8Length(wellFormed)).toBe(encoder.encode(wellFormed).length);
    }),
    { numRuns: 300 },
  );
});
