/**
 * Where a link in running text ends. Korean attaches particles to the word before, so
 * "https://example.com을" links example.com and leaves 을 to the sentence. Pure.
 */

/** Longest link; what is longer stays plain text. */
const MAX_LINK_LENGTH = 2_048;
// White space, quotes, angle and CJK brackets, and full-width punctuation end a link.
const END = /[\s<>"'`|\\^{}‘-‟…\u3000-〟！（），．：；？［］～]/;
const CJK = /[\p{sc=Hangul}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;
const HOST = /^(?:https?:\/\/)?[^/?#]*/i;
const TRAILING = /[.,!?:;*~_]+$/;
// A particle behind ASCII; behind "=" it is more likely a value.
const PARTICLE =
  /(?<=[!-<>-~])(?:이?(?:라[고는]|랑|나|고|에요|야|네요)|으?로|에[서게]?|까지|부터|처럼|보다|하고|한테|입니다|예요|인데|[은는이가을를의와과도만께요등])[은는이가을를도만요]?$/;

/** The index after the link that starts at `from`. */
export function linkEnd(text: string, from: number): number {
  let end = from;
  let depth = 0;
  for (; end < text.length; end++) {
    const character = text[end] ?? "";
    if ("([".includes(character)) depth++;
    // A bracket that was opened before the link is closed after it.
    if (")]".includes(character) && --depth < 0) break;
    if (END.test(character)) break;
  }
  const run = cutMixedLabel(text.slice(from, end));
  const link = run.replace(TRAILING, "").replace(PARTICLE, "");
  return from + link.replace(TRAILING, "").length;
}

/** The address a written link leads to, or `undefined` when it is not a safe one. */
export function linkTarget(written: string): string | undefined {
  if (written.length > MAX_LINK_LENGTH) return undefined;
  const url = URL.parse(written.replace(/^www\./i, "https://$&"));
  // "https://bank.example@evil.example" shows one host and leads to another.
  return url && !url.username && !url.password ? url.href : undefined;
}

/** "example.com을보세요": no top-level label mixes Latin and CJK, so it ends between them. */
function cutMixedLabel(run: string): string {
  const host = HOST.exec(run)?.[0] ?? "";
  const label = host.lastIndexOf(".") + 1;
  const cut = host.slice(label).search(CJK);
  return cut > 0 ? host.slice(0, label + cut) : run;
}
