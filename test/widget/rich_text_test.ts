import { describe, expect, test } from "vitest";
import { type Token, tokenize } from "../../src/widget/rich_text.ts";

describe("tokenize() finds links as a Korean sentence means them", () => {
  const sentences: [string, string][] = [
    ["https://example.com을 보세요", "https://example.com"],
    ["https://example.com을보세요", "https://example.com"],
    ["https://example.com에서는 됩니다", "https://example.com"],
    ["주소는 https://example.com/입니다.", "https://example.com/"],
    ["https://example.com/path?q=1을", "https://example.com/path?q=1"],
    ["https://example.com/path?q=을", "https://example.com/path?q=을"],
    ["여기(https://example.com/a_(b))입니다.", "https://example.com/a_(b)"],
    ["https://example.com/a이라서 좋아요", "https://example.com/a"],
    ["https://example.com/@user님이 썼어요", "https://example.com/@user"],
    ["링크：https://example.com，그리고", "https://example.com"],
    ["「https://testdomain.com」을", "https://testdomain.com"],
    ["“https://example.com/a”라고", "https://example.com/a"],
    ["https://example.com/a, https 아님", "https://example.com/a"],
    ["https://example.com/a?b#c!", "https://example.com/a?b#c"],
    [
      "https://ko.wikipedia.org/wiki/한국어",
      "https://ko.wikipedia.org/wiki/한국어",
    ],
    ["https://한글.kr/길", "https://한글.kr/길"],
    ["www.example.com으로 오세요", "www.example.com"],
    ["HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM"],
    ["http://localhost:8080/x.", "http://localhost:8080/x"],
    ["[https://example.com]", "https://example.com"],
    ["**https://example.com/a_b**", "https://example.com/a_b"],
  ];
  for (const [sentence, link] of sentences) {
    test(sentence, () => {
      expect(linksIn(tokenize(sentence))).toEqual([link]);
      expect(written(tokenize(sentence))).toBe(sentence.replaceAll("**", ""));
    });
  }
});

describe("tokenize() makes no link of", () => {
  const texts = [
    "naver.com",
    "xhttps://example.com",
    "https://",
    "https:// example.com",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://bank.example@evil.example/",
    "https://user:secret@evil.example/",
    "https://[::1",
    `https://example.com/${"a".repeat(2_048)}`,
    "`https://example.com`",
  ];
  for (const text of texts) {
    test(text.slice(0, 60), () => {
      expect(linksIn(tokenize(text))).toEqual([]);
    });
  }
});

describe("tokenize() marks", () => {
  const texts: [string, string][] = [
    ["**굵게**는 조사와 붙는다", "<strong>굵게</strong>는 조사와 붙는다"],
    ["이것은*기울임*이다", "이것은<em>기울임</em>이다"],
    ["~~지움~~", "<s>지움</s>"],
    ["**a *b* ~~c~~**", "<strong>a <em>b</em> <s>c</s></strong>"],
    ["`**x**`", "<code>**x**</code>"],
    ["```\n**x**\n```", "<pre><code>**x**</code></pre>"],
    ["a ```ts\nlet x;\n``` b", "a <pre><code>let x;</code></pre> b"],
    ["> 인용\n답", "<blockquote>인용</blockquote>답"],
    ["a\n> b\n> c", "a<blockquote>b</blockquote><blockquote>c</blockquote>"],
    ["a\n\nb", "a\n\nb"],
  ];
  for (const [text, drawn] of texts) {
    test(JSON.stringify(text), () => expect(draw(tokenize(text))).toBe(drawn));
  }
});

describe("tokenize() leaves as typed", () => {
  const texts = [
    "",
    " ",
    "2*3*4",
    "a * b * c",
    "**",
    "****",
    "** a **",
    "**a",
    "a**b~~c*d",
    "```unclosed **",
    "`",
    "snake_case_name",
    ">not a quote",
    "<b>x</b><script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "&lt;b&gt; &amp;",
    "\u202eabc\u202c",
    "*\n*",
  ];
  for (const text of texts) {
    test(JSON.stringify(text), () => {
      expect(written(tokenize(text))).toBe(text);
      expect(draw(tokenize(text))).toBe(text);
    });
  }
});

test("tokenize() nests no deeper than six marks", () => {
  const signs = ["**", "~~", "*"];
  const opened = Array.from({ length: 40 }, (_, i) => signs[i % 3]).join("a");
  expect(depthOf(tokenize(opened + opened))).toBeLessThanOrEqual(6);
});

// A hundred times what a message may have: work that grows with the square of that takes
// minutes, and all else moments, on the slowest machine too.
describe("tokenize() is soon done with any amount of", () => {
  const inputs: Record<string, string> = {
    brackets: `https://a.co/${")".repeat(390_000)}`,
    "opening brackets": `https://a.co/${"(".repeat(390_000)}`,
    "links in brackets": "https://a)".repeat(40_000),
    schemes: "https://".repeat(50_000),
    "www.": "www.".repeat(100_000),
    stars: "*".repeat(400_000),
    "spaced stars": "* ".repeat(200_000),
    "words and stars": "**a ".repeat(100_000),
    "mixed signs": "**a~~b*c".repeat(50_000),
    backticks: "`".repeat(400_000),
    "odd backticks": `${"`a".repeat(199_999)}\``,
    fences: "```".repeat(133_333),
    "open fences": "```a\n".repeat(80_000),
    tildes: "~~".repeat(200_000),
    quotes: "> ".repeat(200_000),
    "quote lines": "> *a\n".repeat(80_000),
    lines: "\n".repeat(400_000),
    particles: `https://a.co/${"을".repeat(390_000)}`,
    dots: `https://a.co/${".".repeat(390_000)}`,
    "hosts of dots": `https://${"a.".repeat(190_000)}`,
    "unclosed bold": "**a".repeat(130_000),
    "open brackets": "https://a(".repeat(40_000),
    "open square": "https://[".repeat(44_000),
    "dots and a letter": `https://a.co/${".".repeat(390_000)}x`,
    "mixed hosts": `https://${"a.".repeat(100_000)}${"가.".repeat(90_000)}`,
    emoji: "👨‍👩‍👧".repeat(50_000),
  };
  for (const [name, text] of Object.entries(inputs)) {
    test(name, () => {
      expect(written(tokenize(text)).length).toBeGreaterThan(0);
    });
  }
});

function linksIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if (typeof token === "string") return [];
    return token.tag === "a" ? [written([token])] : linksIn(token.tokens);
  });
}

function written(tokens: readonly Token[]): string {
  return tokens
    .map((token) => (typeof token === "string" ? token : written(token.tokens)))
    .join("");
}

function draw(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      typeof token === "string"
        ? token
        : `<${token.tag}>${draw(token.tokens)}</${token.tag}>`,
    )
    .join("");
}

function depthOf(tokens: readonly Token[]): number {
  return Math.max(
    0,
    ...tokens.map((token) =>
      typeof token === "string" ? 0 : 1 + depthOf(token.tokens),
    ),
  );
}
