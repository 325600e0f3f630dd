/** Runs the client's suite once more, in Deno. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const DENO = fileURLToPath(
  new URL("../../node_modules/.bin/deno", import.meta.url),
);

test("the client's suite passes in Deno", { timeout: 60_000 }, async () => {
  const { VITEST: _, ...env } = process.env;
  const { stdout } = await run(
    DENO,
    [
      "run",
      "--no-check",
      "--no-remote",
      "--no-lock",
      "--cached-only",
      "--node-modules-dir=manual",
      "--allow-env",
      "--allow-read",
      "test/client/all.ts",
    ],
    { cwd: ROOT, env },
  );
  expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed$/m);
});
