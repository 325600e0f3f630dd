/** Which words the widget uses, and how numbers and names get into them. Pure. */
import { EN, type Strings } from "./strings_en.ts";
import { KO } from "./strings_ko.ts";

export type { Strings } from "./strings_en.ts";

/** Error codes that say the same to the reader as another one. */
const SAME_AS: Readonly<Record<string, keyof Strings>> = {
  token_expired: "unauthorized",
  no_token: "unauthorized",
  banned: "forbidden",
  storage_full: "room_full",
};

/** The table for a language tag: Korean for `ko-*`, English for all others. */
export function stringsFor(
  lang: string,
  overrides: Partial<Strings> = {},
): Strings {
  return { ...(/^ko\b/i.test(lang) ? KO : EN), ...overrides };
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

/** The sentence for a refusal, by its code; `fallback` where there is none. */
export function errorText(
  strings: Strings,
  { code = "", fallback }: { code: string | undefined; fallback: string },
): string {
  const texts: Readonly<Record<string, string>> = strings;
  return texts[SAME_AS[code] ?? code] ?? fallback;
}
