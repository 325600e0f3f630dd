/**
 * `npm run build`: makes what the server hands out besides the Worker itself. `public/`
 * gets the scripts that pages load, `dist/` what the npm package exports. Wrangler runs
 * this before `dev` and `deploy`, and again whenever something in `src/` changes.
 */
import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build } from "esbuild";
import { bundleTypes } from "./bundle_types.ts";
import { clientOutside, smallStyles } from "./esbuild_plugins.ts";
import { DIST, PUBLIC, SOURCE } from "./places.ts";
import { writeIfChanged } from "./write_if_changed.ts";

const OPTIONS: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  target: "es2022",
  // Korean as it is: escapes would make it three times as long.
  charset: "utf8",
  jsx: "automatic",
  jsxImportSource: "#widget",
  legalComments: "none",
};
/** Hashed copies kept of each script, so that pages that name an older one still work. */
const KEPT_COPIES = 20;

const [widget, client] = await Promise.all([
  bundle("widget/define.ts"),
  bundle("client/mod.ts"),
  page("project"),
  page("embed"),
  page("index"),
  page("first_paint", { format: "iife" }),
  packageModule("widget", "define.ts"),
  packageModule("react", "mod.ts"),
  bundleTypes("widget").then((text) => write(DIST, "widget.d.ts", text)),
  bundleTypes("react").then((text) => write(DIST, "react.d.ts", text)),
  bundleTypes("client").then((text) =>
    Promise.all([
      write(DIST, "client.d.ts", text),
      write(PUBLIC, "client.d.ts", text),
    ]),
  ),
]);
await Promise.all([
  write(PUBLIC, "widget.js", widget),
  write(PUBLIC, "client.js", client),
  write(DIST, "client.js", client),
]);
const versions = {
  "widget.js": await keepCopy("widget", widget),
  "client.js": await keepCopy("client", client),
};
await write(PUBLIC, "versions.json", JSON.stringify(versions, undefined, 2));

/** One self-contained script of `src/`. */
async function bundle(entry: string, options?: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...OPTIONS,
    plugins: [smallStyles],
    ...options,
    entryPoints: [join(SOURCE, entry)],
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** A script of our own pages. */
async function page(name: string, options?: BuildOptions): Promise<void> {
  const text = await bundle(`page/${name}.ts`, options);
  await write(PUBLIC, `${name}.js`, text);
}

/** A module of the package; all of them share one client. */
async function packageModule(folder: string, entry: string): Promise<void> {
  const text = await bundle(`${folder}/${entry}`, {
    external: ["react"],
    plugins: [clientOutside, smallStyles],
  });
  await write(DIST, `${folder}.js`, text);
}

function write(folder: string, name: string, text: string): Promise<void> {
  return writeIfChanged(join(folder, name), text);
}

/** Writes a copy that never changes, named by what is in it. */
async function keepCopy(name: string, text: string) {
  const digest = createHash("sha384").update(text).digest();
  const file = `${name}.${digest.toString("hex").slice(0, 12)}.js`;
  const folder = join(PUBLIC, "v");
  await write(folder, file, text);
  const copies = (await readdir(folder)).filter((other) =>
    other.startsWith(`${name}.`),
  );
  const dated = await Promise.all(
    copies.map(async (copy) => {
      const path = join(folder, copy);
      return { path, at: (await stat(path)).mtimeMs };
    }),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT_COPIES);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
  return {
    url: `/v/${file}`,
    integrity: `sha384-${digest.toString("base64")}`,
    /** Bytes that travel. */
    gzipped: gzipSync(text, { level: 9 }).length,
  };
}
