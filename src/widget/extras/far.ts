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

  return {
    async reveal(seq) {
      const context = await open(seq);
      if (!context?.messages.some((message) => message.seq === seq)) {
        context?.end();
        return false;
      }
      conversation.far?.end();
      conversation.far = context;
      context.listen(redraw);
      return true;
    },
    onShow(seq) {
      target = seq;
      panel.redrawRows();
    },
    rowClass: ({ seq }) => (seq && seq === target ? "target" : undefined),
  };
}
