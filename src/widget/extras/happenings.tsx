/** What moderators did, as quiet lines between the messages: not announced, never unread. */
import type { Moderated } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import type { Child } from "../render.ts";
import type { Strings } from "../strings.ts";
import { spanText } from "./time_span.ts";

/** More than these are not remembered. */
const MAX_LINES = 200;

/** The acts of moderators that `conversation` has heard of. */
export function createHappenings(
  conversation: Conversation,
  { Nickname }: Kit,
): Extension {
  const { client, redraw } = conversation;
  let acts: readonly Moderated[] = [];

  const off = client.on("event", (event) => {
    if (event.type === "welcome" && !event.resumed) acts = [];
    if (event.type !== "moderated") return;
    acts = [...acts, event].slice(-MAX_LINES);
    redraw();
  });

  /** `sentence` with elements at the places of its braces. */
  const compose = (
    sentence: string,
    filling: Readonly<Record<string, Child>>,
  ): Child =>
    sentence
      .split(/\{(\w+)\}/)
      .map((part, index) => (index % 2 === 0 ? part : filling[part]));

  const draw = (act: Moderated) => {
    const { formats, strings } = conversation;
    const { seq, at, by, member, reason } = act;
    return (
      <li key={`act${seq}`} class="happening" title={formats.full(at)}>
        {compose(sentenceOf(act, strings), {
          who: <Nickname {...by} />,
          whom: member && <Nickname {...member} />,
          time: spanText(strings.locale, lengthOf(act)),
          text: act.text,
        })}
        {reason && ` (${reason})`}
      </li>
    );
  };

  return {
    end: off,
    between: (after, before) =>
      acts.filter(({ seq }) => seq > after && seq < before).map(draw),
  };
}

/** How long it holds, in ms; 0 if that is not said. */
function lengthOf({ until, at, seconds = 0 }: Moderated): number {
  return until === undefined ? seconds * 1_000 : until - at;
}

function sentenceOf(act: Moderated, strings: Strings): string {
  const { action } = act;
  // An act that takes a time has a sentence with it; newer ones may have none at all.
  const words: Readonly<Record<string, string>> = strings;
  const isOff = action === "topic" && !act.text;
  const key = `did_${action}${isOff ? "_off" : ""}`;
  return (lengthOf(act) > 0 && words[`${key}_for`]) || (words[key] ?? action);
}
