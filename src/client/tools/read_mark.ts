/** How far you have read: told to the room, and heard from your other devices. */
import type { ChatClient } from "../chat_client.ts";
import { createListeners, type Listeners } from "./listeners.ts";

/** The room is told at most this often, in ms. */
const TELL_MS = 2_000;

/** Your read mark in the room of one client. */
export interface ReadMark extends Pick<Listeners, "listen"> {
  /** Highest `seq` that you have read, on whatever device; 0 when that is not known. */
  readonly seq: number;
  /** Everything up to `seq` was read; a lower one than before is passed over. */
  tell(seq: number): void;
  /** Tells what waits, listens no more, and leaves no timer. */
  end(): void;
}

/**
 * Keeps your mark in the room of `client`. `known` is what this device remembers: the
 * room remembers the marks of members who signed in, not those of guests.
 */
export function createReadMark(client: ChatClient, known = 0): ReadMark {
  const { listen, call } = createListeners();
  let seq = known;
  /** What the room knows; anew with each connection. */
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    stop();
    if (seq <= told || !client.tell({ type: "read", seq })) return;
    told = seq;
    timer = setTimeout(flush, TELL_MS);
  }

  function stop() {
    clearTimeout(timer);
    timer = undefined;
  }

  function raise(next: number) {
    if (next <= seq) return;
    seq = next;
    call();
  }

  const offs = [
    client.on("welcome", ({ read = 0, head }) => {
      told = read;
      // Of a history that was reset everything is new, and nothing unread.
      if (seq > head) seq = head;
      raise(read);
    }),
    client.on("live", flush),
    client.on("read", ({ member, seq }) => {
      if (member.id === client.you?.id) raise(seq);
    }),
    client.on("message", ({ author, seq }) => {
      if (author.id !== client.you?.id) return;
      // Who answers has read, and may go right after it.
      raise(seq);
      flush();
    }),
    client.on("status", stop),
  ];
  return {
    listen,
    get seq() {
      return seq;
    },
    tell(next) {
      raise(next);
      if (timer === undefined) flush();
    },
    end() {
      for (const off of offs) off();
      flush();
      stop();
      // What waited for its turn would be unread on other devices.
      flush();
      stop();
    },
  };
}
