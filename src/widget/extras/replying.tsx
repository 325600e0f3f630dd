import { isAllowed, type Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { lineOf } from "./line_of.ts";
import { Strip } from "./strip.tsx";

/** Answers a message: what is sent next says which one. */
export function createReplying(
  conversation: Conversation,
  { fill, isCloseKey, panel }: Kit,
): Extension {
  const { client, redraw } = conversation;
  let target: Message | undefined;

  const aim = (message: Message | undefined) => {
    target = message;
    panel.focus();
    redraw();
  };

  return {
    actions(message) {
      if (message.deleted || !isAllowed(client, "send")) return [];
      const { reply: label } = conversation.strings;
      return [{ name: "reply", label, run: () => aim(message) }];
    },
    aboveComposer() {
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
      if (!target || !isCloseKey(event)) return false;
      event.preventDefault();
      event.stopPropagation();
      aim(undefined);
      return true;
    },
    sendOptions: () => (target ? { replyTo: target.seq } : {}),
    onSent() {
      target = undefined;
    },
  };
}
