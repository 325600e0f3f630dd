/** Fills a room's tables as its log would have, only faster. */
import type { Database } from "../../../src/server/storage/database.ts";

/** Writes `count` messages of somebody's into a new room, seq 1 to `count`. */
export function seedMessages(
  database: Database,
  options: { room: string; count: number },
): void {
  const { room, count } = options;
  const author = JSON.stringify({
    id: "g_seed",
    nickname: "seed",
    role: "guest",
    guest: true,
  });
  database.run(
    "INSERT INTO rooms (id, name) SELECT ifnull(max(id), 0) + 1, ? FROM rooms",
    room,
  );
  database.run(
    `WITH RECURSIVE counted(n) AS (
       SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ?1
     )
     INSERT INTO messages (room, seq, ordinal, at, author, nonce, print, body)
     SELECT
       (SELECT id FROM rooms WHERE name = ?2), n, n, n, 'g_seed', 'n' || n, 0,
       '{"type":"message","seq":' || n || ',"nonce":"n' || n || '","at":' || n ||
       ',"author":' || ?3 || ',"text":"message ' || n || '"}'
     FROM counted`,
    count,
    room,
    author,
  );
}

/** What an act read and wrote. */
export interface Cost {
  readonly read: number;
  readonly written: number;
}

/** Rows of a database that `act` reads and writes. */
export function costOf(database: Database, act: () => void): Cost {
  const { rowsRead, rowsWritten } = database;
  act();
  return {
    read: database.rowsRead - rowsRead,
    written: database.rowsWritten - rowsWritten,
  };
}

/** Costs as a table, one line each. */
export function costTable(
  title: string,
  costs: Iterable<readonly [string, Cost]>,
): string {
  const lines = Array.from(
    costs,
    ([name, { read, written }]) =>
      `${name.padEnd(40)}${number(read)}${number(written)}`,
  );
  const head = `${title.padEnd(40)}${"read".padStart(12)}${"written".padStart(12)}`;
  return [head, ...lines].join("\n");
}

function number(value: number): string {
  const digits = Number.isInteger(value) ? 0 : 2;
  return value.toFixed(digits).padStart(12);
}
