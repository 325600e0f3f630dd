/** What may enter the log, and that it enters once. The same for sockets and for HTTP. */
import {
  type CommandOf,
  isProblem,
  type LogCommand,
  type Member,
  type Message,
  may,
  type Problem,
  type Reacted,
} from "../../protocol/mod.ts";
import type { Entry } from "../frames.ts";
import { fingerprint } from "../log/fingerprint.ts";
import type { Log, Origin } from "../log/log.ts";
import type { Find } from "../log/mentions.ts";
import {
  NONCE_CONFLICT,
  NOT_FOUND,
  NOT_YOURS,
  STORAGE_FULL,
  TOO_MANY_EMOJI,
  TOO_MANY_ROOMS,
} from "../problems.ts";
import type { RoomStore } from "./room_store.ts";

/** What became of a command: an event for everybody, or for its sender alone, or nothing. */
export type Outcome =
  | { readonly kind: "appended"; readonly event: Entry }
  | { readonly kind: "repeated"; readonly event: Entry }
  | { readonly kind: "refused"; readonly problem: Problem };

/** What somebody asks for, and what it depends on besides the log. */
export interface Asked {
  readonly by: Member;
  /** Hash of the address that a guest comes from. */
  readonly address?: string | undefined;
  readonly command: LogCommand;
  /** The clock, in ms since 1970. */
  readonly now: number;
  /** Whether the project holds as much as it may. */
  readonly full: boolean;
  /** Who is here, and so may be meant; by default nobody. */
  readonly here?: Find;
}

/** Appends what `command` asks, unless it was appended before or may not be. */
export function append(store: RoomStore, asked: Asked): Outcome {
  const { log } = store;
  const { by, command, now, full, here = () => undefined } = asked;
  const origin: Origin = {
    by,
    nonce: command.nonce,
    print: fingerprint(command),
    now,
  };
  const seen = log.seen(origin, { deep: command.retry === true });
  // Once retention has dropped its event, a command counts as new.
  if (seen && seen.seq >= log.oldest) {
    if (seen.print !== origin.print) {
      return refused(NONCE_CONFLICT);
    }
    const { seq } = seen;
    const encoded = seen.answer ?? log.history.event(seq);
    if (encoded !== undefined) {
      return { kind: "repeated", event: { encoded, seq } };
    }
  }
  const { address } = asked;
  const subject = { member: by, address };
  const objection = store.sendPolicy.objection(subject, { command, now });
  if (objection) return refused(objection);
  if (full && grows(command)) return refused(STORAGE_FULL);
  if (command.type === "react" && isSoAlready(log, { by, command })) {
    const event = unchanged(log, { origin, command });
    log.remember(origin, event.encoded);
    return { kind: "repeated", event };
  }
  const event = enter(store, { origin, command, here });
  if (isProblem(event)) return refused(event);
  return { kind: "appended", event };
}

/** What becomes of a command, as far as that is clear: it was appended before, or may not be. */
export function foresee(
  { log, sendPolicy }: RoomStore,
  asked: Pick<Asked, "by" | "address" | "command" | "now">,
): "repeated" | Problem | undefined {
  const { by, address, command, now } = asked;
  const { nonce, retry: deep = false } = command;
  const seen = log.seen({ by, nonce }, { deep });
  if (seen && seen.seq >= log.oldest) return "repeated";
  return sendPolicy.objection({ member: by, address }, { command, now });
}

function enter(
  store: RoomStore,
  entry: { origin: Origin; command: LogCommand; here: Find },
): Entry | Problem {
  const { origin, command, here } = entry;
  if (command.type === "send") return say(store, { origin, command, here });
  const { log, moderation } = store;
  // A change is more than one row.
  return moderation.atomically(() => {
    if (command.type !== "moderate") {
      return change(store, { origin, command, here });
    }
    return log.open(origin.by)
      ? moderation.act(origin, command)
      : TOO_MANY_ROOMS;
  });
}

function say(
  store: RoomStore,
  entry: { origin: Origin; command: CommandOf<"send">; here: Find },
): Entry | Problem {
  const { log, slowMode } = store;
  const { origin, command, here } = entry;
  const { text, replyTo } = command;
  if (replyTo !== undefined && !log.history.message(replyTo)) return NOT_FOUND;
  const { mentions, file } = command;
  const attached = log.resolve({ by: origin.by.id, mentions, file, here });
  if (isProblem(attached)) return attached;
  if (!log.open(origin.by)) return TOO_MANY_ROOMS;
  const content = { text, replyTo, ...attached };
  // A message is one row, unless something hangs on it.
  const said =
    attached.mentions.length === 0 && !attached.file
      ? log.appendMessage(origin, content)
      : log.atomically(() => log.appendMessage(origin, content));
  slowMode.spoke(origin.by.id, log.lastAt);
  return said;
}

interface Change {
  readonly origin: Origin;
  readonly command: Exclude<LogCommand, { type: "send" | "moderate" }>;
  readonly here: Find;
}

function change(store: RoomStore, entry: Change): Entry | Problem {
  const { origin, command } = entry;
  const target = store.log.history.message(command.seq);
  if (!target || target.deleted) return NOT_FOUND;
  const { by, now: at } = origin;
  const { type: action } = command;
  if (action === "react" || target.author.id === by.id) {
    return changeTarget(store, { ...entry, target });
  }
  if (!may(by.role, `${action}_any`)) return NOT_YOURS;
  const event = changeTarget(store, { ...entry, target });
  if (!isProblem(event)) {
    store.moderation.note(by, { action, target: target.seq, at });
  }
  return event;
}

function changeTarget(
  store: RoomStore,
  entry: Change & { target: Message },
): Entry | Problem {
  const { log, moderation } = store;
  const { origin, command, here, target } = entry;
  switch (command.type) {
    case "edit": {
      // Who was meant before may be meant still.
      const known = (id: string) =>
        target.mentions?.find((mention) => mention.id === id) ?? here(id);
      const { text, mentions: ids } = command;
      const named = { by: origin.by.id, mentions: ids, here: known };
      const attached = log.resolve(named);
      if (isProblem(attached)) return attached;
      const mentions = ids && attached.mentions;
      return log.changes.edit(origin, { target, text, mentions });
    }
    case "delete":
      moderation.unpin(target.seq);
      return log.changes.delete(origin, target);
    case "react": {
      const { emoji, on } = command;
      if (on && !log.changes.mayHave(target.seq, emoji)) return TOO_MANY_EMOJI;
      return log.changes.react(origin, { target, emoji, on });
    }
  }
}

/** Whether a message has the reaction, or lacks it, as the command wants. */
function isSoAlready(
  log: Log,
  asked: { by: Member; command: CommandOf<"react"> },
): boolean {
  const { seq: target, emoji, on } = asked.command;
  const message = log.history.message(target);
  if (!message || message.deleted) return false;
  return log.changes.stands({ target, emoji, on, member: asked.by.id });
}

/** The answer to a reaction that is so already: it is in no log, and so is not counted. */
function unchanged(
  log: Log,
  asked: { origin: Origin; command: CommandOf<"react"> },
): Entry {
  const { origin, command } = asked;
  const event: Reacted = {
    type: "reacted",
    seq: log.head,
    nonce: origin.nonce,
    at: log.lastAt,
    by: origin.by,
    target: command.seq,
    emoji: command.emoji,
    on: command.on,
  };
  return { encoded: JSON.stringify(event) };
}

/** A full project can still be made smaller. */
function grows(command: LogCommand): boolean {
  return !(
    command.type === "delete" ||
    command.type === "moderate" ||
    (command.type === "react" && !command.on)
  );
}

function refused(problem: Problem): Outcome {
  return { kind: "refused", problem };
}
