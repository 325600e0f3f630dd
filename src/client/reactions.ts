/** Who chose which emoji on a message, as far as its readers are told. Pure. */
import type { Message, Reacted } from "../protocol/events.ts";

/** Emoji and how often each was chosen. */
export type Reactions = NonNullable<Message["reactions"]>;

/** How many nicknames a reaction names. */
const NAMED = 3;

/** The reactions after `event`, as the member `me` sees them. */
export function react(
  reactions: Reactions = {},
  { emoji, on, by: { id, nickname } }: Reacted,
  me: string | undefined,
): Reactions {
  const { [emoji]: before, ...others } = reactions;
  const { count, mine = false, by } = before ?? { count: 0, by: [] };
  const isMine = id === me;
  // A reaction counts once per member: twice on, or twice off, changes nothing. Beyond
  // the few who are named only the reader can be told from the rest.
  const isNamed = by.includes(nickname) || (!on && count > by.length);
  if ((isMine ? mine : isNamed) === on) return reactions;
  const names = by.filter((name) => name !== nickname);
  const next = {
    count: count + (on ? 1 : -1),
    mine: isMine ? on : mine,
    by: (on ? [...names, nickname] : names).slice(0, NAMED),
  };
  return next.count > 0 ? { ...reactions, [emoji]: next } : others;
}
