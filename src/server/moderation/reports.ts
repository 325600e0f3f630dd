/** Messages that readers have reported; only moderators read them. */
import type { Member, Report } from "../../protocol/mod.ts";
import { readMessage } from "../log/history.ts";
import type { Database } from "../storage/database.ts";

type ReportRow = {
  id: number;
  at: number;
  room: number;
  name: string;
  target: number;
  body: string;
};

/** Newest reports kept. */
const KEPT = 500;

/** Kept reports of one member, so that nobody's push out those of others. */
const KEPT_OF_MEMBER = 20;

/**
 * Stores a report; its number, or `undefined` when this member has reported the message
 * before.
 */
export function addReport(
  database: Database,
  report: {
    room: number;
    target: number;
    by: Member;
    at: number;
    reason: string;
  },
): number | "too many" | undefined {
  const { room, target, by, at, reason } = report;
  const own = database.all<{ room: number; target: number }>(
    "SELECT room, target FROM reports WHERE author = ?",
    by.id,
  );
  const isSame = (other: { room: number; target: number }) =>
    other.room === room && other.target === target;
  if (own.some(isSame)) return undefined;
  if (own.length >= KEPT_OF_MEMBER) return "too many";
  const row = database.first<{ id: number }>(
    `INSERT INTO reports (room, target, author, at, body) VALUES (?, ?, ?, ?, ?)
     RETURNING id`,
    room,
    target,
    by.id,
    at,
    JSON.stringify({ by, reason }),
  );
  const id = row?.id ?? 0;
  database.run("DELETE FROM reports WHERE id <= ?", id - KEPT);
  return id;
}

/** The room and the message of a report that is dealt with; `undefined` if there is no such report. */
export function dismissReport(
  database: Database,
  options: { id: number; mayEnter: (room: string) => boolean },
): { room: string; target: number } | undefined {
  const { id, mayEnter } = options;
  const row = database.first<{ name: string; target: number }>(
    `SELECT name, target FROM reports JOIN rooms ON rooms.id = room
     WHERE reports.id = ?`,
    id,
  );
  if (!row || !mayEnter(row.name)) return undefined;
  database.run("DELETE FROM reports WHERE id = ?", id);
  return { room: row.name, target: row.target };
}

/** The reports that are kept of the rooms that `mayEnter` picks, newest first. */
export function readReports(
  database: Database,
  mayEnter: (room: string) => boolean,
): Report[] {
  const all = database.all<ReportRow>(
    `SELECT reports.id, at, room, name, target, body
     FROM reports JOIN rooms ON rooms.id = room ORDER BY reports.id DESC`,
  );
  const rows = all.filter(({ name }) => mayEnter(name));
  return rows.map(({ id, at, room, name, target, body }) => {
    // Written by addReport() above, so its shape is known.
    const { by, reason } = JSON.parse(body) as Pick<Report, "by" | "reason">;
    const message = readMessage(database, { room, seq: target });
    return {
      id,
      at,
      room: name,
      target,
      by,
      reason,
      ...(message && { message }),
    };
  });
}
