import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** Enter that ends a composition is the input method's, and sends no form of the panel. */
export function createComposing(
  _conversation: Conversation,
  { isComposing }: Kit,
): Extension {
  const guard = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLInputElement;
    if (isField && event.key === "Enter" && isComposing(event))
      event.preventDefault();
  };
  return {
    attach(log) {
      // A log that comes anew finds the same guard there, which is not set twice.
      log.closest<HTMLElement>(".chat")?.addEventListener("keydown", guard);
    },
  };
}
