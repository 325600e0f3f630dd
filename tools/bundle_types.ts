/**
 * Joins the declarations of one folder of `src/` into one file that needs no other, as
 * Deno wants it behind `X-TypeScript-Types` and as a package should have it.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SOURCE } from "./places.ts";

const run = promisify(execFile);
const TSC = fileURLToPath(
  new URL("../bin/tsc", import.meta.resolve("typescript")),
);
const IMPORT = /^import (?:type )?(.+?) from "(.+?)";\n?/gms;
const REEXPORT = /^export (type )?(\*|\{.+?\}) from "(.+?)";\n?/gms;
const DECLARED =
  /^(export )?(?:declare )?(?:abstract )?(class|const|function|interface|type) (\w+)/gm;

/** One file of declarations. */
interface Module {
  readonly path: string;
  /** Its declarations, without imports and exports. */
  readonly body: string;
  /** Names that other files may use, and whether they exist when the code runs. */
  readonly exported: ReadonlyMap<string, "value" | "type">;
  readonly imports: readonly Names[];
  readonly reexports: readonly Names[];
}

interface Names {
  /** `*`, or a list in braces. */
  readonly names: string;
  readonly isTypeOnly: boolean;
  readonly from: string;
}

/** The public types of the door `src/<door>`, such as `client/mod.ts`. */
export async function bundleTypes(door: string): Promise<string> {
  const folder = door.slice(0, door.indexOf("/"));
  const out = await mkdtemp(join(tmpdir(), "project-chat-types-"));
  try {
    // A type error is for `npm run types` to tell; until then the page still runs.
    await run(process.execPath, [
      TSC,
      ...["-p", join(SOURCE, folder), "--outDir", out, "--rootDir", SOURCE],
      ...["--noEmit", "false", "--declaration", "--emitDeclarationOnly"],
    ]).catch(() => {});
    return await joinDeclarations(out, door.replace(/ts$/, "d.ts"));
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

async function joinDeclarations(out: string, file: string): Promise<string> {
  const modules = new Map<string, Module>();
  const outside = new Map<string, Set<string>>();
  async function add(path: string): Promise<void> {
    if (modules.has(path)) return;
    const module = parse(path, await readFile(path, "utf8"));
    modules.set(path, module);
    for (const { names, from } of [...module.imports, ...module.reexports]) {
      const target = outsideOf(from, file);
      if (target === undefined) await add(declarationsOf(path, from));
      else outside.set(target, (outside.get(target) ?? new Set()).add(names));
    }
  }
  const door = join(out, file);
  await add(door);
  return print({ modules, outside, door });
}

/** Where `from` leads if not into this file: to a package, or to the client beside it. */
function outsideOf(from: string, file: string): string | undefined {
  if (!from.startsWith(".")) return from;
  const isClient = !file.startsWith("client/") && from === "../client/mod.ts";
  return isClient ? "./client.js" : undefined;
}

function declarationsOf(path: string, from: string): string {
  return resolve(path, "..", from.replace(/\.tsx?$/, ".d.ts"));
}

function parse(path: string, text: string): Module {
  const imports = Array.from(text.matchAll(IMPORT), ([, names, from]) => ({
    names: names ?? "",
    isTypeOnly: true,
    from: from ?? "",
  }));
  const reexports = Array.from(
    text.matchAll(REEXPORT),
    ([, type, names, from]) => ({
      names: names ?? "",
      isTypeOnly: type !== undefined,
      from: from ?? "",
    }),
  );
  const body = text
    .replace(IMPORT, "")
    .replace(REEXPORT, "")
    .replace(/^export \{\};\n?/gm, "");
  if (/\bimport\("\.|^export (\{|default)/m.test(body))
    throw new Error(`Cannot join ${path}: it has a form that is not foreseen`);
  const exported = new Map<string, "value" | "type">();
  for (const [, isExported, kind, name] of body.matchAll(DECLARED)) {
    if (!isExported || !name) continue;
    const isType = kind === "interface" || kind === "type";
    // A class may be completed by an interface of the same name.
    if (exported.get(name) !== "value")
      exported.set(name, isType ? "type" : "value");
  }
  return { path, body, exported, imports, reexports };
}

interface Joined {
  readonly modules: ReadonlyMap<string, Module>;
  readonly outside: ReadonlyMap<string, ReadonlySet<string>>;
  readonly door: string;
}

function print({ modules, outside, door }: Joined): string {
  const bodies = [...modules.values()].reverse().map(({ body }) => body);
  refuseDoubles(modules);
  const heads = Array.from(outside, ([from, lists]) => {
    const names = new Set([...lists].flatMap(namesIn));
    const star = [...names].find((name) => name.startsWith("*"));
    return `import type ${star ?? `{ ${[...names].join(", ")} }`} from "${from}";\n`;
  });
  const exported = exportsOf(modules, door);
  const listed = (kind: "value" | "type") =>
    [...exported].flatMap(([name, of]) => (of === kind ? [name] : []));
  return [
    ...heads,
    ...bodies.map((body) => body.replace(/^export /gm, "")),
    `export { ${listed("value").join(", ")} };\n`,
    `export type { ${listed("type").join(", ")} };\n`,
  ]
    .join("")
    .replace(/^(class|const|function) /gm, "declare $1 ");
}

/** Two files may not give one name to two things. */
function refuseDoubles(modules: ReadonlyMap<string, Module>): void {
  const owners = new Map<string, string>();
  for (const { path, body } of modules.values()) {
    for (const [, , , name = ""] of body.matchAll(DECLARED)) {
      const owner = owners.get(name) ?? path;
      owners.set(name, owner);
      if (owner !== path)
        throw new Error(`Cannot join ${path}: ${owner} has "${name}" too`);
    }
  }
}

function exportsOf(
  modules: ReadonlyMap<string, Module>,
  path: string,
): Map<string, "value" | "type"> {
  const module = modules.get(path);
  const found = new Map(module?.exported);
  for (const { names, isTypeOnly, from } of module?.reexports ?? []) {
    const theirs = exportsOf(modules, declarationsOf(path, from));
    const wanted = names === "*" ? [...theirs.keys()] : namesIn(names);
    for (const name of wanted)
      found.set(name, isTypeOnly ? "type" : (theirs.get(name) ?? "type"));
  }
  return found;
}

function namesIn(list: string): string[] {
  if (list.startsWith("*")) return [list];
  return list
    .replace(/[{}]|\btype\b/g, "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
