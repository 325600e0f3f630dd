/** Who types: it passes and is not kept. Told in rooms small enough to care. */
import type { SessionContext } from "./room_options.ts";

/** A session's typing is told at most this often, in ms; readers forget it after twice that. */
const TYPING_PERIOD = 3_000;

/** Tells the other members that one types, or has stopped: seldom, and not what they know. */
export function tellTyping(
  context: SessionContext,
  typing: { on: boolean; now: number },
): void {
  if (context.presence.crowded) return;
  const { on, now } = typing;
  const { member, typed } = context.session;
  if (typed && now - typed.at < TYPING_PERIOD) return;
  if (!on && !typed?.on) return;
  context.session.update({ typed: { on, at: now } });
  context.fanOut.broadcast(
    { type: "typing", member, on },
    (other) => other.member.id !== member.id,
  );
}
