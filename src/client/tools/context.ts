/** The messages around one that lies far from the end, beside the timeline. */
import type { History, Message, RoomEvent } from "../../protocol/events.ts";
import { change } from "../changes.ts";
import type { ChatClient } from "../chat_client.ts";
import { isLogEvent } from "../timeline.ts";
import { createListeners, type Listeners } from "./listeners.ts";
import { reacted } from "./reactions.ts";

/** A part of the log that can be paged in both directions, kept up to date. */
export interface Context extends Pick<Listeners, "listen"> {
  /** Ascending, in their current state; a new array whenever anything in it changes. */
  readonly messages: readonly Message[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** Whether there are newer ones; if not, those to come are added as they are said. */
  readonly newer: boolean;
  /** Loads older ones; true while there are more. */
  loadOlder(limit?: number): Promise<boolean>;
  /** Loads newer ones; true while there are more. */
  loadNewer(limit?: number): Promise<boolean>;
  /** Listens no more. */
  end(): void;
}

/** Messages kept; beyond that those at the other end go, and can be loaded again. */
const MAX_MESSAGES = 1_000;

/** Contexts so far: a ref names the one that asked. */
let count = 0;

/**
 * What was said around the message `seq` in the room of `client`. That message itself is
 * missing where it is not kept any more.
 */
export async function openContext(
  client: ChatClient,
  seq: number,
): Promise<Context> {
  const id = `context${++count}`;
  const { listen, call } = createListeners();
  let messages: readonly Message[] = [];
  let more = false;
  let newer = false;

  const first = () => messages[0]?.seq ?? seq;
  const last = () => messages.at(-1)?.seq ?? seq;
  // A page is known by the message that it joins on to: one that was asked for before
  // that changed fits no more.
  const refs = {
    around: () => `${id}-around`,
    before: () => `${id}-before-${first()}`,
    after: () => `${id}-after-${last()}`,
  };

  function place(page: History) {
    switch (page.ref) {
      case refs.around():
        ({ messages, more } = page);
        newer = page.newer ?? false;
        return;
      case refs.before():
        newer ||= messages.length + page.messages.length > MAX_MESSAGES;
        messages = [...page.messages, ...messages].slice(0, MAX_MESSAGES);
        more = page.more;
        return;
      case refs.after():
        more ||= messages.length + page.messages.length > MAX_MESSAGES;
        messages = [...messages, ...page.messages].slice(-MAX_MESSAGES);
        newer = page.newer ?? false;
    }
  }

  // What is told right behind a page changes that page already, so that a promise would
  // come too late.
  function take(event: RoomEvent) {
    const before = messages;
    if (event.type === "history") place(event);
    else if (event.type === "message") {
      if (newer || event.seq <= last()) return;
      more ||= messages.length === MAX_MESSAGES;
      messages = [...messages, event].slice(-MAX_MESSAGES);
    } else if (isLogEvent(event)) {
      const options = { me: client.you?.id, changes: { reacted } };
      const next = messages.map((message) => change(message, event, options));
      if (next.some((message, index) => message !== messages[index]))
        messages = next;
    } else if (event.type === "welcome" && !event.resumed) {
      // What happened meanwhile will not be told.
      ask("around", seq).catch(() => {});
    }
    if (messages !== before) call();
  }

  function ask(where: keyof typeof refs, edge: number, limit?: number) {
    const ref = refs[where]();
    return client.ask({ type: "history", [where]: edge, limit, ref });
  }

  const off = client.on("event", take);
  try {
    await ask("around", seq);
  } catch (error) {
    off();
    throw error;
  }
  return {
    listen,
    end: off,
    get messages() {
      return messages;
    },
    get more() {
      return more;
    },
    get newer() {
      return newer;
    },
    async loadOlder(limit) {
      await ask("before", first(), limit);
      return more;
    },
    async loadNewer(limit) {
      await ask("after", last(), limit);
      return newer;
    },
  };
}
