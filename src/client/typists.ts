/** Who types right now. */
import type { Member } from "../protocol/events.ts";

/** Somebody who says nothing more has stopped after this time, in ms. */
const EXPIRY_MS = 6_000;

/**
 * Gives a function to be told that a member types, or has stopped. It calls
 * `onChange` with all who type, in the order they began, when they change.
 */
export function createTypists(
  onChange: (members: readonly Member[]) => void,
): (member: Member, on: boolean) => void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let members: readonly Member[] = [];
  return function tell(member, on) {
    const { id } = member;
    clearTimeout(timers.get(id));
    const was = timers.delete(id);
    if (on) timers.set(id, setTimeout(tell, EXPIRY_MS, member, false));
    if (was === on) return;
    members = members.filter((other) => other.id !== id);
    if (on) members = [...members, member];
    onChange(members);
  };
}
