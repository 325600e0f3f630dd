/** Topic and pinned message, above the log; from there one gets to the message. */
import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";
import { lineOf } from "./line_of.ts";

/** What the room of `conversation` is about. */
export function createNotices(
  conversation: Conversation,
  { Nickname, goTo }: ExtrasKit,
): Extension {
  const { client, redraw } = conversation;
  /** The pinned message, where it lies before what is loaded. */
  let fetched: Message | undefined;
  /** `seq` of what was asked for. */
  let asked: number | undefined;

  const fetchPinned = async (seq: number) => {
    asked = seq;
    const ref = `pinned-${seq}`;
    const page = await client
      .ask({ type: "history", around: seq, limit: 1, ref })
      .catch(() => undefined);
    fetched = page?.messages.find((message) => message.seq === seq);
    redraw();
  };

  const find = (seq: number): Message | undefined => {
    const { messages, live } = client.timeline;
    const loaded = messages.find((message) => message.seq === seq);
    if (!loaded && asked !== seq && live) fetchPinned(seq);
    return loaded ?? (fetched?.seq === seq ? fetched : undefined);
  };

  const off = client.on("event", (event) => {
    // Shown is what it says now.
    const isStale = event.type === "edited" && event.target === asked;
    if (isStale || event.type === "welcome") asked = undefined;
  });

  return {
    end: off,
    aboveLog() {
      const { strings } = conversation;
      const { topic, pinned } = client.timeline.settings ?? {};
      const message = pinned ? find(pinned) : undefined;
      if (!topic && !message) return undefined;
      return (
        // Something new is worth a look, even to who has folded what was there.
        <details key={`notices ${topic} ${pinned}`} class="notices" open>
          <summary>{strings.notices}</summary>
          {topic && (
            <p key="topic" class="subject" dir="auto">
              {topic}
            </p>
          )}
          {message && (
            <button
              key="pinned"
              type="button"
              class="line pin"
              onclick={() => goTo(message.seq)}
            >
              <span class="unseen">{strings.pinned}: </span>
              <Nickname {...message.author} /> {lineOf(message, strings)}
            </button>
          )}
        </details>
      );
    },
  };
}
