/** Makes a bundled script small, with a map that leads back to the source. */
import type { OutputFile } from "esbuild";
import { minify as shorten } from "rolldown/utils";

/**
 * Properties that never leave the client: no embedder, no wire and no storage sees them, so
 * they may be called anything. The client's suite runs against what is built.
 */
const INTERNAL = [
  "accept",
  "act",
  "admit",
  "answer",
  "attempt",
  "confirm",
  "delay",
  "dial",
  "drop",
  "emit",
  "firm",
  "onRenewed",
  "locate",
  "obtain",
  "onChange",
  "onDrop",
  "onFrame",
  "onPing",
  "onStatus",
  "onStuck",
  "post",
  "protocols",
  "refuse",
  "renew",
  "settle",
  "shown",
];

/** Those of them that the widget calls nothing of its own, which its extras would need. */
const UNMISTAKABLE =
  /^(on[A-Z]\w+|admit|delay|dial|firm|locate|obtain|post|protocols|renew|settle)$/;

/** Options of esbuild for the headless client. */
export const CLIENT_NAMES = {
  mangleProps: new RegExp(`^(${INTERNAL.join("|")})$`),
};
/** Options of esbuild for the widget, which has the client in it. */
export const WIDGET_NAMES = {
  mangleProps: new RegExp(
    `^(${INTERNAL.filter((name) => UNMISTAKABLE.test(name)).join("|")})$`,
  ),
};

/** A script and its source map. */
export interface Script {
  readonly text: string;
  readonly map: string;
}

/** The script among `files`, which esbuild made together with its map. */
export async function minify(
  files: readonly OutputFile[] = [],
): Promise<Script> {
  const read = (end: string) =>
    files.find(({ path }) => path.endsWith(end))?.text ?? "";
  const { code, map, errors } = await shorten("script.js", read(".js"), {
    module: true,
    inputMap: JSON.parse(read(".map")),
    sourcemap: true,
  });
  if (errors.length > 0)
    throw new Error(`Cannot minify: ${errors[0]?.message}`);
  return { text: code, map: JSON.stringify(map) };
}
