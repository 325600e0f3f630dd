/**
 * The tables, as a list of migrations that only grows. Every table is clustered on its
 * primary key (WITHOUT ROWID) and has no other index: each would be one more billed row
 * per message (docs/decisions/0002-storage.md).
 */
import type { Database } from "./database.ts";

const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) WITHOUT ROWID`,
    `CREATE TABLE rooms (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    )`,
    // body: the message event as it goes over the wire, in its current state, without
    // reactions. ordinal: counts messages only, so that their number costs no scan.
    // print: fingerprint of the command, tells a retry from a nonce used twice.
    `CREATE TABLE messages (
      room INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      ordinal INTEGER NOT NULL,
      at INTEGER NOT NULL,
      author TEXT NOT NULL,
      nonce TEXT NOT NULL,
      print INTEGER NOT NULL,
      body TEXT NOT NULL,
      reactions TEXT,
      PRIMARY KEY (room, seq)
    ) WITHOUT ROWID`,
    // body: the change event without its text, which has one home, the message.
    `CREATE TABLE changes (
      room INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      target INTEGER NOT NULL,
      at INTEGER NOT NULL,
      author TEXT NOT NULL,
      nonce TEXT NOT NULL,
      print INTEGER NOT NULL,
      kind TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (room, seq)
    ) WITHOUT ROWID`,
    `CREATE TABLE reactions (
      room INTEGER NOT NULL,
      target INTEGER NOT NULL,
      emoji TEXT NOT NULL,
      member TEXT NOT NULL,
      seq INTEGER NOT NULL,
      nickname TEXT NOT NULL,
      PRIMARY KEY (room, target, emoji, member)
    ) WITHOUT ROWID`,
  ],
  [
    // A row for each member that a message means.
    `CREATE TABLE mentions (
      member TEXT NOT NULL,
      room INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (member, room, seq)
    ) WITHOUT ROWID`,
  ],
  [
    // value: JSON; a setting that is not here has its default. One row: see below.
    `CREATE TABLE project_settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) WITHOUT ROWID`,
    // kind: sub or jti. at: in seconds since 1970, as iat is.
    `CREATE TABLE revocations (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (kind, value)
    ) WITHOUT ROWID`,
  ],
  [
    // subject: "member <id>" or "address <hash>"; member: whose sanction it is. role: of
    // who imposed it, for it binds only those below. until: NULL for good.
    `CREATE TABLE sanctions (
      subject TEXT NOT NULL,
      kind TEXT NOT NULL,
      member TEXT NOT NULL,
      nickname TEXT NOT NULL,
      until INTEGER,
      at INTEGER NOT NULL,
      author TEXT NOT NULL,
      role TEXT NOT NULL,
      reason TEXT,
      PRIMARY KEY (subject, kind, member)
    ) WITHOUT ROWID`,
    // What moderators have set in a room; a room without a row has the defaults.
    `CREATE TABLE room_settings (
      room INTEGER PRIMARY KEY,
      slow INTEGER NOT NULL,
      locked INTEGER NOT NULL,
      topic TEXT NOT NULL,
      pinned INTEGER NOT NULL
    )`,
    // One member reports one message once.
    `CREATE TABLE reports (
      id INTEGER PRIMARY KEY,
      room INTEGER NOT NULL,
      target INTEGER NOT NULL,
      author TEXT NOT NULL,
      at INTEGER NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (room, target, author)
    )`,
    // body: the act as JSON, without texts that a deletion would have to find.
    `CREATE TABLE audit (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      body TEXT NOT NULL
    )`,
  ],
  [
    // marks: pairs of a room and the seq up to which the member has read there.
    `CREATE TABLE read_marks (
      member TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      marks TEXT NOT NULL
    ) WITHOUT ROWID`,
  ],
  [
    // body: the file as its message says it. room, seq: that message; NULL until there is one.
    `CREATE TABLE files (
      key TEXT PRIMARY KEY,
      member TEXT NOT NULL,
      at INTEGER NOT NULL,
      room INTEGER,
      seq INTEGER,
      body TEXT NOT NULL
    ) WITHOUT ROWID`,
    `CREATE TABLE file_parts (
      key TEXT NOT NULL,
      part INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (key, part)
    ) WITHOUT ROWID`,
  ],
  [
    // All settings in one row: each join that wakes the object reads them.
    `INSERT INTO project_settings (name, value)
     SELECT 'all', json_group_object(name, json(value)) FROM project_settings
     HAVING count(*) > 0`,
    "DELETE FROM project_settings WHERE name <> 'all'",
  ],
];

/** Brings the tables to `version`, by default the newest one; runs each migration once, whole. */
export function migrate(
  database: Database,
  version: number = MIGRATIONS.length,
): void {
  database.run(
    "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, at INTEGER NOT NULL)",
  );
  const found = database.first<{ version: number | null }>(
    "SELECT max(version) AS version FROM migrations",
  );
  const pending = MIGRATIONS.slice(0, version);
  for (const [index, statements] of pending.entries()) {
    if (index + 1 <= (found?.version ?? 0)) continue;
    database.transaction(() => {
      for (const statement of statements) database.run(statement);
      database.run(
        "INSERT INTO migrations (version, at) VALUES (?, ?)",
        index + 1,
        Date.now(),
      );
    });
  }
}
