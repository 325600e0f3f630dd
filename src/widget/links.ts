/**
 * Where a link in running text ends. Korean attaches particles to the word before, so
 * "https://example.com을" links example.com and leaves 을 to the sentence. Pure.
 */

/** Longest link; what is longer stays plain text. */
const MAX_LINK_LENGTH = 2_048;
// White space, quotes, angle and CJK brackets, and full-width punctuation end a link.
const END = "\\s<>\"'`|\\\\^{}‘-‟…\\u3000-〟！（），．：；？［］～";
/** A link and what is written right behind it; a bracket it did not open is not its own. */
export const RUN = `(?<![a-z0-9])(?:https?://|www\\.)(?:[^${END}()[\\]]|\\([^${END}()]*\\)|\\[[^${END}[\\]]*])+`;
const CJK = "[ㄱ-ㆎ가-힣぀-ヿ㐀-鿿]";
// "example.com을보세요": no top-level label mixes Latin and CJK, so it ends between them.
const MIXED_LABEL = new RegExp(
  `^((?:https?://)?(?:[^/?#]*\\.)?[a-z0-9:-]+)${CJK}[^./?#]*(?:[/?#].*)?$`,
  "i",
);
const TRAILING = /[.,!?:;*~_]+$/;
// A particle behind ASCII; behind "=" it is more likely a value.
const PARTICLE =
  /(?<=[!-<>-~])(?:이?(?:라[고는서]|랑|나|고|에요|야|네요)|으?로|에[서게]?|까지|부터|처럼|보다|하고|한테|님|입니다|예요|인데|[은는이가을를의와과도만께요등])[은는이가을를도만요]?$/;

/** The link of `run`, without what belongs to the sentence. */
export function trimLink(run: string): string {
  return run
    .slice(0, MAX_LINK_LENGTH + 1)
    .replace(MIXED_LABEL, "$1")
    .replace(TRAILING, "")
    .replace(PARTICLE, "")
    .replace(TRAILING, "");
}

/** The address a written link leads to, or `undefined` when it is not a safe one. */
export function linkTarget(written: string): string | undefined {
  if (written.length > MAX_LINK_LENGTH) return undefined;
  const url = URL.parse(written.replace(/^www\./i, "https://$&"));
  // "https://bank.example@evil.example" shows one host and leads to another.
  return url && !url.username && !url.password ? url.href : undefined;
}
