import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { codeOf } from "./code_of.ts";

/** Says why a text was not taken on and still stands in the composer. */
export function createRefusals(
  conversation: Conversation,
  { errorText }: Kit,
): Extension {
  let code = "";
  return {
    onRefused(error) {
      code = codeOf(error) ?? "";
      conversation.redraw();
    },
    onInput() {
      code = "";
    },
    aboveComposer() {
      const { strings } = conversation;
      return (
        code && (
          <p key="refused" class="problem refused" role="alert">
            {errorText(strings, code) ?? strings.refused}
          </p>
        )
      );
    },
  };
}
