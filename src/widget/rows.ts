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

/** A run of consecutive messages that is drawn and kept as one. */
export interface Block {
  readonly id: number;
  /** The message before the first, which decides how the first is drawn. */
  readonly before: Message | undefined;
  readonly messages: readonly Message[];
}

/** Whether a row begins a calendar day of the reader. */
export function startsDay(row: Placed, before: Placed | undefined): boolean {
  return before === undefined || dayOf(row.at) !== dayOf(before.at);
}

/** Whether a row shows its author rather than continuing the row before. */
export function startsGroup(row: Placed, before: Placed | undefined): boolean {
  return (
    before === undefined ||
    before.author.id !== row.author.id ||
    row.at - before.at > GROUP_MS ||
    startsDay(row, before)
  );
}

/** `messages` as blocks; blocks of `known` whose content is unchanged are kept as they are. */
export function toBlocks(
  messages: readonly Message[],
  known: readonly Block[] = [],
): Block[] {
  const knownById = new Map(known.map((block) => [block.id, block]));
  const blocks: Block[] = [];
  let start = 0;
  while (start < messages.length) {
    const id = blockIdAt(messages, start);
    let end = start + 1;
    while (end < messages.length && blockIdAt(messages, end) === id) end++;
    const fresh: Block = {
      id,
      before: messages[start - 1],
      messages: messages.slice(start, end),
    };
    const old = knownById.get(id);
    blocks.push(old && isSame(old, fresh) ? old : fresh);
    start = end;
  }
  return blocks;
}

/** `seq` if that message is in `block`. */
export function seqIn(
  block: Block,
  seq: number | undefined,
): number | undefined {
  const isIn = block.messages.some((message) => message.seq === seq);
  return isIn ? seq : undefined;
}

function blockIdAt(messages: readonly Message[], index: number): number {
  return Math.floor((messages[index]?.seq ?? 0) / BLOCK_SIZE);
}

function isSame(left: Block, right: Block): boolean {
  return (
    left.before === right.before &&
    left.messages.length === right.messages.length &&
    left.messages.every((message, index) => message === right.messages[index])
  );
}
