import { type Context, openContext } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";

/** Shows a message that is far away with what was said around it. */
export function createFar(conversation: Conversation): Extension {
  const { client, redraw } = conversation;

  const open = async (seq: number): Promise<Context | undefined> => {
    try {
      return await openContext(client, seq);
    } catch {
      // The banner says what is wrong.
      return undefined;
    }
  };

  const show = (context: Context | undefined) => {
    conversation.far?.end();
    conversation.far = context;
    context?.listen(redraw);
  };

  return {
    async reveal(seq) {
      const isIn = ({ messages }: Pick<Context, "messages">) =>
        messages.some((message) => message.seq === seq);
      const { far } = conversation;
      if (isIn(client.timeline)) show(undefined);
      else if (!far || !isIn(far)) {
        const context = await open(seq);
        if (!context) return false;
        if (!isIn(context)) {
          context.end();
          return false;
        }
        show(context);
      }
      return true;
    },
  };
}
