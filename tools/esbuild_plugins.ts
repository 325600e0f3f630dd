/** What esbuild does not do by itself. */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Takes the blanks and comments out of style sheets that are written in templates. */
export const smallStyles: Plugin = {
  name: "small-styles",
  setup({ onLoad }) {
    onLoad({ filter: /\/widget\/styles_\w+\.ts$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      const contents = code.replace(/`[^`]*`/g, shorten);
      return { contents, loader: "ts" };
    });
  },
};

/** Leaves the client to the package's own module, so that a page has it once. */
export const clientOutside: Plugin = {
  name: "client-outside",
  setup({ onResolve }) {
    onResolve({ filter: /\/client\/mod\.ts$/ }, () => ({
      path: "./client.js",
      external: true,
    }));
  },
};

/** Blanks around `+` and `-` stay: `calc()` needs them. */
function shorten(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>]) ?/g, "$1")
    .replace(/: /g, ":")
    .replace(/;}/g, "}")
    .replace(/` | `/g, "`");
}
