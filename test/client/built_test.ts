/** Runs the client's suite once more, against the file that is handed out. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";

const run = promisify(execFile);
const ENTRY = fileURLToPath(new URL("all.ts", import.meta.url));
const BUILT = fileURLToPath(new URL("../../dist/client.js", import.meta.url));

test("the client's suite passes against what is built", {
  timeout: 60_000,
}, async () => {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2022",
    write: false,
    ignoreAnnotations: true,
    plugins: [
      {
        name: "built",
        setup({ onResolve }) {
          onResolve({ filter: /\/client\/mod\.ts$/ }, () => ({ path: BUILT }));
        },
      },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), "project-chat-built-"));
  try {
    const file = join(folder, "all.mjs");
    await writeFile(file, outputFiles[0]?.text ?? "");
    const { VITEST: _, ...env } = process.env;
    const { stdout } = await run(process.execPath, [file], { env });
    expect(stdout).toMatch(/^[1-9]\d* passed, 0 failed$/m);
  } finally {
    await rm(folder, { recursive: true });
  }
});
