/**
 * `npm run build`: makes what the server hands out besides the Worker itself. `public/`
 * gets the scripts that pages load, `dist/` what the npm package exports. Wrangler runs
 * this before `dev` and `deploy`, and again whenever something in `src/` changes.
 */
import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { bundle } from "./bundle.ts";
import { bundleTypes } from "./bundle_types.ts";
import {
  clientOutside,
  extrasAlone,
  extrasAt,
  extrasOutside,
} from "./esbuild_plugins.ts";
import { keepCopy } from "./keep_copy.ts";
import { CLIENT_NAMES, type Script, WIDGET_NAMES } from "./minify.ts";
import { DIST, PUBLIC } from "./places.ts";
import { writeIfChanged } from "./write_if_changed.ts";

// Its name is in the widget, so it comes first.
const extras = await bundle("widget/extras/mod.ts", { plugins: [extrasAlone] });
const extrasCopy = await keepCopy("extras", extras.text);
const [widget, client] = await Promise.all([
  bundle("widget/define.ts", {
    ...WIDGET_NAMES,
    plugins: [extrasAt(extrasCopy.url)],
  }),
  bundle("client/core.ts", CLIENT_NAMES),
  bundle("client/tools/mod.ts").then((script) => serve("client_tools", script)),
  page("project"),
  page("manage"),
  page("embed"),
  page("index"),
  page("first_paint", { format: "iife" }),
  bundle("client/mod.ts", CLIENT_NAMES).then((script) =>
    pack("client", script),
  ),
  packageModule("widget", "define.ts"),
  packageExtras(),
  packageModule("react", "mod.ts"),
  types("widget/mod.ts", [DIST, "widget"]),
  types("react/mod.ts", [DIST, "react"]),
  types("client/mod.ts", [DIST, "client"]),
  types("client/core.ts", [PUBLIC, "client"]),
  types("client/tools/mod.ts", [PUBLIC, "client_tools"]),
]);
await Promise.all([
  serve("widget", widget),
  serve("client", client),
  serve("extras", extras),
]);
const versions = {
  "widget.js": await keepCopy("widget", widget.text),
  "client.js": await keepCopy("client", client.text),
  "extras.js": extrasCopy,
};
await write([PUBLIC, "versions.json"], JSON.stringify(versions, undefined, 2));

/** A script of our own pages. */
async function page(name: string, options?: BuildOptions): Promise<void> {
  const { text } = await bundle(`page/${name}.ts`, options);
  await write([PUBLIC, `${name}.js`], text);
}

/** A script that others load by URL; a header of the server names its map. */
async function serve(name: string, { text, map }: Script): Promise<void> {
  await write([PUBLIC, `${name}.js`], text);
  await write([PUBLIC, `${name}.js.map`], map);
}

/** A module of the package. */
async function pack(name: string, { text, map }: Script): Promise<void> {
  const link = `\n//# sourceMappingURL=${name}.js.map\n`;
  await write([DIST, `${name}.js`], text + link);
  await write([DIST, `${name}.js.map`], map);
}

/** A module of the package that shares the package's client with the others. */
async function packageModule(folder: string, entry: string): Promise<void> {
  const script = await bundle(`${folder}/${entry}`, {
    external: ["react"],
    plugins: [clientOutside, extrasOutside],
  });
  await pack(folder, script);
}

async function packageExtras(): Promise<void> {
  const plugins = [clientOutside, extrasAlone];
  await pack("extras", await bundle("widget/extras/mod.ts", { plugins }));
}

/** The types of a door, in one file. */
async function types(
  door: string,
  [folder, name]: [folder: string, name: string],
): Promise<void> {
  const text = await bundleTypes(door);
  await write([folder, `${name}.d.ts`], text);
}

function write(path: string[], text: string): Promise<void> {
  return writeIfChanged(join(...path), text);
}
