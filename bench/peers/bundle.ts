/** Makes the bundles that workerd runs: ours as it is deployed, the others from this folder. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { workDirectory } from "../children.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Bundles our server with the tool that deploys it. */
export async function bundleOurs(): Promise<string> {
  const outdir = join(workDirectory(), "project_chat");
  const cli = fileURLToPath(
    new URL("../bin/wrangler.js", import.meta.resolve("wrangler")),
  );
  const args = [cli, "deploy", "--dry-run", "--outdir", outdir];
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false" };
  try {
    await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  } catch (error) {
    throw new Error(`Cannot bundle the server:\n${linesAbout(error)}`);
  }
  return join(outdir, "worker.js");
}

/** What a failed command said about errors, without the dump of its own state. */
function linesAbout(error: unknown): string {
  const said = error instanceof Error && "stdout" in error ? error.stdout : "";
  return `${said}`
    .split("\n")
    .filter((line) => line.includes("ERROR"))
    .join("\n");
}

/** Bundles a Worker of this folder. */
export async function bundleWorker(name: string): Promise<string> {
  const outfile = join(workDirectory(), `${name}.js`);
  await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
    outfile,
    bundle: true,
    format: "esm",
    target: "esnext",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*", "node:*"],
    logLevel: "error",
  });
  return outfile;
}
