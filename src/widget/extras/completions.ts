/** What the text before the caret may be completed to. Pure. */

/** The beginning of a nickname or of an emoji's name. */
export interface Trigger {
  readonly sign: "@" | ":";
  readonly query: string;
  /** Where its sign stands. */
  readonly from: number;
}

// A word before it makes it an address, or the time of day.
const TRIGGER = /(?<!\w)(?:@([^@\n]{0,32})|:([a-z0-9_+-]{2,20}))$/i;

/** What is begun right before `caret`, if anything is. */
export function findTrigger(text: string, caret: number): Trigger | undefined {
  const match = TRIGGER.exec(text.slice(0, caret));
  if (!match) return undefined;
  const [, nickname, name = ""] = match;
  return nickname === undefined
    ? { sign: ":", query: name.toLowerCase(), from: match.index }
    : { sign: "@", query: nickname, from: match.index };
}

/** Whether `text` begins with `query`, also while its last syllable is being composed. */
export function beginsWith(text: string, query: string): boolean {
  return fold(text).startsWith(fold(query));
}

/** Without case, and in single letters: "ㅎ" is how "희" begins. */
function fold(text: string): string {
  return text.normalize("NFKD").toLowerCase();
}
