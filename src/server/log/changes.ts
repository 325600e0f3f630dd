/** How a message changes: its text, its end, its reactions. Each change is an event of the log. */
import type {
  Deleted,
  Edited,
  Mention,
  Message,
  Reacted,
} from "../../protocol/mod.ts";
import type { Entry } from "../frames.ts";
import type { Database } from "../storage/database.ts";
import { eraseMessage } from "./erase.ts";
import { rewriteMessage } from "./log_rows.ts";
import { addMentions, clearMentions, sameMentions } from "./mentions.ts";
import {
  addReaction,
  hasReaction,
  mayHave,
  removeReaction,
} from "./reactions.ts";

/** What a change of a message carries, before it says which change. */
type Base = Omit<Deleted, "type">;

/** What changes need of the log that they are appended to. */
export interface ChangeLog<Origin> {
  readonly id: number;
  next(origin: Origin, target: Message): Base;
  appendChange(
    event: Edited | Deleted | Reacted,
    options: { origin: Origin; stored?: Edited },
  ): Entry;
}

/** Changes messages of one room; `target` is the message as it is now. */
export class Changes<Origin> {
  readonly #database: Database;
  readonly #log: ChangeLog<Origin>;

  constructor(database: Database, log: ChangeLog<Origin>) {
    this.#database = database;
    this.#log = log;
  }

  /** Gives `target` a new text and, if that is said, other members who are meant. */
  edit(
    origin: Origin,
    change: {
      target: Message;
      text: string;
      mentions?: readonly Mention[] | undefined;
    },
  ): Entry {
    const { target, text } = change;
    const base = this.#log.next(origin, target);
    const { mentions = target.mentions } = change;
    const isNews = !sameMentions(mentions, target.mentions);
    // Nobody any more is an empty list, as it is for who applies the event.
    const now = isNews && { mentions: mentions ?? [] };
    const message: Message = { ...target, text, editedAt: base.at, ...now };
    const room = this.#log.id;
    rewriteMessage(this.#database, { room, message });
    const event: Edited = { type: "edited", ...base, text };
    // The text has one home, the message: whoever replays the edit is given it from
    // there, and a deletion erases all of it at once. So have the mentions.
    const stored = { ...event, text: "" };
    if (!isNews) return this.#log.appendChange(event, { origin, stored });
    clearMentions(this.#database, { room, message: target });
    addMentions(this.#database, { room, message });
    return this.#log.appendChange(
      { ...event, ...now },
      { origin, stored: { ...stored, mentions: [] } },
    );
  }

  /** Erases `target` and all that hangs on it. */
  delete(origin: Origin, target: Message): Entry {
    const base = this.#log.next(origin, target);
    const { id: room } = this.#log;
    const by = base.by.id;
    eraseMessage(this.#database, { room, message: target, by });
    return this.#log.appendChange({ type: "deleted", ...base }, { origin });
  }

  /** Adds a reaction to `target`, or takes it back. */
  react(
    origin: Origin,
    change: { target: Message; emoji: string; on: boolean },
  ): Entry {
    const { target, emoji, on } = change;
    const base = this.#log.next(origin, target);
    const { id: member, nickname } = base.by;
    const choice = this.#choice({ target: target.seq, emoji, member });
    const event: Reacted = { type: "reacted", ...base, emoji, on };
    if (on) {
      addReaction(this.#database, { ...choice, seq: base.seq, nickname });
      return this.#log.appendChange(event, { origin });
    }
    // A reader knows how many there are, but not who comes next.
    const names = removeReaction(this.#database, choice);
    if (names.length > 0) {
      return this.#log.appendChange({ ...event, names }, { origin });
    }
    return this.#log.appendChange(event, { origin });
  }

  /** Whether `member` has chosen (or not) as `on` says. */
  stands(choice: {
    target: number;
    emoji: string;
    member: string;
    on: boolean;
  }): boolean {
    return hasReaction(this.#database, this.#choice(choice)) === choice.on;
  }

  /** Whether a message may have `emoji` among its reactions. */
  mayHave(target: number, emoji: string): boolean {
    return mayHave(this.#database, { room: this.#log.id, target, emoji });
  }

  #choice(choice: { target: number; emoji: string; member: string }) {
    const { target, emoji, member } = choice;
    return { room: this.#log.id, target, emoji, member };
  }
}
