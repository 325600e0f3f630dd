/** Who is meant in a text: `@` and a nickname, also with a Korean particle behind it. Pure. */

/** Somebody who can be meant. */
export interface Person {
  readonly id: string;
  readonly nickname: string;
}

/** A piece of a text: as it is, or one that means somebody. */
export type Piece = string | { readonly text: string; readonly id: string };

/** The most who can be meant in one message. */
const MAX_MENTIONS = 20;

/** `text` in pieces; where two nicknames begin alike the longer one is meant. */
export function splitMentions(
  text: string,
  people: readonly Person[],
): Piece[] {
  const byLength = [...people].sort(
    (one, other) => other.nickname.length - one.nickname.length,
  );
  const pieces: Piece[] = [];
  let begin = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    // An address is no mention.
    if (/\w/.test(text[at - 1] ?? "")) continue;
    const found = byLength.find(({ nickname }) =>
      text.startsWith(nickname, at + 1),
    );
    if (!found) continue;
    const end = at + 1 + found.nickname.length;
    // "@Bo" is not in "@Bob", but "@영희" is in "@영희님".
    if (/\w/.test(text[end - 1] ?? "") && /\w/.test(text[end] ?? "")) continue;
    if (at > begin) pieces.push(text.slice(begin, at));
    pieces.push({ text: text.slice(at, end), id: found.id });
    begin = end;
    at = end - 1;
  }
  if (begin < text.length) pieces.push(text.slice(begin));
  return pieces;
}

/** Ids of those who are meant in `text`, each once. */
export function mentionsIn(text: string, people: readonly Person[]): string[] {
  const ids = splitMentions(text, people).flatMap((piece) =>
    typeof piece === "string" ? [] : [piece.id],
  );
  return [...new Set(ids)].slice(0, MAX_MENTIONS);
}
