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
  { emoji, on, by: { id, nickname } }: Reacted,
  me: string | undefined,
): Message {
  const { [emoji]: before, ...others } = message.reactions ?? {};
  const { count, mine = false, by } = before ?? { count: 0, by: [] };
  const isMine = id === me;
  // A reaction counts once per member: twice on, or twice off, changes nothing. Beyond
  // the few who are named only the reader can be told from the rest.
  const isNamed = by.includes(nickname) || (!on && count > by.length);
  if ((isMine ? mine : isNamed) === on) return message;
  const names = by.filter((name) => name !== nickname);
  const next = {
    count: count + (on ? 1 : -1),
    mine: isMine ? on : mine,
    by: (on ? [...names, nickname] : names).slice(0, NAMED),
  };
  const reactions =
    next.count > 0 ? { ...message.reactions, [emoji]: next } : others;
  return { ...message, reactions };
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
