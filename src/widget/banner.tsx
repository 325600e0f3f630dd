import { announce } from "./announcer.ts";
import type { Conversation } from "./conversation.ts";
import type { Part } from "./part.ts";
import { errorText } from "./strings.ts";

/** Shorter breaks are not worth a word. */
const PATIENCE_MS = 2_000;
/** How long a message may take, in ms. */
const SLOW_MS = 10_000;

/** Says what is wrong with the connection, and offers to mend it. */
export interface Banner extends Part {
  /** Leaves no timer. */
  end(): void;
}

/** The banner of `conversation`. */
export function createBanner(conversation: Conversation): Banner {
  const { client, redraw } = conversation;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasWaited = false;
  /** What it waits for: an answer to the message of that nonce, or a connection. */
  let waitsFor: string | undefined;
  /** Said once in an outage, it is said until the end of it. */
  let isUnreachable = false;
  let said: string | undefined;

  const problem = () => {
    const { extensions, strings } = conversation;
    const own = extensions.map(({ problem }) => problem?.()).find(Boolean);
    if (own) return own;
    const { status, closeReason, you } = client;
    const { error } = closeReason ?? {};
    if (status === "closed")
      return (
        (error === "bad_request"
          ? strings.bad_request
          : errorText(strings, error)) ?? strings.closed
      );
    if (!navigator.onLine) return strings.offline;
    if (!hasWaited) return undefined;
    if (status === "online") return strings.sending;
    // A server that never answered is probably not there.
    isUnreachable ||= status === "waiting" && !you;
    return isUnreachable ? strings.unreachable : strings.connecting;
  };

  const wait = (next: string | undefined) => {
    if (next === waitsFor) return;
    clearTimeout(timer);
    waitsFor = next;
    hasWaited = isUnreachable = false;
    if (next !== undefined)
      timer = setTimeout(
        () => {
          hasWaited = true;
          redraw();
        },
        next ? SLOW_MS : PATIENCE_MS,
      );
  };

  return {
    end: () => wait(undefined),
    draw() {
      const { status, timeline } = client;
      const isAway = status === "waiting" || status === "connecting";
      const [oldest] = timeline.pending.filter(({ error }) => !error);
      wait(isAway ? "" : oldest?.nonce);
      const text = problem();
      if (text && text !== said) announce(text);
      said = text;
      return (
        text && (
          <div
            class={status === "closed" ? "banner over" : "banner"}
            part="banner"
          >
            <span>{text}</span>
            <button type="button" onclick={() => client.reconnect()}>
              {conversation.strings.reconnect}
            </button>
          </div>
        )
      );
    },
  };
}
