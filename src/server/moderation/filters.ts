/** Which texts a project does not want: words that its owner blocks, and links. Pure. */
import { ROLES, type Role } from "../../protocol/mod.ts";

/** What an owner may set. */
export interface Filters {
  /** A text that has one of them, however it is written, is refused. */
  readonly blockedWords: readonly string[];
  /** Who may post links. */
  readonly links: "everyone" | "members" | "nobody";
}

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Signs inside a word: `b.a.d`; a space is none. */
const SIGNS = /[\p{P}\p{S}]+/gu;
/** Letters one by one: `b a d`. Words of more letters are left apart, so that "다시 발표" is fine. */
const SPELLED = /(?<![^ ])[^ ](?: [^ ](?![^ ]))+/gu;
const MARKS = /\p{M}+/gu;

const SCHEME = /\b[a-z][a-z0-9+-]*:\/\/[^\s/]/;
/** `www.` and whatever ends like the domains that are advertised. */
const DOMAIN =
  /(?<![\p{L}\p{N}@.-])(?:www\.[\p{L}\p{N}-]{2,}|(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:com|net|org|info|biz|io|co|kr|jp|cn|ru|uk|de|us|gg|me|ly|tv|xyz|shop|site|store|online|club|live|top|app|dev|link|한국|xn--[a-z0-9-]+)(?![\p{L}\p{N}-]))/u;

/** Whether `text` of somebody with `role` is one that the filters let pass. */
export function passes(
  text: string,
  options: { filters: Filters; role: Role },
): boolean {
  const { filters, role } = options;
  return (
    !hasBlockedWord(text, filters.blockedWords) &&
    (mayLink(role, filters.links) || !hasLink(text))
  );
}

/**
 * Whether `text` has one of `words`: case, width, invisible characters, signs and
 * spaces between single letters make no difference.
 */
export function hasBlockedWord(
  text: string,
  words: readonly string[],
): boolean {
  if (words.length === 0) return false;
  const plain = fold(text);
  const spellings = [plain, spell(plain)];
  return formsOf(words).some((form) =>
    spellings.some((spelling) => spelling.includes(form)),
  );
}

/** Forms of each list of words: folding 500 of them takes longer than all else that a message needs. */
const forms = new WeakMap<readonly string[], readonly string[]>();

function formsOf(words: readonly string[]): readonly string[] {
  const known = forms.get(words);
  if (known) return known;
  const folded = words.map(fold);
  const all = new Set([...folded, ...folded.map(spell)]);
  // A word of signs alone has nothing left to be spelled with.
  all.delete("");
  const made = [...all];
  forms.set(words, made);
  return made;
}

/** Whether `text` has something that a reader would follow. */
export function hasLink(text: string): boolean {
  // Browsers take the ideographic full stop for a dot in a domain.
  const plain = fold(text).replace(/[。。]/g, ".");
  return SCHEME.test(plain) || DOMAIN.test(plain);
}

function mayLink(role: Role, links: Filters["links"]): boolean {
  if (links === "everyone") return true;
  return links === "members" && ROLES.indexOf(role) <= ROLES.indexOf("member");
}

function fold(text: string): string {
  return text
    .replace(INVISIBLE, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** Without the signs and the spaces that tear a word apart. */
function spell(folded: string): string {
  return folded
    .normalize("NFKD")
    .replace(MARKS, "")
    .normalize("NFC")
    .replace(SIGNS, "")
    .replace(SPELLED, (letters) => letters.replaceAll(" ", ""));
}
