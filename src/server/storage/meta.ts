/** Facts about the project: its epoch and its keys, made once and kept, and what it has used. */
import type { Database } from "./database.ts";

/** The value of `key`; `make` is called for it the first time anybody asks. */
export function remembered(
  database: Database,
  key: string,
  make: () => string,
): string {
  const known = kept(database, key);
  if (known !== undefined) return known;
  const value = make();
  keep(database, key, value);
  return value;
}

/** The value of `key`, if there is one. */
export function kept(database: Database, key: string): string | undefined {
  return database.first<{ value: string }>(
    "SELECT value FROM meta WHERE key = ?",
    key,
  )?.value;
}

/** Gives `key` a value in place of the one it had; one row, in any case. */
export function keep(database: Database, key: string, value: string): void {
  database.run(
    `INSERT INTO meta (key, value) VALUES (?1, ?2)
     ON CONFLICT (key) DO UPDATE SET value = ?2`,
    key,
    value,
  );
}

/** `bytes` random bytes as URL-safe text. */
export function randomId(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...random))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
