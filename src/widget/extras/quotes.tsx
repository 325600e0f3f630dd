/** Above an answer, what it answers; from there one gets to the original. */
import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** The quotes in the log of `conversation`. */
export function createQuotes(
  conversation: Conversation,
  { Nickname, fill, panel }: Kit,
): Extension {
  const { client } = conversation;
  /** Originals that lie before what is loaded; `undefined` where none is kept any more. */
  const fetched = new Map<number, Message | undefined>();
  const wanted = new Set<number>();

  const find = (seq: number): Message | undefined =>
    conversation.find(seq) ?? fetched.get(seq);

  /** Fetches what is wanted one by one, and draws once. */
  const fetchWanted = async () => {
    for (const seq of wanted) {
      const ref = `quote-${seq}`;
      const page = await client
        .ask({ type: "history", around: seq, limit: 1, ref })
        .catch(() => undefined);
      if (!page) break;
      const original = page.messages.find((message) => message.seq === seq);
      fetched.set(seq, original);
    }
    wanted.clear();
    panel.redrawRows();
  };

  const want = (seq: number) => {
    if (fetched.has(seq) || !client.timeline.live) return;
    wanted.add(seq);
    if (wanted.size === 1) queueMicrotask(fetchWanted);
  };

  const off = client.on("event", (event) => {
    const isChange = event.type === "edited" || event.type === "deleted";
    if (!isChange && event.type !== "moderated") return;
    // A quote shows the original as it is now.
    if (event.type === "moderated") fetched.clear();
    else if (event.target) fetched.delete(event.target);
    panel.redrawRows();
  });

  return {
    end: off,
    aboveText({ replyTo }) {
      if (!replyTo) return undefined;
      const { strings } = conversation;
      const original = find(replyTo);
      if (!original) want(replyTo);
      const isGone = original?.deleted || (!original && fetched.has(replyTo));
      const text = isGone ? strings.deleted : (original?.text ?? "…");
      const nickname = original?.author.nickname ?? "";
      return (
        <button
          key="quote"
          type="button"
          class="quoted line"
          tabindex={-1}
          aria-label={fill(strings.quoted, { nickname, text })}
          onclick={() => panel.show(replyTo)}
        >
          {original && <Nickname {...original.author} />} {text}
        </button>
      );
    },
  };
}
