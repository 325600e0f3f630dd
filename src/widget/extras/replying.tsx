import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { lineOf } from "./line_of.ts";
import { Strip } from "./strip.tsx";
import { canWrite } from "./writable.ts";

/** Answers a message: what is sent next says which one. */
export function createReplying(
  conversation: Conversation,
  { fill, isCloseKey, panel }: Kit,
): Extension {
  // Goes along when the reader turns out to be somebody.
  const { luggage, redraw } = conversation;

  const aim = (message: Message | undefined) => {
    luggage.target = message;
    panel.focus();
    redraw();
  };

  return {
    actions(message) {
      if (message.deleted || !canWrite(conversation)) return [];
      const { reply: label } = conversation.strings;
      return [{ name: "reply", label, run: () => aim(message) }];
    },
    aboveComposer() {
      const { target } = luggage;
      if (!target) return undefined;
      const { strings } = conversation;
      const { nickname } = target.author;
      return (
        <Strip
          key="reply"
          label={fill(strings.replying, { nickname })}
          text={lineOf(target, strings)}
          cancel={strings.cancelReply}
          close={() => aim(undefined)}
        />
      );
    },
    onKey(event) {
      if (!luggage.target || !isCloseKey(event)) return false;
      event.preventDefault();
      event.stopPropagation();
      aim(undefined);
      return true;
    },
    sendOptions: () => (luggage.target ? { replyTo: luggage.target.seq } : {}),
    onSent() {
      luggage.target = undefined;
    },
  };
}
