/** The sentences in which the server refuses. Each says what is wrong and nothing of why. Pure. */
import type { Problem, Refused } from "../protocol/mod.ts";

export const INTERNAL: Problem = {
  code: "internal",
  message: "Something went wrong",
};
export const NOT_FOUND: Problem = {
  code: "not_found",
  message: "Message does not exist in this room",
};
export const NOT_YOURS: Problem = {
  code: "forbidden",
  message: "Message belongs to somebody else",
};
export const NOBODY: Problem = {
  code: "not_found",
  message: "Member who is mentioned is not known in this room",
};
export const FILE_UNKNOWN: Problem = {
  code: "not_found",
  message: "File does not exist, has its message or is somebody else's",
};
export const NO_FILE: Problem = {
  code: "not_found",
  message: "File does not exist",
};
export const FILES_FULL: Problem = {
  code: "storage_full",
  message: "Project has as many files as it may",
};
export const TOO_MANY_FILES: Problem = {
  code: "rejected",
  message: "Too many files wait for their message",
};
export const NO_IMAGE: Problem = {
  code: "bad_request",
  message:
    "Body must be a whole PNG, JPEG, GIF, WebP or AVIF image, and of the type it says",
};
export const NONCE_CONFLICT: Problem = {
  code: "nonce_conflict",
  message: "Nonce was used for another command",
};
export const STORAGE_FULL: Problem = {
  code: "storage_full",
  message: "Project storage is full",
};
export const TOO_MANY_ROOMS: Problem = {
  code: "storage_full",
  message: "Project has too many rooms",
};
export const TOO_MANY_EMOJI: Problem = {
  code: "rejected",
  message: "Message has as many different emoji as it may",
};
export const TOO_BUSY: Problem = {
  code: "rate_limited",
  message: "Room is too busy",
};
export const TOO_MANY_SEARCHES: Problem = {
  code: "rate_limited",
  message: "Too many searches wait already",
  retryAfter: 1_000,
};
export const TOO_MANY_REPORTS: Problem = {
  code: "rejected",
  message: "Moderators have not dealt with your other reports yet",
};
export const NO_REPORT: Problem = {
  code: "not_found",
  message: "There is no such report",
};
export const TOO_OFTEN: Problem = {
  code: "rate_limited",
  message: "Commands come too often",
};
export const TOO_SLOW: Problem = {
  code: "rate_limited",
  message: "Connection is behind, acknowledge first",
  retryAfter: 1_000,
};
export const NICKNAME_INVALID: Problem = {
  code: "nickname_invalid",
  message: "Nickname is empty, too long or has characters that deceive",
};
export const NICKNAME_TAKEN: Problem = {
  code: "nickname_taken",
  message: "Nickname is held by somebody who is here",
};
export const NOT_BELOW: Problem = {
  code: "forbidden",
  message: "Member has the same or a higher role",
};
export const NOT_HERE: Problem = {
  code: "not_found",
  message: "Member is not here",
};
export const NOT_SANCTIONED: Problem = {
  code: "not_found",
  message: "Member is under no such sanction",
};
export const ENDS_BEFORE: Problem = {
  code: "bad_request",
  message: "Sanction must end in the future",
};
export const KICKED: Problem = {
  code: "forbidden",
  message: "Moderator has removed this member",
};
export const LOCKED: Problem = {
  code: "room_locked",
  message: "Room is locked",
};
export const SLOW_MODE: Problem = {
  code: "slow_mode",
  message: "Member has spoken a moment ago",
};
export const FILTERED: Problem = {
  code: "rejected",
  message: "Text has words or links that the project does not take",
};

export const HOOK_REJECTS: Problem = {
  code: "rejected",
  message: "Platform does not take this text",
};
export const HOOK_SILENT: Problem = {
  code: "rejected",
  message: "Platform could not be asked about this text",
};
export const TOO_MANY_WAIT: Problem = {
  code: "rate_limited",
  message: "Too many commands wait for an answer",
  retryAfter: 1_000,
};

/** A request that cannot be understood, and why. */
export function malformed(message: string): Problem {
  return { code: "bad_request", message };
}

/** A mute or ban, with its end unless it has none. */
export function sanctioned(kind: "mute" | "ban", end: number): Problem {
  return {
    code: kind === "mute" ? "muted" : "banned",
    message: kind === "mute" ? "Member is muted" : "Member is banned",
    ...(Number.isFinite(end) && { until: end }),
  };
}

/** The same for every fault of a token: which one it was helps only a forger. */
export const TOKEN_INVALID: Problem = {
  code: "unauthorized",
  message: "Token is not valid here",
};
/** Where being nobody in particular does not do. */
export const TOKEN_MISSING: Problem = {
  code: "unauthorized",
  message: "Token is missing",
};

/** One that was valid and is too old. */
export const TOKEN_EXPIRED: Problem = {
  ...TOKEN_INVALID,
  code: "token_expired",
};
export const MEMBERS_ONLY: Problem = {
  code: "forbidden",
  message: "Project is for members only",
};

/** Whether a refusal says that a project takes no guests; it may have come as JSON. */
export function isMembersOnly({ code, message }: Problem): boolean {
  return code === MEMBERS_ONLY.code && message === MEMBERS_ONLY.message;
}

export const NOT_ALLOWED: Problem = {
  code: "forbidden",
  message: "Role does not allow this",
};
export const OTHER_ROOM: Problem = {
  code: "forbidden",
  message: "Token is for other rooms",
};
export const OTHER_ORIGIN: Problem = {
  code: "forbidden",
  message: "Page may not use this project",
};
export const CONNECTS_TOO_OFTEN: Problem = {
  code: "rate_limited",
  message: "Connections come too often",
};
export const TOO_MANY_FROM_ADDRESS: Problem = {
  code: "rate_limited",
  message: "Address has as many connections as it may",
  retryAfter: 30_000,
};
export const TOO_MANY_OF_MEMBER: Problem = {
  code: "rate_limited",
  message: "Member has as many connections as they may",
  retryAfter: 30_000,
};
export const PROJECT_FULL: Problem = {
  code: "room_full",
  message: "Project is full",
};
export const CHALLENGED: Problem = {
  code: "forbidden",
  message: "Guest has to pass the challenge first",
};
export const CHALLENGE_FAILED: Problem = {
  code: "forbidden",
  message: "Challenge was not passed",
};
export const NO_CHALLENGE: Problem = {
  code: "not_found",
  message: "Challenge is not enabled",
};
export const NAME_IS_SIGNED: Problem = {
  code: "forbidden",
  message: "Nickname is the one in the token",
};

/** A problem as the event that answers a command. */
export function refusal(
  problem: Problem & { suggestion?: string },
  correlation: { nonce?: string; ref?: string } = {},
): Refused {
  return { type: "error", ...problem, ...correlation };
}
