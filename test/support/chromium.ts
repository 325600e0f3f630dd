/**
 * A real Chromium for tests and screenshots, with no download of its own: from npm
 * (`@sparticuz/chromium`), or the one `CHROMIUM_PATH` or the system has.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";

const run = promisify(execFile);
const CACHE = fileURLToPath(
  new URL("../../node_modules/.cache/chromium", import.meta.url),
);
const SYSTEM_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
/** Runs in a process of its own, because the package inflates into its TMPDIR. */
const INFLATE = `
  import chromium, { inflate } from "@sparticuz/chromium";
  import { fileURLToPath } from "node:url";
  const bin = new URL("../bin/", import.meta.resolve("@sparticuz/chromium"));
  await inflate(fileURLToPath(new URL("al2023.tar.br", bin)));
  await chromium.executablePath();
`;

/** A program and the libraries it needs beyond the system's. */
interface Candidate {
  readonly path: string;
  readonly libraries?: string;
}

/** Starts the first Chromium that runs here. */
export async function launchChromium(): Promise<Browser> {
  const failures: string[] = [];
  for (const candidate of await listCandidates()) {
    try {
      return await launch(candidate);
    } catch (error) {
      failures.push(`${candidate.path}: ${error}`);
    }
  }
  throw new Error(
    "No Chromium runs here; set CHROMIUM_PATH to one that does\n" +
      failures.join("\n"),
  );
}

/** A whole Chromium on this machine: the package's has no back/forward cache. */
export const WHOLE_CHROMIUM = SYSTEM_PATHS.find((path) => existsSync(path));

/** Starts {@linkcode WHOLE_CHROMIUM} with its back/forward cache, which the driver turns off. */
export function launchWholeChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: WHOLE_CHROMIUM ?? "",
    args: ARGS,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
}

async function listCandidates(): Promise<Candidate[]> {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen) return [{ path: chosen }];
  const inflated = await inflateOnce().catch(() => undefined);
  const system = SYSTEM_PATHS.filter((path) => existsSync(path));
  return [
    ...(inflated
      ? [
          { path: join(inflated, "chromium") },
          {
            path: join(inflated, "chromium"),
            // A bare Debian has no NSS and no expat; the package brings both.
            libraries: join(inflated, "al2023", "lib"),
          },
        ]
      : []),
    ...system.map((path) => ({ path })),
  ];
}

function launch({ path, libraries }: Candidate): Promise<Browser> {
  const { LD_LIBRARY_PATH, ...env } = process.env;
  const searched = [libraries, LD_LIBRARY_PATH].filter(Boolean).join(":");
  return chromium.launch({
    executablePath: path,
    args: ARGS,
    env: { ...env, ...(searched && { LD_LIBRARY_PATH: searched }) },
  });
}

/** Where the inflated package is. Two processes may ask for it at once. */
async function inflateOnce(): Promise<string> {
  if (existsSync(CACHE)) return CACHE;
  await mkdir(join(CACHE, ".."), { recursive: true });
  const work = await mkdtemp(`${CACHE}-`);
  try {
    await run(process.execPath, ["--input-type=module", "--eval", INFLATE], {
      cwd: fileURLToPath(new URL(".", import.meta.url)),
      env: { ...process.env, TMPDIR: work },
    });
    // Complete or absent: who renames first wins, and the other's work is dropped.
    await rename(work, CACHE).catch((error) => {
      if (!existsSync(CACHE)) throw error;
    });
    return CACHE;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
