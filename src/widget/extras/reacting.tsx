/** Reactions: six at hand in a message's menu, any other by the system's own emoji input. */
import { isAllowed, type Message, react } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Action, Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

const QUICK = ["👍", "❤️", "😂", "🎉", "😮", "😢"];
/** No emoji is longer, in characters. */
const MAX_EMOJI = 64;

/** The reactions in the log of `conversation`. */
export function createReacting(
  conversation: Conversation,
  kit: ExtrasKit,
): Extension {
  const { client } = conversation;
  /** What was asked for and not answered: shown as if it were so. */
  const asked = new Map<string, boolean>();

  const isMine = (message: Message, emoji: string) =>
    asked.get(`${message.seq} ${emoji}`) ??
    message.reactions?.[emoji]?.mine ??
    false;

  const toggle = async (message: Message, emoji: string) => {
    const { seq } = message;
    const key = `${seq} ${emoji}`;
    if (asked.has(key)) return;
    const on = !isMine(conversation.find(seq) ?? message, emoji);
    asked.set(key, on);
    kit.panel.redrawRows();
    await kit.report(react(client, { seq, emoji, on }));
    asked.delete(key);
    kit.panel.redrawRows();
  };

  const choose = async (message: Message) => {
    const { strings } = conversation;
    const emoji = await kit.ask({
      text: strings.reactMore,
      confirm: strings.reactOk,
      field: {
        label: strings.reactField,
        maxlength: MAX_EMOJI,
        isGood: (text) => /^\p{RGI_Emoji}$/v.test(text),
      },
      about: message.seq,
    });
    if (emoji) await toggle(message, emoji);
  };

  /** How often each emoji was chosen, with what is on its way. */
  const countsOf = (message: Message) => {
    const emojis = new Set(Object.keys(message.reactions ?? {}));
    for (const key of asked.keys()) {
      const [seq, emoji = ""] = key.split(" ");
      if (Number(seq) === message.seq) emojis.add(emoji);
    }
    return Array.from(emojis, (emoji) => {
      const {
        count = 0,
        mine = false,
        by = [],
      } = message.reactions?.[emoji] ?? {};
      const isOwn = isMine(message, emoji);
      return { emoji, isOwn, by, n: count + Number(isOwn) - Number(mine) };
    }).filter(({ n }) => n > 0);
  };

  return {
    actions(message) {
      if (message.deleted || !isAllowed(client, "send")) return [];
      const there = countsOf(message).map(({ emoji }) => emoji);
      return [
        ...Array.from(
          // By keyboard one gets to the others only here.
          new Set([...QUICK, ...there]),
          (emoji): Action => ({
            name: `react ${emoji}`,
            label: emoji,
            isShort: true,
            isOn: isMine(message, emoji),
            run: () => toggle(message, emoji),
          }),
        ),
        {
          name: "react",
          label: "＋",
          title: conversation.strings.reactMore,
          isShort: true,
          run: () => choose(message),
        },
      ];
    },
    belowText(shown) {
      if (!shown.seq || shown.deleted) return undefined;
      // Only what is stored has a number, and reactions.
      const message = shown as Message;
      const counts = countsOf(message);
      return (
        counts.length > 0 && (
          <div key="reactions" class="chips">
            {counts.map(({ emoji, isOwn, by, n }) => {
              const names = by.join(", ");
              return (
                <button
                  key={emoji}
                  type="button"
                  class="chip"
                  tabindex={-1}
                  aria-pressed={`${isOwn}`}
                  aria-label={`${emoji} ${n}: ${names}`}
                  title={names}
                  disabled={!isAllowed(client, "send")}
                  onclick={() => toggle(message, emoji)}
                >
                  {emoji} {n}
                </button>
              );
            })}
          </div>
        )
      );
    },
  };
}
