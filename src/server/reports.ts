/** Messages that readers have reported; only moderators read them. */
import type { Member, Message } from "../protocol/mod.ts";
import type { Database } from "./database.ts";
import { readMessage } from "./history.ts";

/** One report, with the message as it is now. */
export interface Report {
  readonly id: number;
  /** In ms since 1970. */
  readonly at: number;
  readonly room: string;
  /** `seq` of the message. */
  readonly target: number;
  readonly by: Member;
  readonly reason: string;
  /** Absent when it is no longer kept. */
  readonly message?: Message;
}

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

/** Stores a report; its number, or `undefined` when this member has reported the message before. */
export function addReport(
  database: Database,
  report: {
    room: number;
    target: number;
    by: Member;
    at: number;
    reason: string;
  },
): number | undefined {
  const { room, target, by, at, reason } = report;
  const row = database.first<{ id: number }>(
    `INSERT INTO reports (room, target, author, at, body) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING RETURNING id`,
    room,
    target,
    by.id,
    at,
    JSON.stringify({ by, reason }),
  );
  if (!row) return undefined;
  database.run("DELETE FROM reports WHERE id <= ?", row.id - KEPT);
  return row.id;
}

/** All reports that are kept, newest first. */
export function readReports(database: Database): Report[] {
  const rows = database.all<ReportRow>(
    `SELECT reports.id, at, room, name, target, body
     FROM reports JOIN rooms ON rooms.id = room ORDER BY reports.id DESC`,
  );
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
