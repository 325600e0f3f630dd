/**
 * `npm run sizes`: what a reader's browser has to load, as it travels. Fails when something
 * has outgrown its limit, so that weight is a decision and not an accident.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { PUBLIC, ROOT } from "./places.ts";

/** Something that is loaded together. */
interface Load {
  readonly name: string;
  readonly files: readonly string[];
  /** Most bytes after gzip. */
  readonly limit: number;
}

/** How far the numbers in the docs may be off. */
const STALE = 0.03;
const DOCUMENT = join(ROOT, "docs", "embedding.md");
const SHARED = ["base.css", "controls.css", "first_paint.js", "favicon.svg"];
const LOADS: readonly Load[] = [
  { name: "widget.js", files: ["widget.js"], limit: 18_000 },
  { name: "extras.js", files: ["extras.js"], limit: 25_500 },
  { name: "client.js", files: ["client.js"], limit: 4_000 },
  { name: "client_tools.js", files: ["client_tools.js"], limit: 4_000 },
  {
    name: "page /project/:id",
    files: [
      "project.html",
      "project.js",
      "project.css",
      "share.css",
      ...SHARED,
    ],
    limit: 15_000,
  },
  {
    name: "panel of owners",
    files: ["manage.js", "manage.css"],
    limit: 10_000,
  },
  {
    name: "page /",
    files: ["index.html", "index.js", "index.css", "weight.css", ...SHARED],
    limit: 14_000,
  },
  {
    name: "page ?embed=1",
    files: ["embed.html", "embed.js", "project.css", ...SHARED],
    limit: 7_000,
  },
];

const rows = await Promise.all(LOADS.map(measure));
const table = [
  ["loaded", "minified", "gzip", "brotli", "limit", ""],
  ...rows.map(({ name, limit, bytes, gzip, brotli }) => [
    name,
    ...[bytes, gzip, brotli, limit].map((size) => size.toLocaleString("en")),
    gzip > limit ? `${gzip - limit} too many` : "ok",
  ]),
];
for (const [name = "", ...cells] of table)
  console.log(name.padEnd(18), ...cells.map((cell) => cell.padStart(9)));
if (rows.some(({ gzip, limit }) => gzip > limit)) process.exitCode = 1;
for (const { name, gzip } of rows) {
  const told = await sizeInDocument(name);
  if (told === undefined || Math.abs(told - gzip) <= gzip * STALE) continue;
  console.log(`docs/embedding.md says ${told} for ${name}`);
  process.exitCode = 1;
}

/** What the table in the docs says of `name`. */
async function sizeInDocument(name: string): Promise<number | undefined> {
  const text = await readFile(DOCUMENT, "utf8");
  const row = text
    .split("\n")
    .find((line) => line.startsWith("|") && line.includes(`\`/${name}\``));
  const size = row && /\| \*\*([\d,]+)\*\*/.exec(row)?.[1];
  return size ? Number(size.replaceAll(",", "")) : undefined;
}

async function measure({ name, files, limit }: Load) {
  const contents = await Promise.all(
    files.map((file) => readFile(join(PUBLIC, file))),
  );
  const sum = (size: (content: Buffer) => number) =>
    contents.reduce((total, content) => total + size(content), 0);
  return {
    name,
    limit,
    bytes: sum((content) => content.length),
    gzip: sum((content) => gzipSync(content, { level: 9 }).length),
    brotli: sum((content) => brotliCompressSync(content).length),
  };
}
