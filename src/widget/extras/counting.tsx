import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** The counter shows when no more characters than this are left. */
const COUNT_FROM = 500;
/** What a room takes that does not say. */
const DEFAULT_LIMIT = 4_000;

/** Counts what may still be written, or what is too much. */
export function createCounting(
  conversation: Conversation,
  { fill }: Kit,
): Extension {
  return {
    afterField() {
      const { client, strings, written } = conversation;
      const { text: limit = DEFAULT_LIMIT } = client.timeline.limits ?? {};
      // As a reader counts them.
      const left = limit - [...written].length;
      return (
        left <= COUNT_FROM && (
          <span
            key="left"
            id="left"
            class={left < 0 ? "left problem" : "left"}
            role={left < 0 && "status"}
          >
            {left < 0 ? fill(strings.over, { n: -left }) : left}
          </span>
        )
      );
    },
  };
}
