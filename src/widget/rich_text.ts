/** Turns the text of a message into tokens; nothing here knows of HTML. Pure. */
import { linkEnd, linkTarget } from "./links.ts";

/** A piece of a message's text. */
export type Token =
  | { readonly type: "text" | "code" | "block"; readonly text: string }
  | { readonly type: "link"; readonly text: string; readonly href: string }
  | {
      readonly type: "bold" | "italic" | "strike" | "quote";
      readonly tokens: readonly Token[];
    };

/** Counts the characters and tokens touched, so that a test can bound the work. */
export interface Work {
  steps: number;
}

/** A mark whose end was not seen yet, and what stands behind it. */
interface OpenMark {
  readonly sign: string;
  readonly tokens: Token[];
}

/** Marks inside marks beyond this depth stay as typed. */
const MAX_DEPTH = 6;
const MARKS = { "**": "bold", "~~": "strike", "*": "italic" } as const;
const FENCED = /```(?:[\w+-]*\n)?([\s\S]*?)\n?```/;
const LEXEME =
  /`([^`]+)`|(\*\*?|~~)|(?<![a-z0-9])(?:https?:\/\/|www\.)(?=\S)/gi;

/** The tokens of `text`, in order. */
export function tokenize(text: string, work: Work = { steps: 0 }): Token[] {
  const tokens: Token[] = [];
  // split() puts what the parentheses caught, the code, at the odd places.
  text.split(FENCED).forEach((part, index) => {
    work.steps += part.length;
    if (index % 2 > 0) tokens.push({ type: "block", text: part });
    else if (part) tokenizeLines(part, { tokens, work });
  });
  return tokens;
}

function tokenizeLines(
  text: string,
  { tokens, work }: { tokens: Token[]; work: Work },
): void {
  text.split("\n").forEach((line, index) => {
    if (line.startsWith("> ")) {
      const quoted = tokenizeLine(line.slice(2), work);
      tokens.push({ type: "quote", tokens: quoted });
    } else {
      // A quote is a block and ends its line by itself.
      if (index > 0 && tokens.at(-1)?.type !== "quote") addText(tokens, "\n");
      for (const token of tokenizeLine(line, work)) add(tokens, token);
    }
  });
}

function tokenizeLine(line: string, work: Work): Token[] {
  const root: Token[] = [];
  const marks: OpenMark[] = [];
  let tokens = root;
  let end = 0;
  const leave = () => {
    const mark = marks.pop();
    tokens = marks.at(-1)?.tokens ?? root;
    return mark;
  };
  /** Takes marks that were never closed for what they are: text. */
  const giveUp = (depth: number) => {
    while (marks.length > depth) {
      const mark = leave();
      addText(tokens, mark?.sign ?? "");
      for (const token of mark?.tokens ?? []) add(tokens, token);
      work.steps += mark?.tokens.length ?? 0;
    }
  };

  const lexeme = new RegExp(LEXEME);
  for (;;) {
    lexeme.lastIndex = end;
    const match = lexeme.exec(line);
    work.steps += 1 + (match?.index ?? line.length) - end;
    addText(tokens, line.slice(end, match?.index));
    if (!match) break;
    const [whole, code, sign] = match;
    end = match.index + whole.length;
    if (code) {
      add(tokens, { type: "code", text: code });
    } else if (sign) {
      const { canOpen, canClose } = flanks(sign, {
        before: line[match.index - 1] ?? " ",
        after: line[end] ?? " ",
      });
      const depth = marks.findLastIndex((mark) => mark.sign === sign);
      if (canClose && marks[depth]?.tokens.length) {
        giveUp(depth + 1);
        const inner = leave()?.tokens ?? [];
        // LEXEME lets no other sign through.
        const type = MARKS[sign as keyof typeof MARKS];
        add(tokens, { type, tokens: inner });
      } else if (canOpen && marks.length < MAX_DEPTH) {
        tokens = [];
        marks.push({ sign, tokens });
      } else {
        addText(tokens, sign);
      }
    } else {
      end = linkEnd(line, match.index);
      work.steps += end - match.index;
      const text = line.slice(match.index, end);
      const href = linkTarget(text);
      add(tokens, href ? { type: "link", text, href } : { type: "text", text });
    }
  }
  giveUp(0);
  return root;
}

/** Whether a sign can begin and end its mark, by the characters around it. */
function flanks(
  sign: string,
  { before, after }: { before: string; after: string },
): { canOpen: boolean; canClose: boolean } {
  // "2*3*4" is arithmetic; a Korean word may touch the sign on either side.
  const isWord = (character: string) =>
    sign === "*" && /[a-z0-9]/i.test(character);
  return {
    canOpen: /\S/.test(after) && !isWord(before),
    canClose: /\S/.test(before) && !isWord(after),
  };
}

function add(tokens: Token[], token: Token): void {
  if (token.type === "text") addText(tokens, token.text);
  else tokens.push(token);
}

function addText(tokens: Token[], text: string): void {
  const last = tokens.at(-1);
  if (!text) return;
  if (last?.type === "text")
    tokens[tokens.length - 1] = { type: "text", text: last.text + text };
  else tokens.push({ type: "text", text });
}
