/** Runs the client's suite once more, in Bun. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const BUN = fileURLToPath(
  new URL("../../node_modules/.bin/bun", import.meta.url),
);

test("the client's suite passes in Bun", { timeout: 60_000 }, async () => {
  const { VITEST: _, ...env } = process.env;
  const { stdout } = await run(BUN, ["run", "test/client/all.ts"], {
    cwd: ROOT,
    env,
  });
  expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed$/m);
});
