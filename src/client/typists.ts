/** Who types right now. */
import type { Member } from "../protocol/events.ts";

/** The members who type, each until they stop or fall silent. */
export interface Typists {
  /** In the order they began; a new array whenever it changes. */
  readonly members: readonly Member[];
  /** `member` types, or has stopped. */
  set(member: Member, on: boolean): void;
  /** Nobody is known to type. */
  clear(): void;
}

/** Somebody who says nothing more has stopped after this time, in ms. */
const EXPIRY_MS = 6_000;

/** A room where nobody types. */
export function createTypists(
  onChange: (members: readonly Member[]) => void,
): Typists {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  let members: readonly Member[] = [];

  function set(member: Member, on: boolean) {
    const { id } = member;
    clearTimeout(timers.get(id));
    const was = timers.delete(id);
    if (on) timers.set(id, setTimeout(set, EXPIRY_MS, member, false));
    if (was === on) return;
    members = on
      ? [...members, member]
      : members.filter((other) => other.id !== id);
    onChange(members);
  }

  return {
    get members() {
      return members;
    },
    set,
    clear() {
      for (const member of members) set(member, false);
    },
  };
}
