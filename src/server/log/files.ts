/** Images in the project's storage: in parts, within a budget, each for one message of its owner. */
import type { Message, MessageFile, Problem } from "../../protocol/mod.ts";
import { FILE_UNKNOWN, FILES_FULL, TOO_MANY_FILES } from "../problems.ts";
import type { Database } from "../storage/database.ts";
import { randomId } from "../storage/meta.ts";
import type { ImageFacts } from "./images.ts";

/** An image that somebody brings. */
export interface Upload {
  /** Id of who brings it. */
  readonly member: string;
  readonly facts: ImageFacts;
  readonly data: ArrayBuffer;
  /** The clock, in ms since 1970. */
  readonly now: number;
  /** Bytes that the project's files may have. */
  readonly limit: number;
}

/** Long enough that nobody guesses one. */
const KEY_BYTES = 18;
/** Bytes of one row. */
const PART = 256 * 1024;
/** What the smallest file counts for: rows are not free either. */
const LEAST = 4 * 1024;
/** A file that no message took by then is dropped, in ms. */
const PATIENCE = 3_600_000;
/** Files of one member that wait for their message. */
const MAX_WAITING = 10;

/** Stores an image until a message takes it. Drops what waited in vain: there is no timer. */
export function storeFile(
  database: Database,
  upload: Upload,
): MessageFile | Problem {
  const { member, facts, data, now, limit } = upload;
  return database.transaction(() => {
    dropWaiting(database, now - PATIENCE);
    const { used, waiting } = usage(database, member);
    if (used + Math.max(data.byteLength, LEAST) > limit) return FILES_FULL;
    if (waiting >= MAX_WAITING) return TOO_MANY_FILES;
    const key = randomId(KEY_BYTES);
    const file = { key, ...facts, bytes: data.byteLength };
    database.run(
      "INSERT INTO files (key, member, at, body) VALUES (?, ?, ?, ?)",
      key,
      member,
      now,
      JSON.stringify(file),
    );
    for (let at = 0; at < data.byteLength; at += PART) {
      database.run(
        "INSERT INTO file_parts (key, part, data) VALUES (?, ?, ?)",
        key,
        at / PART,
        data.slice(at, at + PART),
      );
    }
    return file;
  });
}

/** The file `key`, if it is `member`'s and waits for its message. */
export function findWaiting(
  database: Database,
  wanted: { key: string; member: string },
): MessageFile | Problem {
  const row = database.first<{ body: string }>(
    "SELECT body FROM files WHERE key = ? AND member = ? AND seq IS NULL",
    wanted.key,
    wanted.member,
  );
  // Written by storeFile() above, so its shape is known.
  return row ? (JSON.parse(row.body) as MessageFile) : FILE_UNKNOWN;
}

/** A message takes its file. */
export function takeFile(
  database: Database,
  options: { room: number; message: Message },
): void {
  const { room, message } = options;
  if (!message.file) return;
  database.run(
    "UPDATE files SET room = ?, seq = ? WHERE key = ?",
    room,
    message.seq,
    message.file.key,
  );
}

/** A file that a message has; `undefined` if there is none. */
export function readFile(
  database: Database,
  key: string,
): { type: MessageFile["type"]; data: Uint8Array } | undefined {
  const row = database.first<{ body: string }>(
    "SELECT body FROM files WHERE key = ? AND seq IS NOT NULL",
    key,
  );
  if (!row) return undefined;
  // Written by storeFile() above, so its shape is known.
  const { type, bytes } = JSON.parse(row.body) as MessageFile;
  const data = new Uint8Array(bytes);
  const parts = database.all<{ part: number; data: ArrayBuffer }>(
    "SELECT part, data FROM file_parts WHERE key = ? ORDER BY part",
    key,
  );
  for (const { part, data: some } of parts) {
    data.set(new Uint8Array(some), part * PART);
  }
  return { type, data };
}

/** The end of a message is the end of its file. */
export function dropFile(database: Database, { file }: Message): void {
  if (file) dropKey(database, file.key);
}

function dropKey(database: Database, key: string): void {
  database.run("DELETE FROM files WHERE key = ?", key);
  database.run("DELETE FROM file_parts WHERE key = ?", key);
}

function dropWaiting(database: Database, before: number): void {
  const rows = database.all<{ key: string }>(
    "SELECT key FROM files WHERE seq IS NULL AND at < ?",
    before,
  );
  for (const { key } of rows) dropKey(database, key);
}

/** What all files count for, and how many of one member's wait. */
function usage(
  database: Database,
  member: string,
): { used: number; waiting: number } {
  const row = database.first<{ used: number | null; waiting: number | null }>(
    `SELECT sum(max(body ->> '$.bytes', ?1)) AS used,
       sum(member = ?2 AND seq IS NULL) AS waiting FROM files`,
    LEAST,
    member,
  );
  return { used: row?.used ?? 0, waiting: row?.waiting ?? 0 };
}
