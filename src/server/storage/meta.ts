/** Facts about the project that are made once and kept: its epoch and its guest key. */
import type { Database } from "./database.ts";

/** The value of `key`; `make` is called for it the first time anybody asks. */
export function remembered(
  database: Database,
  key: string,
  make: () => string,
): string {
  const known = database.first<{ value: string }>(
    "SELECT value FROM meta WHERE key = ?",
    key,
  );
  if (known) return known.value;
  const value = make();
  database.run("INSERT INTO meta (key, value) VALUES (?, ?)", key, value);
  return value;
}

/** `bytes` random bytes as URL-safe text. */
export function randomId(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...random))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
