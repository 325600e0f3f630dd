/**
 * Nicknames: how they are cleaned (the Nickname profile of RFC 8266, and a ban on what
 * cannot be seen) and when two count as one (its comparison, and look-alikes of UTS 39). Pure.
 */
import { MAX_NICKNAME_BYTES, MAX_NICKNAME_LENGTH } from "./limits.ts";
import { LOOK_ALIKES } from "./look_alikes.ts";
import { utf8Length } from "./text.ts";

/** RFC 8266 leaves it to us how often a profile that is not idempotent is applied. */
const MAX_ROUNDS = 4;
/** Normalising costs more than it is worth for what can only be too long. */
const MAX_RAW_LENGTH = 1_024;
/** What no rule below touches, as most nicknames are: each look for graphemes costs an iterator. */
const PLAIN = /^[0-9A-Za-z가-힣][0-9A-Za-z가-힣_-]{0,31}$/;
// The braille blank is a symbol by category and a space to the eye.
const SPACES = /[\p{Z}\u2800]+/gu;
const INVISIBLE_OR_EMOJI =
  /(\p{RGI_Emoji})|[\p{Default_Ignorable_Code_Point}\p{Cf}]/gv;
// No language stacks five marks on a letter; who does draws over their neighbours.
const FORBIDDEN = /[\p{Cc}\p{Co}\p{Cn}]|\p{M}{5}/u;
const SPEAKABLE = /[\p{L}\p{N}\p{S}]/u;
const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });

const skeletonOf = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([target, drawnAlike]) =>
    [...drawnAlike].map((character) => [character, target] as const),
  ),
);

/** `raw` as it will be shown, or `undefined` when nothing acceptable is left of it. */
export function prepareNickname(raw: string): string | undefined {
  if (PLAIN.test(raw)) return raw;
  if (raw.length > MAX_RAW_LENGTH) return undefined;
  let nickname = raw.toWellFormed();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const prepared = applyProfile(nickname);
    if (prepared === nickname)
      return isAcceptable(nickname) ? nickname : undefined;
    nickname = prepared;
  }
  return undefined;
}

/**
 * What `nickname` is compared by: two nicknames are taken for one another when they
 * share a key. The first folds case (RFC 8266), the second look-alikes as well.
 */
export function nicknameKeys(
  nickname: string,
): readonly [folded: string, skeleton: string] {
  const skeleton = Array.from(
    nickname.normalize("NFD"),
    (character) => skeletonOf.get(character) ?? character,
  );
  return [
    nickname.toLowerCase(),
    // No nickname begins with a space, so no other key looks like this one.
    ` ${skeleton.join("").normalize("NFD").toLowerCase()}`,
  ];
}

/** The `number`-th variant of a taken nickname, cut so that it keeps the limits. */
export function numberedNickname(nickname: string, number: number): string {
  const suffix = `-${number}`;
  const graphemes = Array.from(
    segmenter.segment(nickname),
    ({ segment }) => segment,
  );
  let kept = graphemes.slice(0, MAX_NICKNAME_LENGTH - suffix.length);
  while (utf8Length(kept.join("")) + suffix.length > MAX_NICKNAME_BYTES)
    kept = kept.slice(0, -1);
  return kept.join("").trimEnd() + suffix;
}

function applyProfile(nickname: string): string {
  return nickname
    .normalize("NFKC")
    .replace(INVISIBLE_OR_EMOJI, (_, emoji?: string) => emoji ?? "")
    .replace(SPACES, " ")
    .trim();
}

function isAcceptable(nickname: string): boolean {
  return (
    SPEAKABLE.test(nickname) &&
    !FORBIDDEN.test(nickname) &&
    utf8Length(nickname) <= MAX_NICKNAME_BYTES &&
    Array.from(segmenter.segment(nickname)).length <= MAX_NICKNAME_LENGTH
  );
}
