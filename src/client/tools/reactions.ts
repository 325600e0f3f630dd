/** Who chose which emoji on a message, as far as its readers are told. */
import type { Message, Reacted } from "../../protocol/events.ts";
import type { ChatClient } from "../chat_client.ts";

/** How many nicknames a reaction names. */
const NAMED = 3;

/**
 * `message` after somebody added or took back a reaction, as the member `me` sees it. Give
 * it to a client to keep the `reactions` of its messages up to date:
 * `new ChatClient(url, { project, changes: { reacted } })`.
 */
export function reacted(
  message: Message,
  { emoji, on, by: { id, nickname }, names = [] }: Reacted,
  me: string | undefined,
): Message {
  const { reactions = {}, ...rest } = message;
  const { [emoji]: before, ...others } = reactions;
  const { count, mine = false, by } = before ?? { count: 0, by: [] };
  const next = {
    // The log has only what changes something, and a reader applies it once.
    count: count + (on ? 1 : -1),
    mine: id === me ? on : mine,
    by: on ? [...by, nickname].slice(0, NAMED) : names,
  };
  if (next.count > 0)
    return { ...rest, reactions: { ...reactions, [emoji]: next } };
  return Object.keys(others).length > 0 ? { ...rest, reactions: others } : rest;
}

/** Adds (`on`) or takes back a reaction of yours to the message `seq`. */
export function react(
  client: ChatClient,
  reaction: {
    readonly seq: number;
    readonly emoji: string;
    readonly on: boolean;
  },
): Promise<Reacted> {
  return client.ask({ type: "react", ...reaction });
}
