/** One self-contained script of `src/`, small, and the map that leads back. */
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { smallStyles } from "./esbuild_plugins.ts";
import { minify, type Script } from "./minify.ts";
import { SOURCE } from "./places.ts";

const OPTIONS: BuildOptions = {
  bundle: true,
  minify: true,
  sourcemap: "external",
  format: "esm",
  target: "es2022",
  // Korean as it is: escapes would make it three times as long.
  charset: "utf8",
  jsx: "automatic",
  jsxImportSource: "#widget",
  legalComments: "none",
};

/** Bundles `src/<entry>`; `options` go to esbuild. */
export async function bundle(
  entry: string,
  { plugins = [], ...options }: BuildOptions = {},
): Promise<Script> {
  const { outputFiles } = await build({
    ...OPTIONS,
    ...options,
    plugins: [smallStyles, ...plugins],
    entryPoints: [join(SOURCE, entry)],
    outfile: "script.js",
    write: false,
  });
  return minify(outputFiles);
}
