/** The code in docs/embedding.md, to be run as it stands there. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PATH = fileURLToPath(
  new URL("../../../docs/embedding.md", import.meta.url),
);
const HEADING_OR_FENCE = /^## (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm;

/** One piece of code. */
export interface Snippet {
  /** Heading above it. */
  readonly heading: string;
  readonly language: string;
  readonly code: string;
}

export const DOCUMENT = readFileSync(PATH, "utf8");

/** All of them, in order. */
export const SNIPPETS: readonly Snippet[] = readSnippets();

/** The snippets below `heading`, for `project` on the server at `url`. Throws if there is none. */
export function codeUnder(
  heading: string,
  { url, project = "42" }: { readonly url: string; readonly project?: string },
): string[] {
  const found = SNIPPETS.filter((snippet) => snippet.heading === heading);
  if (found.length === 0) throw new Error(`No code under "${heading}"`);
  return found.map(({ code }) =>
    code
      .replaceAll('"42"', `"${project}"`)
      .replaceAll("https://chat.example", url)
      .replaceAll("wss://chat.example", url.replace("http", "ws")),
  );
}

function readSnippets(): Snippet[] {
  const snippets: Snippet[] = [];
  let heading = "";
  for (const [, title, language, code] of DOCUMENT.matchAll(HEADING_OR_FENCE)) {
    if (title) heading = title;
    else if (language && code) snippets.push({ heading, language, code });
  }
  return snippets;
}
