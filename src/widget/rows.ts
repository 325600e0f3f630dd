/**
 * From messages to rows: which start a day, which start a group, and in which block of
 * the log they stand. Blocks keep their borders when messages are added at either end. Pure.
 */
import type { Message } from "../client/mod.ts";
import { dayOf } from "./formats.ts";

/** Messages of one author this close together share one head. */
export const GROUP_MS = 5 * 60_000;
/** Width of a block in `seq`; so a block holds at most this many messages. */
export const BLOCK_SIZE = 50;

/** What decides how a row joins the row before it. */
export interface Placed {
  readonly at: number;
  readonly author: { readonly id: string };
}

/** Whether a row begins a calendar day of the reader. */
export function startsDay(row: Placed, before: Placed | undefined): boolean {
  return before === undefined || dayOf(row.at) !== dayOf(before.at);
}

/** Whether a row shows its author rather than continuing the row before. */
export function startsGroup(row: Placed, before: Placed | undefined): boolean {
  return (
    startsDay(row, before) ||
    before?.author.id !== row.author.id ||
    row.at - before.at > GROUP_MS
  );
}

/** Id of the block that the message `seq` is in. */
export function blockOf(seq: number): number {
  return Math.floor(seq / BLOCK_SIZE);
}

/** `messages` by block, both in their order. */
export function toBlocks(
  messages: readonly Message[],
): [id: number, messages: Message[]][] {
  return [...Map.groupBy(messages, ({ seq }) => blockOf(seq))];
}
