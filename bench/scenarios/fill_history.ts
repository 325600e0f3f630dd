/**
 * Fills a room with messages behind the server's back, while it is stopped: a million sends
 * would take longer than everything else. Each is a copy of the first, which the server wrote.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What differs from message to message; `?` stands for the value of the first. */
const CHANGES: Readonly<Record<string, string>> = {
  seq: "i",
  ordinal: "i",
  nonce: "'fill' || i",
  body: "json_set(?, '$.seq', i, '$.nonce', 'fill' || i)",
};

/** Databases of the objects that keep their state in `directory`. */
export function databasesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".sqlite"))
    .filter((path) => !path.endsWith("metadata.sqlite"))
    .map((path) => join(directory, path));
}

/** Brings the one room of a database to `count` messages. */
export function fillHistory(path: string, count: number): void {
  const database = new DatabaseSync(path);
  try {
    const first = database.prepare("SELECT * FROM messages LIMIT 1").get();
    if (!first || !("seq" in first) || !("body" in first)) {
      throw new Error(
        "Tables are not what src/server/storage/schema.ts said: mend this",
      );
    }
    const columns = Object.keys(first);
    const values = columns.map((column) => CHANGES[column] ?? "?");
    const bindings = columns
      .filter((column) => CHANGES[column]?.includes("?") ?? true)
      .map((column) => first[column] ?? null);
    database
      .prepare(
        `WITH RECURSIVE numbers (i) AS
           (SELECT 2 UNION ALL SELECT i + 1 FROM numbers WHERE i < ${count})
         INSERT INTO messages (${columns.join(", ")})
         SELECT ${values.join(", ")} FROM numbers`,
      )
      .run(...bindings);
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    database.close();
  }
}
