import { announce } from "./announcer.ts";
import type { Conversation } from "./conversation.ts";
import type { Part } from "./part.ts";
import { errorText } from "./strings.ts";

/** Shorter breaks are not worth a word. */
const PATIENCE_MS = 2_000;

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
  let said: string | undefined;

  const problem = () => {
    const { strings } = conversation;
    if (client.status === "closed")
      return errorText(strings, client.closeReason?.error) ?? strings.closed;
    if (!hasWaited) return undefined;
    if (!navigator.onLine) return strings.offline;
    // A server that never answered is probably not there.
    return client.status === "waiting" && !client.you
      ? strings.unreachable
      : strings.connecting;
  };

  return {
    end() {
      clearTimeout(timer);
      timer = undefined;
      hasWaited = false;
    },
    draw() {
      const { status } = client;
      if (status === "waiting" || status === "connecting")
        timer ??= setTimeout(() => {
          hasWaited = true;
          redraw();
        }, PATIENCE_MS);
      else this.end();
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
