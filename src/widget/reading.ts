/** What the reader has seen of a conversation. Pure. */
import type { Message } from "../client/mod.ts";

/** What there is to read, and whether anybody reads it. */
export interface Sight {
  readonly messages: readonly Message[];
  /** Highest `seq` of the room. */
  readonly head: number;
  /** Up to where you have read elsewhere, if the room knows. */
  readonly known?: number | undefined;
  /** Your own member id; your messages are never unread. */
  readonly you: string | undefined;
  /** Whether the end of the conversation is before the reader's eyes. */
  readonly attentive: boolean;
}

/** Counts unread messages and remembers where they began. */
export class Reading {
  /** Highest `seq` that was seen; undefined before the conversation is loaded. */
  upTo: number | undefined;
  /** Messages of others that were not seen. */
  unread = 0;
  /** The first unread message; stays while the reader reads on from it. */
  divider: number | undefined;
  #attentive = false;

  constructor(upTo?: number) {
    this.upTo = upTo;
  }

  /** Takes in what there is now. */
  update({ messages, head, known, you, attentive }: Sight): void {
    if (!attentive && this.#attentive) this.divider = undefined;
    // What was said before the first visit is history; a reset history starts anew.
    const upTo = Math.min(
      Math.max(this.upTo ?? known ?? head, known ?? 0),
      head,
    );
    const fresh = messages.filter(
      ({ seq, deleted, author }) => seq > upTo && !deleted && author.id !== you,
    );
    // Somebody who watches a message arrive needs no line above it.
    if (!attentive || !this.#attentive) this.divider ??= fresh[0]?.seq;
    this.upTo = attentive ? head : upTo;
    this.unread = attentive ? 0 : fresh.length;
    this.#attentive = attentive;
  }
}
