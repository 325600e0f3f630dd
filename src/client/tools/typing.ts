/** Who types right now, and telling the others that you do. */
import type { Member } from "../../protocol/events.ts";
import type { ChatClient } from "../chat_client.ts";
import { createListeners, type Listeners } from "./listeners.ts";

/** Somebody who says nothing more has stopped after this time, in ms. */
const EXPIRY_MS = 6_000;
/** You are said to type at most this often, in ms: the room drops what comes within 3 s. */
const TELL_MS = 3_200;

/** Typing in the room of one client. */
export interface Typists extends Pick<Listeners, "listen"> {
  /** The others who type, in the order they began; a new array whenever it changes. */
  readonly members: readonly Member[];
  /** Says whether you type; call it on each input. */
  tell(on: boolean): void;
  /** You sent something, which says by itself that you type no more. */
  sent(): void;
  /** Listens no more, and leaves no timer. */
  end(): void;
}

/** Follows who types in the room of `client`. */
export function createTyping(client: ChatClient): Typists {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const { listen, call } = createListeners();
  let members: readonly Member[] = [];
  /** When the room was last told that you type, and whether it takes you for silent. */
  let toldAt = 0;
  let isSilent = true;

  function note(member: Member, on: boolean) {
    const { id } = member;
    clearTimeout(timers.get(id));
    const was = timers.delete(id);
    if (on) timers.set(id, setTimeout(note, EXPIRY_MS, member, false));
    if (was === on) return;
    members = members.filter((other) => other.id !== id);
    if (on) members = [...members, member];
    call();
  }

  function clear() {
    for (const member of members) note(member, false);
  }

  const offs = [
    client.on("typing", ({ member, on }) => {
      if (member.id !== client.you?.id) note(member, on);
    }),
    // Nobody types who just spoke or left.
    client.on("message", ({ author }) => note(author, false)),
    client.on("left", ({ member }) => note(member, false)),
    client.on("status", (status) => {
      if (status !== "online") clear();
    }),
  ];

  return {
    get members() {
      return members;
    },
    listen,
    tell(on) {
      const now = Date.now();
      const isKnown = on ? now - toldAt < TELL_MS : isSilent;
      if (isKnown || !client.tell({ type: "typing", on })) return;
      isSilent = !on;
      if (on) toldAt = now;
    },
    sent() {
      isSilent = true;
    },
    end() {
      for (const off of offs) off();
      clear();
    },
  };
}
