/** Who chose which emoji, and the summary of it that a message carries. */
import type { Message, Reaction } from "../../protocol/mod.ts";
import type { Database } from "../storage/database.ts";

/** One member's choice on one message. */
export interface Choice {
  readonly room: number;
  readonly target: number;
  readonly emoji: string;
  readonly member: string;
}

/**
 * What is kept of one emoji: the ids of the first who chose it, in order, so that few
 * readers must be looked up; as many as `by` names at least, or all of them.
 */
interface Kept extends Reaction {
  readonly ids: readonly string[];
}

type Summary = Record<string, Kept>;

/** How many nicknames a summary names. */
const NAMED = 3;
/** How many different emoji a message may have. */
const MAX_KINDS = 20;
/** How many members a summary knows. */
const KNOWN = 20;

/** Adds a choice that was not made before, and its place in the summary. */
export function addReaction(
  database: Database,
  choice: Choice & { readonly seq: number; readonly nickname: string },
): void {
  const { room, target, emoji, member, seq, nickname } = choice;
  database.run(
    `INSERT INTO reactions (room, target, emoji, member, seq, nickname)
     VALUES (?, ?, ?, ?, ?, ?)`,
    room,
    target,
    emoji,
    member,
    seq,
    nickname,
  );
  const summary = readSummary(database, choice);
  const { count, by, ids } = summary[emoji] ?? { count: 0, by: [], ids: [] };
  // Who comes after somebody unknown is not among the first.
  const isKnown = ids.length === count && count < KNOWN;
  summary[emoji] = {
    count: count + 1,
    by: count < NAMED ? [...by, nickname] : by,
    ids: isKnown ? [...ids, member] : ids,
  };
  writeSummary(database, { room, target, summary });
}

/** Takes a choice back that was made; the first of those who are left, by nickname. */
export function removeReaction(
  database: Database,
  choice: Choice,
): readonly string[] {
  const { room, target, emoji, member } = choice;
  database.run(
    "DELETE FROM reactions WHERE room = ? AND target = ? AND emoji = ? AND member = ?",
    room,
    target,
    emoji,
    member,
  );
  const summary = readSummary(database, choice);
  const kept = summary[emoji];
  if (kept && kept.count > 1) {
    summary[emoji] = without(database, { choice, kept });
  } else {
    delete summary[emoji];
  }
  writeSummary(database, { room, target, summary });
  return summary[emoji]?.by ?? [];
}

/** What is kept of an emoji when a choice was taken back; reads all of them but seldom. */
function without(
  database: Database,
  options: { choice: Choice; kept: Kept },
): Kept {
  const { choice, kept } = options;
  const count = kept.count - 1;
  const ids = kept.ids.filter((id) => id !== choice.member);
  if (
    kept.ids.indexOf(choice.member) >= NAMED ||
    ids.length === kept.ids.length
  )
    return { ...kept, count, ids };
  if (ids.length >= NAMED || ids.length === count) {
    const named = ids.slice(0, NAMED);
    const by = named.map((member) =>
      nicknameOf(database, { ...choice, member }),
    );
    return { count, by, ids };
  }
  const first = database.all<{ nickname: string; member: string }>(
    `SELECT nickname, member FROM reactions
     WHERE room = ? AND target = ? AND emoji = ? ORDER BY seq LIMIT ?`,
    choice.room,
    choice.target,
    choice.emoji,
    KNOWN,
  );
  return {
    count,
    by: first.slice(0, NAMED).map(({ nickname }) => nickname),
    ids: first.map(({ member }) => member),
  };
}

/** What somebody was called when they made a choice. */
function nicknameOf(database: Database, choice: Choice): string {
  const row = database.first<{ nickname: string }>(
    "SELECT nickname FROM reactions WHERE room = ? AND target = ? AND emoji = ? AND member = ?",
    choice.room,
    choice.target,
    choice.emoji,
    choice.member,
  );
  return row?.nickname ?? "";
}

/** Forgets every choice on a message. */
export function clearReactions(
  database: Database,
  message: { room: number; target: number },
): void {
  const { room, target } = message;
  database.run(
    "DELETE FROM reactions WHERE room = ? AND target = ?",
    room,
    target,
  );
  database.run(
    `UPDATE messages SET reactions = NULL
     WHERE room = ? AND seq = ? AND reactions IS NOT NULL`,
    room,
    target,
  );
}

/** The summary as `reader` sees it, their own choices marked; without one, as a stranger does. */
export function reactionsFor(
  database: Database,
  options: {
    room: number;
    target: number;
    summary: string;
    reader: string | undefined;
  },
): Required<Pick<Message, "reactions">> {
  const { room, target, reader } = options;
  // Written by writeSummary() below, so its shape is known.
  const summary = JSON.parse(options.summary) as Summary;
  const marked = Object.entries(summary).map(
    ([emoji, { ids, ...reaction }]) => {
      const isMine = (member: string) =>
        ids.includes(member) ||
        (reaction.count > ids.length &&
          hasReaction(database, { room, target, emoji, member }));
      const mine = reader !== undefined && isMine(reader);
      return [emoji, { ...reaction, mine }] as const;
    },
  );
  return { reactions: Object.fromEntries(marked) };
}

/** Tells whether a member is among those who reacted to any of `messages`. */
export function reactorsOf(
  database: Database,
  options: {
    room: number;
    messages: Iterable<{ seq: number; reactions: string | null }>;
  },
): (member: string) => boolean {
  const known = new Set<string>();
  /** Emoji that more members chose than a summary knows. */
  const crowds: Omit<Choice, "member">[] = [];
  for (const { seq: target, reactions } of options.messages) {
    if (reactions === null) continue;
    // Written by writeSummary() below, so its shape is known.
    const summary = JSON.parse(reactions) as Summary;
    for (const [emoji, { count, ids }] of Object.entries(summary)) {
      for (const id of ids) known.add(id);
      if (count === ids.length) continue;
      crowds.push({ room: options.room, target, emoji });
    }
  }
  return (member) =>
    known.has(member) ||
    crowds.some((crowd) => hasReaction(database, { ...crowd, member }));
}

/** Whether a message has `emoji` already, or few enough others. */
export function mayHave(
  database: Database,
  choice: { room: number; target: number; emoji: string },
): boolean {
  const summary = readSummary(database, choice);
  return choice.emoji in summary || Object.keys(summary).length < MAX_KINDS;
}

/** Whether a choice was made. */
export function hasReaction(database: Database, choice: Choice): boolean {
  return (
    database.first(
      "SELECT 1 AS found FROM reactions WHERE room = ? AND target = ? AND emoji = ? AND member = ?",
      choice.room,
      choice.target,
      choice.emoji,
      choice.member,
    ) !== undefined
  );
}

function readSummary(
  database: Database,
  message: { room: number; target: number },
): Summary {
  const row = database.first<{ reactions: string | null }>(
    "SELECT reactions FROM messages WHERE room = ? AND seq = ?",
    message.room,
    message.target,
  );
  // Written by writeSummary() below, so its shape is known.
  return row?.reactions ? (JSON.parse(row.reactions) as Summary) : {};
}

function writeSummary(
  database: Database,
  options: { room: number; target: number; summary: Summary },
): void {
  const { room, target, summary } = options;
  database.run(
    "UPDATE messages SET reactions = ? WHERE room = ? AND seq = ?",
    Object.keys(summary).length > 0 ? JSON.stringify(summary) : null,
    room,
    target,
  );
}
