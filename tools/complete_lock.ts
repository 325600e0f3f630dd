/**
 * Completes package-lock.json after `npm install`. A registry mirror may lack the binaries of
 * other platforms; npm then leaves them out of the lockfile, and `npm ci` refuses it. They are
 * optional everywhere, so an entry that says for which platform they are is all it needs.
 */
import { readFileSync, writeFileSync } from "node:fs";

interface Package {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

const OS = ["android", "darwin", "freebsd", "linux", "openbsd", "win32"];
const CPU: Readonly<Record<string, string>> = {
  arm64: "arm64",
  x64: "x64",
  64: "x64",
};
const file = new URL(
  process.argv[2] ?? "../package-lock.json",
  import.meta.url,
);
const lock: { packages: Record<string, Package> } = JSON.parse(
  readFileSync(file, "utf8"),
);

let added = 0;
for (const owner of Object.values(lock.packages)) {
  const { optionalDependencies = {}, dev = false } = owner;
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] || !/^\d/.test(version)) continue;
    const entry = platformPackage(name, version);
    if (!entry) continue;
    lock.packages[path] = { ...entry, ...(dev && { dev }) };
    added++;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`Added ${added} packages of other platforms to ${file.pathname}`);

/** What the name says it is for; `undefined` if it is for no platform. */
function platformPackage(name: string, version: string): Package | undefined {
  const words = name.replace("windows", "win32").split(/[-/]/);
  const os = words.find((word) => OS.includes(word));
  const cpu = words.map((word) => CPU[word]).find(Boolean);
  if (!os || !cpu) return undefined;
  const isMusl = words.includes("musl");
  return {
    version,
    cpu: [cpu],
    ...(isMusl && { libc: ["musl"] }),
    os: [os],
    optional: true,
  };
}
