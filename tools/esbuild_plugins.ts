/** What esbuild does not do by itself. */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Takes the blanks and comments out of style sheets that are written in templates. */
export const smallStyles: Plugin = {
  name: "small-styles",
  setup({ onLoad }) {
    onLoad(
      { filter: /\/widget\/(extras\/)?styles_\w+\.ts$/ },
      async ({ path }) => {
        const code = await readFile(path, "utf8");
        const contents = code.replace(/`[^`]*`/g, shorten);
        return { contents, loader: "ts" };
      },
    );
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

/** Leaves the extras to a script of their own, at `url` as the widget's own script sees it. */
export function extrasAt(url: string): Plugin {
  return {
    name: "extras-at",
    setup({ onLoad }) {
      onLoad({ filter: /\/widget\/extras_source\.ts$/ }, () => ({
        contents: `export const fetchExtras = (attempt) =>
          import(${JSON.stringify(url)} + (attempt ? "?" + attempt : ""))`,
      }));
    },
  };
}

/** Leaves the extras to the package's own module, which bundlers find and load when asked. */
export const extrasOutside: Plugin = {
  name: "extras-outside",
  setup({ onResolve }) {
    onResolve({ filter: /\/extras\/mod\.ts$/ }, () => ({
      path: "./extras.js",
      external: true,
    }));
  },
};

/** Fails where the extras take in what the widget has already, instead of being given it. */
export const extrasAlone: Plugin = {
  name: "extras-alone",
  setup({ onLoad }) {
    onLoad({ filter: /\/widget\/\w+\.tsx?$/ }, ({ path }) => {
      if (path.endsWith("/widget/render.ts")) return undefined;
      const text = `Extras import "${path}", which the widget has: take it by kit`;
      return { errors: [{ text }] };
    });
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
