/** Edits that were begun and are not saved: they outlive the page, in the tab they are made in. */
import type { Conversation } from "../conversation.ts";

/** The most that are kept; older ones are forgotten. */
const MAX_EDITS = 20;

/** A message, and the text it is to have. */
type Edit = readonly [seq: number, text: string];

/** The edits of one reader in one room. */
export interface KeptEdits {
  /** The text that the message `seq` was to have, if there is one. */
  find(seq: number): string | undefined;
  /** `seq` of the message that was edited last. */
  last(): number | undefined;
  /** Keeps `text` for the message `seq`, or nothing any more. */
  keep(seq: number, text?: string): void;
}

/** What is kept of `conversation`. */
export function keptEdits(conversation: Conversation): KeptEdits {
  const { client, own } = conversation;
  const key = () => `edits:${client.room}:${conversation.author}`;

  const load = (): readonly Edit[] => {
    try {
      // Written below, so its shape is known.
      return JSON.parse(own.getItem(key()) ?? "[]");
    } catch {
      return [];
    }
  };

  return {
    find: (wanted) => load().find(([seq]) => seq === wanted)?.[1],
    last: () => load().at(-1)?.[0],
    keep(seq, text) {
      const edits = load().filter(([other]) => other !== seq);
      if (text !== undefined) edits.push([seq, text]);
      conversation.act();
      if (edits.length === 0) own.removeItem(key());
      else own.setItem(key(), JSON.stringify(edits.slice(-MAX_EDITS)));
    },
  };
}
