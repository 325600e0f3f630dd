/** Which words the widget uses, and how numbers and names get into them. */
import type { EXTRA_WORDS } from "./extras/words.ts";
import { WORDS } from "./words.ts";

/** The words, by what they are for; those of the extras are there once these are loaded. */
export type Strings = {
  readonly [Key in keyof typeof WORDS | keyof typeof EXTRA_WORDS]: string;
};

/** Every word there is by now. */
let known: Readonly<
  Record<string, readonly [english: string, korean: string]>
> = WORDS;

/** Adds the words of the extras. */
export function addWords(words: typeof known): void {
  known = { ...known, ...words };
}

/** Error codes that say the same to the reader as another one. */
const SAME_AS: Readonly<Record<string, keyof Strings>> = {
  token_expired: "unauthorized",
  no_token: "unauthorized",
  storage_full: "room_full",
};

/** The words for a language tag: Korean for `ko-*`, English for all others. */
export function stringsFor(
  lang: string,
  overrides: Partial<Strings> = {},
): Strings {
  const column = /^ko\b/i.test(lang) ? 1 : 0;
  const words = Object.entries(known).map(([key, pair]) => [key, pair[column]]);
  return { ...(Object.fromEntries(words) as Strings), ...overrides };
}

/**
 * `template` with `{key}` replaced by its value. In "one|other" the part before the bar
 * is for exactly one.
 */
export function fill(
  template: string,
  values: Readonly<Record<string, string | number>>,
): string {
  const [one = "", other = one] = template.split("|");
  return (values["n"] === 1 ? one : other).replace(
    /\{(\w+)\}/g,
    (whole, key) => (Object.hasOwn(values, key) ? String(values[key]) : whole),
  );
}

/** The sentence for a refusal of something that was asked, by its code, if there is one. */
export function errorText(
  strings: Strings,
  code: string = "",
): string | undefined {
  // Says that the chat itself does not exist.
  if (code === "bad_request") return undefined;
  const texts: Readonly<Record<string, string>> = strings;
  return texts[SAME_AS[code] ?? code];
}
