/** What a session is told when it joins: a welcome, what it missed, and that it is live. */
import {
  BACKFILL_SIZE,
  HEARTBEAT_MS,
  type Limits,
  type Live,
  MAX_COMMAND_LENGTH,
  MAX_FILE_BYTES,
  MAX_NICKNAME_LENGTH,
  MAX_PAGE_SIZE,
  MAX_TEXT_LENGTH,
  type Member,
  PROTOCOL_VERSION,
  type ResumeFailure,
  type RoomSettings,
  type Welcome,
  type You,
} from "../../protocol/mod.ts";
import type { Cursor } from "../door/join_request.ts";
import type { Rate } from "../door/rate.ts";
import type { Encoded, Entry } from "../frames.ts";
import type { Log } from "../log/log.ts";
import type { NewestPage } from "../log/newest_page.ts";
import type { Session } from "../sockets/session.ts";

/** What a welcome says besides the state of the log. */
export interface WelcomeFacts {
  readonly project: string;
  readonly room: string;
  readonly epoch: string;
  readonly you: You;
  /** Absent in a crowded room. */
  readonly members: readonly Member[] | undefined;
  readonly online: number;
  readonly historyLimit: number;
  /** How often this session may ask for something. */
  readonly rate: Rate | "off";
  readonly cursor: Cursor | undefined;
  readonly settings: RoomSettings;
  /** How far a signed member has read. */
  readonly read?: number | undefined;
  /** How far those who are here have read; absent where it is not told. */
  readonly reads?: Readonly<Record<string, number>> | undefined;
}

/** What a session is told when it joins. */
export interface JoinAnswer {
  /** A welcome, the backfill and `live`, in order. */
  readonly entries: Iterable<Entry>;
  /** Where the backfill begins: the session is told every log event that follows. */
  readonly cursor: number;
}

/** Welcomes those who join one room. */
export class Welcomer {
  readonly #log: Log;
  /** The newest messages: thousands may join between two of them. */
  #backfill: { readonly head: number; readonly page: NewestPage } | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Welcomes a session that joins now: resumes it where that is possible. */
  welcome(facts: WelcomeFacts): JoinAnswer {
    const log = this.#log;
    const { cursor, you } = facts;
    const reason = cursor && whyNoResume(log, { ...facts, cursor });
    const first = JSON.stringify(welcome(log, { ...facts, reason }));
    if (cursor && reason === undefined) {
      const { after } = cursor;
      const missed = log.history.after(after);
      return { entries: enclose(log, first, missed), cursor: after };
    }
    return {
      entries: enclose(log, first, this.#newest(you.id)),
      cursor: log.head,
    };
  }

  #newest(reader: string): readonly Entry[] {
    const { head, history } = this.#log;
    if (this.#backfill?.head !== head) {
      this.#backfill = { head, page: history.newest(BACKFILL_SIZE) };
    }
    return this.#backfill.page.as(reader);
  }
}

/** A session as only it is told of itself. */
export function youOf(
  session: Session,
  known: { member: Member; token: string | undefined },
): You {
  const { member, token } = known;
  const { id } = session;
  return { ...member, session: id, ...(token !== undefined && { token }) };
}

function* enclose(
  log: Log,
  first: Encoded,
  backfill: Iterable<Entry>,
): Generator<Entry, void> {
  const live: Live = { type: "live", head: log.head };
  yield { encoded: first };
  yield* backfill;
  yield { encoded: JSON.stringify(live) };
}

function whyNoResume(
  log: Log,
  options: { cursor: Cursor; epoch: string },
): ResumeFailure | undefined {
  const { cursor, epoch } = options;
  if (cursor.epoch !== epoch) return "epoch";
  if (cursor.after > log.head) return "cursor";
  if (cursor.after < log.oldest - 1) return "trimmed";
  return undefined;
}

function welcome(
  log: Log,
  facts: WelcomeFacts & { reason: ResumeFailure | undefined },
): Welcome {
  const { project, room, epoch, you, members, online, reason } = facts;
  const { read, reads } = facts;
  return {
    type: "welcome",
    protocol: PROTOCOL_VERSION,
    project,
    room,
    epoch,
    head: log.head,
    oldest: log.oldest,
    resumed: facts.cursor !== undefined && reason === undefined,
    ...(reason && { reason }),
    you,
    ...(members && { members }),
    online,
    limits: limits(facts),
    settings: facts.settings,
    ...(read !== undefined && { read }),
    ...(reads && { reads }),
  };
}

/** Members who can come back in one second without a queue. */
const RETURNS_PER_SECOND = 500;

function limits(facts: WelcomeFacts): Limits {
  const { historyLimit, rate, online } = facts;
  return {
    text: MAX_TEXT_LENGTH,
    frame: MAX_COMMAND_LENGTH,
    nickname: MAX_NICKNAME_LENGTH,
    page: MAX_PAGE_SIZE,
    file: MAX_FILE_BYTES,
    history: historyLimit,
    heartbeat: HEARTBEAT_MS,
    ...(rate !== "off" && { rate }),
    spread: Math.max(1_000, Math.ceil((online / RETURNS_PER_SECOND) * 1_000)),
  };
}
