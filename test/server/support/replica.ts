/** What one reader makes of the events that it was told: the simplest thing that could be right. */
import type {
  LogEvent,
  Message,
  Moderated,
} from "../../../src/protocol/mod.ts";

interface Shown {
  message: Message;
  /** Emoji, and who chose it, in order. */
  reactions: Map<string, Map<string, string>>;
}

const NAMED = 3;

/** The state of one reader, made of nothing but the events that the reader was told. */
export class Replica {
  cursor = 0;
  readonly #shown = new Map<number, Shown>();

  /** A reader who was there for all of `events`, and then left. */
  static of(events: readonly LogEvent[]): Replica {
    const replica = new Replica();
    for (const event of events) replica.apply(event);
    return replica;
  }

  /** Applies the next event, drops a known one; throws when one is missing (rule R4). */
  apply(event: LogEvent): void {
    if (event.seq <= this.cursor) return;
    if (event.seq !== this.cursor + 1) {
      throw new Error(`Gap: event ${event.seq} came after ${this.cursor}`);
    }
    this.cursor = event.seq;
    if (event.type === "message") {
      this.#shown.set(event.seq, { message: event, reactions: new Map() });
      return;
    }
    if (event.type === "moderated") {
      if (event.action === "purge") this.#purge(event);
      return;
    }
    const shown = this.#shown.get(event.target);
    if (!shown) return;
    switch (event.type) {
      case "edited": {
        const { text, at: editedAt, mentions } = event;
        const meant = mentions && { mentions };
        shown.message = { ...shown.message, text, editedAt, ...meant };
        return;
      }
      case "deleted":
        return erase(shown, event.by.id);
      case "reacted": {
        const members = shown.reactions.get(event.emoji) ?? new Map();
        if (!event.on) members.delete(event.by.id);
        else if (!members.has(event.by.id)) {
          members.set(event.by.id, event.by.nickname);
        }
        if (members.size > 0) shown.reactions.set(event.emoji, members);
        else shown.reactions.delete(event.emoji);
      }
    }
  }

  #purge({ by, member, since = 0 }: Moderated): void {
    for (const shown of this.#shown.values()) {
      const { author, at } = shown.message;
      if (author.id === member?.id && at >= since) erase(shown, by.id);
    }
  }

  /** The message `seq` without reactions, as it is now. */
  message(seq: number): Message | undefined {
    return this.#shown.get(seq)?.message;
  }

  /** Whether `member` has chosen the emoji on the message `seq`. */
  stands({ seq, emoji }: { seq: number; emoji: string }, member: string) {
    return this.#shown.get(seq)?.reactions.get(emoji)?.has(member) === true;
  }

  /** The first who have chosen the emoji, but for `member`. */
  namesWithout({ seq, emoji }: { seq: number; emoji: string }, member: string) {
    const chosen = this.#shown.get(seq)?.reactions.get(emoji) ?? new Map();
    const others = [...chosen].filter(([id]) => id !== member);
    return others.slice(0, NAMED).map(([, nickname]) => nickname);
  }

  /** All messages as `reader` sees them, ascending. */
  messages(reader: string): Message[] {
    return Array.from(this.#shown.values(), ({ message, reactions }) => ({
      ...message,
      ...(reactions.size > 0 && {
        reactions: Object.fromEntries(
          Array.from(reactions, ([emoji, members]) => [
            emoji,
            {
              count: members.size,
              mine: members.has(reader),
              by: [...members.values()].slice(0, NAMED),
            },
          ]),
        ),
      }),
    }));
  }
}

function erase(shown: Shown, by: string): void {
  const { type, seq, nonce, at, author, deleted, moderated } = shown.message;
  const kept = { type, seq, nonce, at, author, text: "" };
  // What was deleted before stays as it was.
  const isOthers = (deleted ? moderated : by !== author.id) && {
    moderated: true as const,
  };
  shown.message = { ...kept, deleted: true, ...isOthers };
  shown.reactions.clear();
}
