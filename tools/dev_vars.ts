/** The secrets of a server on this machine: `.dev.vars`, which no commit holds. */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(new URL("../.dev.vars", import.meta.url));
const SECRET_BYTES = 32;

/** The variables of `.dev.vars`; the file is made, with a secret of its own, when there is none. */
export function readDevVars(file: string = FILE): Record<string, string> {
  if (!existsSync(file)) {
    const secret = randomBytes(SECRET_BYTES).toString("base64url");
    writeFileSync(file, `TOKEN_SECRET=${secret}\n`, { mode: 0o600 });
  }
  return Object.fromEntries(
    readFileSync(file, "utf8")
      .split("\n")
      .map((line) => /^\s*([A-Z_][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line))
      .filter((match) => match !== null)
      .map(([, name = "", value = ""]) => [name, unquote(value)]),
  );
}

function unquote(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
