import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  nicknameKeys,
  numberedNickname,
  prepareNickname,
} from "../../src/protocol/mod.ts";

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const graphemes = (text: string) => [...segmenter.segment(text)].length;
const bytes = (text: string) => new TextEncoder().encode(text).length;
const hex = (text: string) =>
  Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }).join(" ");

const FAMILY = "👩‍👩‍👧‍👦";
const ENGLAND = "🏴󠁧󠁢󠁥󠁮󠁧󠁿";

describe("[N1] a nickname", () => {
  test.each([
    "a",
    "철수",
    "a b",
    "O'Brien",
    "田中 さん",
    "محمد",
    "अनुराग",
    "1",
    "+",
    "€",
    "👍",
    FAMILY,
    ENGLAND,
    "1️⃣",
    "🏳️‍🌈",
    "\ufffd",
    "a.",
    "(a)",
    "a".repeat(32),
    "한".repeat(32),
    "👍".repeat(32),
    "q\u0316\u0317\u0318".repeat(18),
    "<b>",
  ])("may be %j", (nickname) => {
    expect(prepareNickname(nickname)).toBe(nickname.normalize("NFKC"));
  });

  test.each([
    ["nothing", ""],
    ["spaces", "   "],
    ["an ideographic space", "\u3000"],
    ["the braille blank", "\u2800"],
    ["punctuation only", "...---!?"],
    ["a lone accent", "\u0301"],
    ["what cannot be seen only", "\u200b\u2060\u3164\ufeff"],
    ["33 graphemes", "a".repeat(33)],
    ["33 emoji", "👍".repeat(33)],
    ["129 bytes in 32 graphemes", `${"👍".repeat(31)}👍\u0301`],
    ["six families, 150 bytes", FAMILY.repeat(6)],
    ["many bytes that NFKC makes", "\ufdfa".repeat(8)],
  ])("is not %s", (_, nickname) => {
    expect(prepareNickname(nickname)).toBeUndefined();
  });
});

describe("[N2] cleaning", () => {
  test.each([
    // The examples of RFC 8266, section 3.
    ["Foo", "Foo"],
    ["foo", "foo"],
    ["Foo Bar", "Foo Bar"],
    ["foo bar", "foo bar"],
    ["\u03a3", "\u03a3"],
    ["\u03c3", "\u03c3"],
    ["\u03c2", "\u03c2"],
    ["\u265a", "\u265a"],
    ["Richard \u2163", "Richard IV"],
    ["  a  b  ", "a b"],
    ["a\u00a0b", "a b"],
    ["a\u1680\u2003\u202f\u205f\u3000b", "a b"],
    ["\u3000철수\u3000", "철수"],
    ["ｆｕｌｌ　ｗｉｄｔｈ", "full width"],
    ["\ufb01", "fi"],
    ["①", "1"],
    ["ﾊﾝｶｸ", "ハンカク"],
    ["\u1112\u1161\u11ab", "한"],
    ["cafe\u0301", "café"],
    // NFKC makes a space of its own here, which has to go as well.
    ["a\u00a8b", "a \u0308b"],
    ["\u00a8a", "\u0308a"],
    ["a\u2800b", "a b"],
  ])("of %j gives %j", (raw, nickname) => {
    expect(prepareNickname(raw)).toBe(nickname);
  });

  test("is done when it changes nothing more, whatever it began with", () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        const nickname = prepareNickname(raw);
        if (nickname === undefined) return;
        expect(prepareNickname(nickname)).toBe(nickname);
        expect(nickname.normalize("NFKC")).toBe(nickname);
        expect(nickname).not.toMatch(/^ | {2}| $/);
        expect(nickname.replaceAll(" ", "")).not.toMatch(/\s|\p{Z}/u);
        expect(nickname).not.toMatch(/[\p{Cc}\p{Co}\p{Cn}\p{Cs}]/u);
        expect(nickname).toMatch(/[\p{L}\p{N}\p{S}]/u);
        expect(graphemes(nickname)).toBeLessThanOrEqual(32);
        expect(bytes(nickname)).toBeLessThanOrEqual(128);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("[N3] what cannot be seen is removed:", () => {
  test.each(
    [
      ..."\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u180f",
      ..."\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
      ..."\u2060\u2061\u2064\u2066\u2067\u2068\u2069\u206f\u3164\ufe00\ufe0f",
      ..."\ufeff\uffa0\ufff9\ufffb",
      "\u{1d173}",
      "\u{e0001}",
      "\u{e0061}",
      "\u{e007f}",
      "\u{e0100}",
    ].map((character) => [hex(character), character] as const),
  )("%s", (_, character) => {
    expect(prepareNickname(`a${character}b`)).toBe("ab");
    expect(prepareNickname(`${character}ab${character}`)).toBe("ab");
    expect(prepareNickname(character)).toBeUndefined();
  });

  test.each([FAMILY, ENGLAND, "1️⃣", "❤️", "🏳️‍🌈", "👨🏽‍💻"])(
    "but not within %s",
    (emoji) => {
      expect(prepareNickname(`a ${emoji}`)).toBe(`a ${emoji}`);
    },
  );

  test("so that nobody looks like somebody by what is hidden", () => {
    for (const twin of [
      "\u202eann",
      "a\u200bnn",
      "ann\u2069",
      "\ufeffann\u00ad",
    ]) {
      expect(prepareNickname(twin)).toBe("ann");
    }
  });

  test("and a lone surrogate becomes U+FFFD", () => {
    expect(prepareNickname("a\ud800b\udc00")).toBe("a\ufffdb\ufffd");
  });
});

describe("[N4] a nickname is refused that has", () => {
  const controls = Array.from({ length: 0x20 }, (_, code) => code).concat(
    0x7f,
    0x80,
    0x85,
    0x9f,
  );
  test.each(
    controls.map((code) => {
      const control = String.fromCharCode(code);
      return [hex(control), control] as const;
    }),
  )("the control %s", (_, control) => {
    expect(prepareNickname(`a${control}b`)).toBeUndefined();
  });

  test.each([
    ["a private-use character", "a\ue000"],
    ["another", "a\uf8ff"],
    ["one of plane 16", "a\u{10fffd}"],
    ["an unassigned character", "a\u0378"],
    ["a noncharacter", "a\ufffe"],
    ["another", "a\u{1ffff}"],
    ["five combining marks in a row", "q\u0316\u0317\u0318\u0319\u031c"],
  ])("%s", (_, nickname) => {
    expect(prepareNickname(nickname)).toBeUndefined();
  });

  test.each([
    ["four combining marks", "q\u0316\u0317\u0318\u0319"],
    ["a word of each script", "Иван Smith"],
    ["a Greek letter before Latin ones", "μTorrent"],
    ["another", "Ωmega"],
    ["letters that look like others", "раураl"],
    ["Korean and Latin in a word", "철수Kim"],
    ["Japanese scripts in a word", "東京タワーの"],
    ["a unit of Greek letters alone", "Ωμέγα"],
  ])("but not %s", (_, nickname) => {
    expect(prepareNickname(nickname)).toBe(nickname.normalize("NFKC"));
  });
});

describe("[N5] two nicknames are equal:", () => {
  test.each([
    ["Foo", "foo"],
    ["FOO BAR", "foo bar"],
    ["\u03a3", "\u03c3"],
    ["ÉCOLE", "école"],
    ["ПРИВЕТ", "привет"],
    ["раураl", "paypal"],
    ["αlpha", "alpha"],
    ["gοogle", "google"],
    ["раураl", "PAYPAL"],
    ["0", "O"],
    ["0", "o"],
    ["b0b", "Bob"],
    ["rn", "m"],
    ["rnary", "mary"],
    ["l", "1"],
    ["I", "l"],
    ["Ivan", "lvan"],
    ["vv", "ѵѵ"],
    ["Ѕ", "S"],
    ["о", "o"],
    ["ο", "o"],
    ["Α", "A"],
    ["ＡＢＣ", "abc"],
  ])("%j and %j", (one, other) => {
    expect(alike(one, other)).toBe(true);
    expect(alike(other, one)).toBe(true);
  });

  test.each([
    ["a", "b"],
    ["철수", "영희"],
    ["철수", "철수 "],
    ["Foo", "Foo2"],
    ["foo", "fo o"],
    ["résumé", "resume"],
    ["👍", "👎"],
    ["👍", "👍🏽"],
    ["m", "n"],
    ["1", "2"],
    ["사용자-1", "사용자-2"],
    ["~a", "a"],
  ])("not %j and %j", (one, other) => {
    expect(one.trim() !== other.trim() && alike(one, other)).toBe(false);
  });

  test("each to itself in another case and another form", () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        const nickname = prepareNickname(raw);
        if (nickname === undefined) return;
        const twin = prepareNickname(` ${nickname.normalize("NFD")} `);
        if (twin !== undefined) expect(alike(nickname, twin)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test("[N1] what is let through without a look passes the look as well", () => {
  const plain = fc.stringMatching(/^[0-9A-Za-z가-힣][0-9A-Za-z가-힣_-]{0,31}$/);
  fc.assert(
    fc.property(plain, (nickname) => {
      // The space makes it look closely, and is trimmed.
      expect(prepareNickname(`${nickname} `)).toBe(nickname);
      expect(prepareNickname(nickname)).toBe(nickname);
    }),
  );
});

test("[N6] a numbered nickname is one that its owner could have asked for", () => {
  fc.assert(
    fc.property(anyName, fc.integer({ min: 2, max: 99_999 }), (raw, number) => {
      const nickname = prepareNickname(raw);
      if (nickname === undefined) return;
      const numbered = numberedNickname(nickname, number);
      expect(numbered.endsWith(`-${number}`)).toBe(true);
      expect(prepareNickname(numbered)).toBe(numbered);
    }),
    { numRuns: 1_000 },
  );
  expect(numberedNickname("철수", 2)).toBe("철수-2");
  expect(numberedNickname("a".repeat(32), 2)).toBe(`${"a".repeat(30)}-2`);
  expect(numberedNickname("한".repeat(32), 10)).toBe(`${"한".repeat(29)}-10`);
  expect(numberedNickname(FAMILY.repeat(5), 2)).toBe(`${FAMILY.repeat(5)}-2`);
  expect(numberedNickname(`${"a".repeat(29)} b`, 2)).toBe(
    `${"a".repeat(29)}-2`,
  );
});

/** Names made of what people write, what fools write and what neither can see. */
const anyName = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 4 }),
      fc.string({ unit: "binary", maxLength: 1 }),
      fc.constantFrom(
        ..."aZ0 \u3000\u200d\u0301\ufb01\u00a8ㅋᆫ한а\u03c3\u2800\ufe0f\ud800",
        FAMILY,
        ENGLAND,
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** Whether somebody called `one` keeps `other` from being taken. */
function alike(one: string, other: string): boolean {
  const [first, second] = [one, other].map(
    (raw) => prepareNickname(raw) ?? raw,
  );
  const held = new Set(nicknameKeys(first ?? ""));
  return nicknameKeys(second ?? "").some((key) => held.has(key));
}
