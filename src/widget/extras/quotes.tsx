import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** Above an answer, what it answers. */
export function createQuotes(
  { client }: Conversation,
  { Nickname }: Kit,
): Extension {
  return {
    aboveText({ replyTo }) {
      if (!replyTo) return undefined;
      const { messages } = client.timeline;
      const original = messages.find(({ seq }) => seq === replyTo);
      return (
        <div class="quoted">
          ↩ {original && <Nickname {...original.author} />}{" "}
          {original?.text ?? "…"}
        </div>
      );
    },
  };
}
