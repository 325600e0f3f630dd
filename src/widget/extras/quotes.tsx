/** Above an answer, what it answers; from there one gets to the original. */
import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";
import { lineOf } from "./line_of.ts";

/** The quotes in the log of `conversation`. */
export function createQuotes(
  conversation: Conversation,
  { Nickname, fill, goTo, panel }: ExtrasKit,
): Extension {
  const { client } = conversation;
  /** Originals that lie before what is loaded; `undefined` where none is kept any more. */
  const fetched = new Map<number, Message | undefined>();
  const wanted = new Set<number>();
  /** Those that could not be fetched, and are not asked for again without a reason. */
  const missing = new Set<number>();
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const retry = () => {
    missing.clear();
    panel.redrawRows();
  };

  const find = (seq: number): Message | undefined =>
    conversation.find(seq) ?? fetched.get(seq);

  /** Fetches what is wanted one by one, and draws once if there is something new. */
  const fetchWanted = async () => {
    let isNew = false;
    for (const seq of wanted) {
      const ref = `quote-${seq}`;
      try {
        const { messages } = await client.ask({
          type: "history",
          around: seq,
          limit: 1,
          ref,
        });
        isNew = true;
        const original = messages.find((message) => message.seq === seq);
        fetched.set(seq, original);
      } catch (error) {
        missing.add(seq);
        const { retryAfter } = Object(error);
        if (!retryAfter || isOver) continue;
        // The others would be refused like it.
        for (const other of wanted) if (!fetched.has(other)) missing.add(other);
        clearTimeout(timer);
        timer = setTimeout(retry, retryAfter);
        break;
      }
    }
    wanted.clear();
    // Rows that are drawn in vain would want the same again, without an end.
    if (isNew) panel.redrawRows();
  };

  const want = (seq: number) => {
    if (fetched.has(seq)) return;
    if (client.status === "closed") missing.add(seq);
    if (missing.has(seq)) return;
    wanted.add(seq);
    if (wanted.size === 1) queueMicrotask(fetchWanted);
  };

  const off = client.on("event", (event) => {
    // A quote shows the original as it is now.
    if (event.type === "moderated") fetched.clear();
    else if (event.type === "edited" || event.type === "deleted")
      fetched.delete(event.target);
    else if (event.type !== "live" || !missing.size) return;
    retry();
  });

  return {
    end() {
      isOver = true;
      clearTimeout(timer);
      off();
    },
    actions: ({ replyTo }) =>
      replyTo
        ? [
            {
              name: "original",
              label: conversation.strings.original,
              run: () => goTo(replyTo),
            },
          ]
        : [],
    aboveText({ replyTo }) {
      if (!replyTo) return undefined;
      const { strings } = conversation;
      const original = find(replyTo);
      if (!original) want(replyTo);
      const isGone = original?.deleted || (!original && fetched.has(replyTo));
      const text = isGone
        ? strings.deleted
        : original
          ? lineOf(original, strings)
          : "…";
      const nickname = original?.author.nickname ?? "";
      return (
        <button
          key="quote"
          type="button"
          class="quoted line"
          tabindex={-1}
          aria-label={fill(strings.quoted, { nickname, text })}
          onclick={() => goTo(replyTo)}
        >
          {original && <Nickname {...original.author} />} {text}
        </button>
      );
    },
  };
}
