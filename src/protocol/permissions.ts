/**
 * Who may do what: the one table that sockets, HTTP, the client and the widget go by. Pure.
 */
import type { Command } from "./commands.ts";
import type { Mode, Role } from "./events.ts";

/** Modes from the one that lets in most to the one that lets in least. */
export const MODES = [
  "open",
  "mixed",
  "members",
] as const satisfies readonly Mode[];

/** Roles from the one that may most to the one that may least. */
export const ROLES = [
  "owner",
  "moderator",
  "member",
  "guest",
  "reader",
] as const satisfies readonly Role[];

/** The least that somebody must be; `open` is what suffices in an open project. */
interface Need {
  readonly from: Role;
  readonly open?: Role;
}

const TABLE = {
  /** Join, page, search, list rooms and members, load files. */
  read: { from: "reader" },
  /** Send, edit and delete one's own, react, type, upload. */
  send: { from: "guest" },
  rename: { from: "guest" },
  report: { from: "reader" },
  export: { from: "moderator", open: "reader" },
  stats: { from: "moderator", open: "reader" },
  edit_any: { from: "moderator" },
  delete_any: { from: "moderator" },
  /** Mute, ban, kick, purge. */
  sanction: { from: "moderator" },
  /** Slow mode, lock, topic, pin. */
  steer: { from: "moderator" },
  /** Send past slow mode, locks and filters. */
  unhindered: { from: "moderator" },
  /** See reports and who is muted or banned. */
  oversee: { from: "moderator" },
  settings: { from: "owner" },
  revoke: { from: "owner" },
  audit: { from: "owner" },
} as const satisfies Record<string, Need>;

/** What a command needs before it is looked at more closely. */
export const COMMAND_ACTIONS = {
  send: "send",
  edit: "send",
  delete: "send",
  react: "send",
  typing: "send",
  rename: "rename",
  history: "read",
  read: "read",
  rooms: "read",
  ack: "read",
  auth: "read",
  // Which of the two, the action says; both are a moderator's.
  moderate: "sanction",
  report: "report",
} as const satisfies Record<Command["type"], Action>;

/** Something that not everybody may do. */
export type Action = keyof typeof TABLE;

/** All actions, for whoever wants to show or test the whole table. */
export const ACTIONS: readonly Action[] = Object.keys(TABLE).filter(
  (action): action is Action => Object.hasOwn(TABLE, action),
);

/** Whether somebody with `role` may do `action` in a project of the mode `mode`. */
export function may(role: Role, action: Action, mode: Mode = "mixed"): boolean {
  const need: Need = TABLE[action];
  const least = mode === "open" ? (need.open ?? need.from) : need.from;
  return ROLES.indexOf(role) <= ROLES.indexOf(least);
}

/** Whether `role` stands above `other`: nobody sanctions an equal. */
export function outranks(role: Role, other: Role): boolean {
  return ROLES.indexOf(role) < ROLES.indexOf(other);
}

/** The mode that lets in fewer. */
export function stricter(mode: Mode, other: Mode): Mode {
  return MODES.indexOf(mode) > MODES.indexOf(other) ? mode : other;
}
