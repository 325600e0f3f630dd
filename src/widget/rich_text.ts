/** Turns the text of a message into tokens; nothing here knows of HTML. Pure. */
import { linkTarget, RUN, trimLink } from "./links.ts";

/** A piece of a message's text: as it is, or as an element of this name. */
export type Token =
  | string
  | {
      readonly tag: (typeof MARKS)[Sign] | "a" | "blockquote" | "code" | "pre";
      readonly href?: string;
      readonly tokens: readonly Token[];
    };

type Sign = keyof typeof MARKS;

/** A mark whose end was not seen yet. */
interface OpenMark {
  readonly sign: Sign;
  /** Where what it marks begins. */
  readonly from: number;
  /** What stands before it. */
  readonly outer: Token[];
}

/** Marks inside marks beyond this depth stay as typed. */
const MAX_DEPTH = 6;
const MARKS = { "**": "strong", "~~": "s", "*": "em" } as const;
const BLOCK = /```(?:[\w+-]*\n)?([\s\S]*?)\n?```|\n?^> (.*)\n?/m;
const LEXEME = new RegExp(`\`([^\`]+)\`|(\\*\\*?|~~)|${RUN}`, "gi");

/** The tokens of `text`, in order. */
export function tokenize(text: string): Token[] {
  // split() puts what the parentheses caught, code and quote, between the texts.
  return text.split(BLOCK).flatMap((part = "", index): Token[] => {
    if (!part) return [];
    if (index % 3 === 1)
      return [{ tag: "pre", tokens: [{ tag: "code", tokens: [part] }] }];
    const tokens = tokenizeInline(part);
    return index % 3 === 2 ? [{ tag: "blockquote", tokens }] : tokens;
  });
}

function tokenizeInline(text: string): Token[] {
  const marks: OpenMark[] = [];
  let tokens: Token[] = [];
  /** Ends the innermost mark; one that was never closed is taken for what it is: text. */
  const leave = (tag?: (typeof MARKS)[Sign]) => {
    const mark = marks.pop();
    if (!mark) return;
    const inner = tag ? [{ tag, tokens }] : [mark.sign, ...tokens];
    tokens = mark.outer;
    // One by one: a copy of all that stands before each mark would be work without end.
    for (const token of inner) tokens.push(token);
  };

  const lexeme = new RegExp(LEXEME);
  let end = 0;
  for (;;) {
    const match = lexeme.exec(text);
    if (match?.index !== end) tokens.push(text.slice(end, match?.index));
    if (!match) break;
    const [whole, code] = match;
    // LEXEME lets no other sign through.
    const sign = match[2] as Sign | undefined;
    end = lexeme.lastIndex;
    if (code) {
      tokens.push({ tag: "code", tokens: [code] });
    } else if (sign) {
      const before = text[match.index - 1];
      const after = text[end];
      const depth = marks.findLastIndex((mark) => mark.sign === sign);
      const canClose = canStand(sign, before, after);
      if (canClose && (marks[depth]?.from ?? end) < match.index) {
        while (marks.length > depth + 1) leave();
        leave(MARKS[sign]);
      } else if (canStand(sign, after, before) && marks.length < MAX_DEPTH) {
        marks.push({ sign, from: end, outer: tokens });
        tokens = [];
      } else {
        tokens.push(sign);
      }
    } else {
      const link = trimLink(whole);
      const href = linkTarget(link);
      tokens.push(href ? { tag: "a", href, tokens: [link] } : link);
      end = lexeme.lastIndex = match.index + link.length;
    }
  }
  while (marks.length > 0) leave();
  return tokens;
}

/**
 * Whether `sign` can stand between what it marks and what is outside. "2*3*4" is
 * arithmetic, but a Korean word may touch the sign on either side.
 */
function canStand(sign: Sign, inside = "", outside = ""): boolean {
  return /\S/.test(inside) && !(sign === "*" && /\w/.test(outside));
}
