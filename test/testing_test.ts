/** docs/testing.md: whoever follows it tests against the real thing. */
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
/** Inside the package, which may import itself by its name. */
const WORK = join(ROOT, "dist", "testing");
const run = promisify(execFile);

let snippets: string[];

beforeAll(async () => {
  const document = await readFile(join(ROOT, "docs", "testing.md"), "utf8");
  snippets = Array.from(
    document.matchAll(/^```\w+\n([\s\S]*?)^```$/gm),
    (match) => (match[1] ?? "").replaceAll("./project-chat/", `${ROOT}/`),
  );
  await mkdir(WORK, { recursive: true });
});

afterAll(() => rm(WORK, { recursive: true, force: true }));

test("from any test runner", async () => {
  const [code = ""] = snippets;
  await writeFile(join(WORK, "any.mjs"), code);
  // Ends well, and by itself: nothing is left running.
  await run(process.execPath, ["any.mjs"], {
    cwd: WORK,
    env: { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: "false" },
  });
});

test("inside the runtime", async () => {
  const [, config = "", code = "", ...others] = snippets;
  expect(others).toEqual([]);
  await writeFile(join(WORK, "vitest.config.ts"), config);
  await writeFile(join(WORK, "chat.test.ts"), code);
  const cli = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const { stdout } = await run(process.execPath, [cli, "run"], {
    cwd: WORK,
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect(stdout).toMatch(/Tests\s+2 passed/);
});
