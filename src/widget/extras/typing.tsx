import { createTyping } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** Up to so many are named. */
const MAX_NAMES = 2;
/** Stands for the names where the sentence is taken apart. */
const GAP = "\n";

/** Says who types, and tells the others that the reader does. */
export function createTypingLine(
  conversation: Conversation,
  { fill }: Kit,
): Extension {
  const typing = createTyping(conversation.client);
  const off = typing.listen(conversation.redraw);
  return {
    belowLog() {
      const { strings } = conversation;
      const { members } = typing;
      const { length: n } = members;
      if (n === 0) return undefined;
      if (n > MAX_NAMES) return strings.typingMany;
      const names = members.map(({ nickname }) => nickname).join(", ");
      const [before, after] = fill(strings.typing, { n, names: GAP }).split(
        GAP,
      );
      return [
        before,
        <span key="names" class="line">
          {names}
        </span>,
        <span key="after">{after}</span>,
      ];
    },
    onInput: ({ value }) => typing.tell(value !== ""),
    onSent: typing.sent,
    end() {
      off();
      typing.end();
    },
  };
}
