/** What a session is told when it joins: a welcome, what it missed, and that it is live. */
import {
  BACKFILL_SIZE,
  HEARTBEAT_MS,
  type Limits,
  type Live,
  MAX_COMMAND_LENGTH,
  MAX_NICKNAME_LENGTH,
  MAX_PAGE_SIZE,
  MAX_TEXT_LENGTH,
  type Member,
  PROTOCOL_VERSION,
  type ResumeFailure,
  type Welcome,
  type You,
} from "../protocol/mod.ts";
import type { Encoded } from "./history.ts";
import type { Cursor } from "./join_request.ts";
import type { Log } from "./log.ts";

/** Everything a welcome says besides the state of the log. */
export interface Reception {
  readonly project: string;
  readonly room: string;
  readonly epoch: string;
  readonly you: You;
  /** Absent in a crowded room. */
  readonly members: readonly Member[] | undefined;
  readonly online: number;
  readonly historyLimit: number;
  readonly cursor: Cursor | undefined;
}

/** The events for a session that joins now, encoded, in order. */
export function* greet(
  log: Log,
  reception: Reception,
): Generator<Encoded, void> {
  const { cursor } = reception;
  const reason = cursor && whyNoResume(log, { ...reception, cursor });
  yield JSON.stringify(welcome(log, { ...reception, reason }));
  if (cursor && reason === undefined) {
    yield* log.after(cursor.after);
  } else {
    const reader = reception.you.id;
    yield* log.page({ limit: BACKFILL_SIZE, reader }).messages;
  }
  const live: Live = { type: "live", head: log.head };
  yield JSON.stringify(live);
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
  reception: Reception & { reason: ResumeFailure | undefined },
): Welcome {
  const { project, room, epoch, you, members, online, reason } = reception;
  return {
    type: "welcome",
    protocol: PROTOCOL_VERSION,
    project,
    room,
    epoch,
    head: log.head,
    oldest: log.oldest,
    resumed: reception.cursor !== undefined && reason === undefined,
    ...(reason && { reason }),
    you,
    ...(members && { members }),
    online,
    limits: limits(reception.historyLimit),
  };
}

function limits(history: number): Limits {
  return {
    text: MAX_TEXT_LENGTH,
    frame: MAX_COMMAND_LENGTH,
    nickname: MAX_NICKNAME_LENGTH,
    page: MAX_PAGE_SIZE,
    history,
    heartbeat: HEARTBEAT_MS,
  };
}
