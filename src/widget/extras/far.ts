import { type Context, openContext } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** Shows a message that is far away with what was said around it, and marks it. */
export function createFar(
  conversation: Conversation,
  { panel }: Kit,
): Extension {
  const { client, redraw } = conversation;
  /** `seq` of the message that was last shown. */
  let target: number | undefined;

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
      target = seq;
      panel.redrawRows();
      return true;
    },
    rowClass: ({ seq }) => (seq && seq === target ? "target" : undefined),
  };
}
