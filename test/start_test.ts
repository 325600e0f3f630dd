/** `npm start` runs with what the Worker can read, from wherever it comes, and with nothing else. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findFreePort, startServer } from "./support/server.ts";

const ROOT = join(import.meta.dirname, "..");
const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "project-chat-start-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The project's wrangler.toml, changed, in a folder of its own with a `.dev.vars`. */
async function configure(
  change: (toml: string) => string,
  devVars = "",
): Promise<string> {
  const place = await mkdtemp(join(folder, "config-"));
  const toml = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  const moved = toml
    .replace(
      '"src/server/worker.ts"',
      JSON.stringify(`${ROOT}/src/server/worker.ts`),
    )
    .replace(
      'directory = "public"',
      `directory = ${JSON.stringify(`${ROOT}/public`)}`,
    )
    // It was built by whoever runs the tests.
    .replace(/\[build\][\s\S]*?(?=\n\[)/, "");
  const file = join(place, "wrangler.toml");
  await writeFile(file, change(moved));
  await writeFile(join(place, ".dev.vars"), devVars);
  return file;
}

/** How a start ends that comes to nothing. */
async function endOf(
  options: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const port = await findFreePort();
  const words = [`--port=${port}`, `--persist-to=${folder}/state`, ...options];
  return await run(process.execPath, ["tools/start.ts", ...words], {
    cwd: ROOT,
  }).then(
    (output) => ({ code: 0, ...output }),
    (failure) => failure,
  );
}

test("a sitekey in wrangler.toml and its secret in .dev.vars are both there", async () => {
  const config = await configure(
    (toml) => toml.replace("[vars]", '[vars]\nTURNSTILE_SITEKEY = "1x"'),
    "TURNSTILE_SECRET=1x\n",
  );
  const server = await startServer({ args: [`--config=${config}`] });
  try {
    const answer = await fetch(`${server.url}/project/start/challenge`);
    expect(await answer.json()).toEqual({ sitekey: "1x" });
  } finally {
    await server.stop();
  }
});

test("where projects are for members, the start is no guest who is refused", async () => {
  const config = await configure((toml) =>
    toml.replace('MODE = "open"', 'MODE = "members"'),
  );
  const server = await startServer({ args: [`--config=${config}`] });
  try {
    await expect
      .poll(() => server.output(), { timeout: 30_000 })
      .toContain("project-chat runs at");
  } finally {
    await server.stop();
  }
});

test.each([
  ["a mode that does not exist", 'MODE = "open"', 'MODE = "closed"', "MODE"],
  ["a hook without a secret", '_URL = ""', '_URL = "https://a"', "HOOK_SECRET"],
])(
  "%s in wrangler.toml ends the start, by name",
  async (_, before, after, name) => {
    const config = await configure((toml) => toml.replace(before, after));
    const { code, stdout, stderr } = await endOf([`--config=${config}`]);
    expect(code).toBe(1);
    expect(stdout).not.toContain("project-chat runs at");
    expect(stderr).toContain(`Cannot read variable "${name}"`);
  },
);

test("a weak secret ends the start: its name is told, its value is not", async () => {
  const config = await configure((toml) => toml);
  const option = "--var=TOKEN_SECRET:canary4711short";
  const { code, stdout, stderr } = await endOf([`--config=${config}`, option]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    'Cannot read variable "TOKEN_SECRET" as it must have at least 32 bytes: it has 15',
  );
  expect(stdout + stderr).not.toContain("canary4711");
});
