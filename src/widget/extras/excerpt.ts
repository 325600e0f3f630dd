/** What of a message is shown of a hit, and where the hit is in it. Pure. */

/** A piece of a text, and whether it is what was looked for. */
export interface Piece {
  readonly text: string;
  readonly isHit: boolean;
}

/** Code units before the first hit, and all in all. */
const LEAD = 40;
const LENGTH = 160;
/** Shortest word that is left of one without its particle, in code units. */
const SHORTEST = 2;
const KOREAN = /^\p{Script=Hangul}+$/u;

/** The part of `text` around the first word of `query`, with all words marked. */
export function excerpt(text: string, query: string): readonly Piece[] {
  const { folded, origins } = fold(text);
  const hits = wordsOf(query)
    .flatMap((word) => spansOf(folded, stemIn(folded, word)))
    .map(([from, to]) => [origins[from] ?? 0, origins[to] ?? text.length]);
  hits.sort(([a = 0], [b = 0]) => a - b);
  const first = hits[0]?.[0] ?? 0;
  const start = first > LEAD ? first - LEAD : 0;
  const end = start + LENGTH;
  const pieces: Piece[] = [];
  const add = (to: number, isHit: boolean) => {
    const piece = text.slice(done, Math.min(to, end)).toWellFormed();
    if (piece) pieces.push({ text: piece, isHit });
    done = Math.max(done, to);
  };
  let done = start;
  for (const [from = 0, to = 0] of hits) {
    add(from, false);
    add(to, true);
  }
  add(text.length, false);
  if (start > 0) pieces.unshift({ text: "…", isHit: false });
  if (text.length > end) pieces.push({ text: "…", isHit: false });
  return pieces;
}

function wordsOf(query: string): string[] {
  return query
    .split(/\s+/)
    .map((word) => fold(word).folded)
    .filter(Boolean);
}

/** As much of `word` as `text` has: a Korean one is found without its particle, too. */
function stemIn(text: string, word: string): string {
  if (!KOREAN.test(word)) return word;
  for (let end = word.length; end >= SHORTEST; end--)
    if (text.includes(word.slice(0, end))) return word.slice(0, end);
  return word;
}

/** Where `word` is in `text`. */
function spansOf(text: string, word: string): [from: number, to: number][] {
  const spans: [number, number][] = [];
  for (
    let from = text.indexOf(word);
    from >= 0;
    from = text.indexOf(word, from + word.length)
  )
    spans.push([from, from + word.length]);
  return spans;
}

/** `text` without case and width, and where in it each code unit comes from. */
function fold(text: string): { folded: string; origins: number[] } {
  let folded = "";
  const origins: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = character.normalize("NFKC").toLowerCase();
    folded += plain;
    for (let unit = 0; unit < plain.length; unit++) origins.push(place);
    place += character.length;
  }
  return { folded, origins };
}
