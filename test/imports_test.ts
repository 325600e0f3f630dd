/** The house's arrows: widget → client → protocol ← server, and no cycle anywhere. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "../src");
/** What a folder may import of the others; `mod` means only through its door. */
const ALLOWED: Record<string, Record<string, "any" | "mod">> = {
  protocol: {},
  client: { protocol: "any" },
  widget: { client: "mod" },
  react: { client: "mod", widget: "mod" },
  page: { client: "mod", widget: "mod", protocol: "any" },
  server: { protocol: "mod" },
};
/** Packages a folder may import. */
const PACKAGES: Record<string, RegExp> = {
  protocol: /^valibot$/,
  client: /^$/,
  widget: /^$/,
  react: /^react$/,
  page: /^$/,
  server: /^(hono(\/.*)?|jose|cloudflare:workers)$/,
};
/** The server's folders: each may import those before it, and none that come after. */
const SERVER_FOLDERS = [
  "storage",
  "log",
  "moderation",
  "door",
  "sockets",
  "room",
  "http",
];
/** Server modules below all folders: they import nothing of the server. */
const SERVER_FLOOR = ["fault", "frames", "hmac", "problems", "variables"];
/** Server modules that meet the platform, or wait for something. All others are rules and name no platform. */
const PLATFORM = [
  "server/door/address.ts",
  "server/door/admission.ts",
  "server/door/caller.ts",
  "server/door/challenge.ts",
  "server/door/guests.ts",
  "server/door/join_request.ts",
  "server/door/verifier.ts",
  "server/hmac.ts",
  "server/http/app.ts",
  "server/http/body.ts",
  "server/http/cors.ts",
  "server/http/edge_check.ts",
  "server/http/http_request.ts",
  "server/http/http_response.ts",
  "server/http/project_api.ts",
  "server/http/project_routes.ts",
  "server/http/refusal.ts",
  "server/log/searcher.ts",
  "server/moderation/hook.ts",
  "server/project.ts",
  "server/project_chat.ts",
  "server/room/dispatcher.ts",
  "server/room/pre_publish.ts",
  "server/room/sender_queues.ts",
  "server/sockets/close_code.ts",
  "server/sockets/session.ts",
  "server/sockets/sockets.ts",
  "server/storage/database.ts",
  "server/worker.ts",
];
const PLATFORM_NAMES =
  /\b(WebSocket|DurableObject\w*|SqlStorage|Request|Response|await|async)\b/;
const BANNED =
  /^(utils?|helpers?|common|misc|managers?|services?|handlers?)\.tsx?$/;
const MAX_LINES = 250;
const IMPORT =
  /^(?:import|export)\s[^;]*?from\s+"([^"]+)"|^import\s+"([^"]+)"/gm;

interface Edge {
  readonly from: string;
  readonly to: string;
}

const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .sort();

function read(file: string): string {
  return readFileSync(join(SOURCE, file), "utf8");
}

function importsOf(file: string): string[] {
  return Array.from(
    read(file).matchAll(IMPORT),
    (match) => match[1] ?? match[2] ?? "",
  );
}

const edges: Edge[] = files.flatMap((from) =>
  importsOf(from)
    .filter((target) => target.startsWith("."))
    .map((target) => ({
      from,
      to: relative(SOURCE, join(SOURCE, dirname(from), target)),
    })),
);

function folderOf(file: string): string {
  return file.split("/")[0] ?? "";
}

test("src has the files this test is about", () => {
  expect(files.length).toBeGreaterThan(20);
  expect(edges.length).toBeGreaterThan(40);
});

test("every import is of a file that exists, by its full name", () => {
  const dangling = edges.filter(({ to }) => !files.includes(to));
  expect(dangling).toEqual([]);
});

test("no folder imports what it may not", () => {
  const forbidden = edges.filter(({ from, to }) => {
    const [own, other] = [folderOf(from), folderOf(to)];
    if (own === other) return false;
    const permission = ALLOWED[own]?.[other];
    return (
      permission === undefined ||
      (permission === "mod" && to !== `${other}/mod.ts`)
    );
  });
  expect(forbidden).toEqual([]);
});

test("no folder imports a package it may not", () => {
  const forbidden = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !target.startsWith("."))
      .filter((target) => !PACKAGES[folderOf(file)]?.test(target))
      .map((target) => `${file} → ${target}`),
  );
  expect(forbidden).toEqual([]);
});

test("no module imports itself, however far around", () => {
  const cycles: string[] = [];
  const done = new Set<string>();
  function visit(file: string, path: string[]): void {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const { from, to } of edges) {
      if (from === file) visit(to, [...path, file]);
    }
    done.add(file);
  }
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test("a mod.ts only re-exports", () => {
  for (const file of files.filter((name) => name.endsWith("/mod.ts"))) {
    const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const rest = code.replace(/export\s[^;]*?from\s+"[^"]+";/g, "").trim();
    expect(rest, file).toBe("");
  }
});

test("the server's folders import in one direction", () => {
  const rank = (file: string) =>
    SERVER_FOLDERS.indexOf(file.split("/").at(-2) ?? "");
  const isInFolder = (file: string) => /^server\/\w+\//.test(file);
  const inside = edges.filter(
    ({ from, to }) => isInFolder(from) && isInFolder(to),
  );
  expect(inside.length).toBeGreaterThan(40);
  expect(inside.filter(({ from }) => rank(from) === -1)).toEqual([]);
  expect(inside.filter(({ from, to }) => rank(to) > rank(from))).toEqual([]);
  const floor = SERVER_FLOOR.map((name) => `server/${name}.ts`);
  expect(files.filter((file) => floor.includes(file))).toEqual(floor);
  expect(
    edges.filter(
      ({ from, to }) => floor.includes(from) && folderOf(to) === "server",
    ),
  ).toEqual([]);
});

test("only what meets the platform names it", () => {
  const naming = files.filter((file) => {
    const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    return file.startsWith("server/") && PLATFORM_NAMES.test(code);
  });
  expect(naming).toEqual(PLATFORM);
});

test("files have one job", () => {
  for (const file of files) {
    expect(file.split("/").at(-1), file).not.toMatch(BANNED);
    expect(read(file).trimEnd().split("\n").length, file).toBeLessThanOrEqual(
      MAX_LINES,
    );
  }
});
