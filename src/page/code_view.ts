/** HTML in colours, as text nodes. */
import { create } from "./dom.ts";

const TOKENS =
  /(?<tag><\/?[\w-]+|>)|(?<name>[\w-]+)(?==")|(?<value>"[^"]*")|(?<plain>[^<>"\w]+|[\w-]+|.)/gs;

/** Shows `code` in `target`. */
export function showCode(target: Element, code: string): void {
  target.replaceChildren(
    ...Array.from(code.matchAll(TOKENS), ({ 0: text, groups = {} }) => {
      const kind = ["tag", "name", "value"].find((name) => groups[name]);
      return kind
        ? create("span", { className: kind, children: [text] })
        : text;
    }),
  );
}
