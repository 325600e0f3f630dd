import type { Extension } from "../extension.ts";

/** Below a message, who chose which emoji. */
export function createReactionList(): Extension {
  return {
    belowText: ({ reactions }) =>
      reactions && (
        <small>
          {Object.entries(reactions).map(
            ([emoji, { count }]) => ` ${emoji} ${count}`,
          )}
        </small>
      ),
  };
}
