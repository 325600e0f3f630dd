/** Copies of a script that never change, named by what is in them. */
import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PUBLIC } from "./places.ts";
import { writeIfChanged } from "./write_if_changed.ts";

/** Copies kept of each script, so that pages that name an older one still work. */
const KEPT_COPIES = 20;

/** What `/versions.json` says of a script. */
export interface Version {
  readonly url: string;
  readonly integrity: string;
  /** Bytes that travel. */
  readonly gzipped: number;
}

/** Writes a copy of the script `name`, and forgets the oldest ones. */
export async function keepCopy(name: string, text: string): Promise<Version> {
  const digest = createHash("sha384").update(text).digest();
  const file = `${name}.${digest.toString("hex").slice(0, 12)}.js`;
  const folder = join(PUBLIC, "v");
  await writeIfChanged(join(folder, file), text);
  const copies = (await readdir(folder)).filter((other) =>
    other.startsWith(`${name}.`),
  );
  const dated = await Promise.all(
    copies.map(async (copy) => {
      const path = join(folder, copy);
      return { path, at: (await stat(path)).mtimeMs };
    }),
  );
  const old = dated.sort((a, b) => b.at - a.at).slice(KEPT_COPIES);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
  return {
    url: `/v/${file}`,
    integrity: `sha384-${digest.toString("base64")}`,
    gzipped: gzipSync(text, { level: 9 }).length,
  };
}
