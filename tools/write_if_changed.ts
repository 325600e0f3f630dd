import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DIST } from "./places.ts";

/**
 * Writes a file in one step, and only if it says something new: a running server
 * watches its assets and starts again when one of them is touched.
 */
export async function writeIfChanged(
  path: string,
  text: string,
): Promise<void> {
  const before = await readFile(path, "utf8").catch(() => undefined);
  if (before === text) return;
  // Beside the assets, where no server would take it for one of them.
  const draft = join(DIST, `.${randomUUID()}`);
  await Promise.all(
    [DIST, dirname(path)].map((folder) => mkdir(folder, { recursive: true })),
  );
  await writeFile(draft, text);
  await rename(draft, path);
}
