/** What a search looks for: words, Korean first, so that neither case nor width nor particles matter. Pure. */
import { codePointLength, MAX_QUERY_LENGTH } from "../../protocol/mod.ts";

/** Parts that a text must have, all of them, folded. */
export type Query = readonly string[];

/** A word of so many syllables is a word also without its particle. */
const MIN_STEM = 2;
/** Particles after which another one may follow, as in `학교에서는`. */
const CASES = [
  ..."이 가 을 를 의 에 로 으로 와 과 랑 이랑 하고 께 께서 에게 에게서 한테 한테서 에서".split(
    " ",
  ),
  ..."까지 부터 처럼 보다 마다 조차 밖에".split(" "),
];
const TOPICS = ["", ..."은 는 도 만 의 요".split(" ")];
/** Longest first, so that `에서는` is one. */
const PARTICLES = CASES.flatMap((particle) =>
  TOPICS.map((topic) => particle + topic),
)
  .concat(TOPICS.slice(1))
  .sort((one, other) => other.length - one.length);
const SYLLABLES = /^[가-힣]+$/;
/** Two consonants that are typed as one: NFKC would put them below the syllable before. */
const CLUSTERS: ReadonlyMap<string, string> = new Map(
  "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
    .split(" ")
    .map((letters) => [letters.slice(0, 1), letters.slice(1)]),
);
const CLUSTER = /[ㄳㄵㄶㄺ-ㅀㅄ]/g;
/** Says how the character before it is drawn, and nothing of what it means. */
const VARIATION = /[\ufe0e\ufe0f]/g;
/** One character of these says something; one letter is in every text. */
const IDEOGRAPHIC =
  /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Extended_Pictographic}]/u;

/** What `text` asks for; `undefined` when it is nothing, a single letter, or too long. */
export function parseQuery(text: string): Query | undefined {
  if (text.length > MAX_QUERY_LENGTH * 4) return undefined;
  const folded = fold(text.toWellFormed()).trim();
  const length = codePointLength(folded);
  if (length === 0 || length > MAX_QUERY_LENGTH) return undefined;
  if (length === 1 && !IDEOGRAPHIC.test(folded)) return undefined;
  return [...new Set(folded.split(/\s+/).map(stemOf))];
}

/** Whether a text has all parts of `query`. Nothing in a query is a pattern. */
export function matches(query: Query, text: string): boolean {
  if (query.length === 0) return true;
  const folded = fold(text);
  return query.every((part) => folded.includes(part));
}

/** Case and width folded; syllables whole, however they were typed, and letters beside them apart. */
function fold(text: string): string {
  return text
    .replace(CLUSTER, (letter) => CLUSTERS.get(letter) ?? letter)
    .normalize("NFKC")
    .replace(VARIATION, "")
    .toLowerCase();
}

/** A word without the particle at its end: who asks for `배포를` means `배포` as well. */
function stemOf(word: string): string {
  if (!SYLLABLES.test(word)) return word;
  const particle = PARTICLES.find(
    (end) => word.endsWith(end) && word.length - end.length >= MIN_STEM,
  );
  return particle ? word.slice(0, -particle.length) : word;
}
