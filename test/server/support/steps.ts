/** What may happen in a world: steps that a generator draws, and what their numbers stand for. */
import type { RoomModel } from "./model.ts";

/** A number stands for the person, reader or place that it is taken modulo of. */
export type Index = number;

/** What may happen next. */
export type Step =
  | { do: "join"; who: Index; place: Index }
  | {
      do: "send";
      reader: Index;
      text: string;
      replyTo: Index | undefined;
      mentions: Index[] | undefined;
    }
  | { do: "repeat" | "conflict"; reader: Index; command: Index; retry: boolean }
  | {
      do: "edit" | "delete" | "react";
      reader: Index;
      target: Index;
      text: string;
      emoji: string;
      on: boolean;
      mentions: Index[] | undefined;
    }
  | ({ do: "burst" } & Burst)
  | { do: "page"; reader: Index; before: Index | undefined; limit: number }
  | { do: "drop"; reader: Index }
  | { do: "resume"; reader: Index; back: Index | undefined }
  | { do: "lose"; reader: Index; text: string; evict: boolean }
  | { do: "misresume"; who: Index; place: Index; above: number | undefined }
  | { do: "evict"; place: Index };

/** Everybody in a room sends at once. */
export interface Burst {
  place: Index;
  /** Messages that each session sends. */
  count: number;
  /** Whether each message is sent twice. */
  twice: boolean;
  evict: boolean;
  /** Who joins meanwhile. */
  joiner: Index | undefined;
}

/** Mostly one of the newest messages, sometimes what is none, or not yet. */
export function recent(model: RoomModel, index: number): number {
  const messages = model.page("", { limit: 3 }).messages;
  if (index % 7 > 0) return messages.at(-1 - (index % 3))?.seq ?? 1;
  return Math.max(1, model.head + 1 - (index % 5));
}

/** The item that a number stands for. */
export function one<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError("Cannot pick: there is none");
  return item;
}
