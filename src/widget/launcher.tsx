import type { Conversation } from "./conversation.ts";
import type { Child } from "./render.ts";
import { fill } from "./strings.ts";

const MAX_BADGE = 99;

interface LauncherProps {
  readonly conversation: Conversation;
  toggle(): void;
}

/** The round button that opens the chat, with the number of unread messages. */
export function Launcher({ conversation, toggle }: LauncherProps): Child {
  const { element, reading, strings } = conversation;
  const { unread } = reading;
  const name = element.open ? strings.close : strings.open;
  const count = unread ? `, ${fill(strings.unread, { n: unread })}` : "";
  return (
    <button
      type="button"
      class="launcher"
      part="launcher"
      aria-expanded={`${element.open}`}
      aria-label={name + count}
      onclick={toggle}
    >
      {unread > 0 && (
        <span class="badge" part="badge" aria-hidden="true">
          {unread > MAX_BADGE ? `${MAX_BADGE}+` : unread}
        </span>
      )}
    </button>
  );
}
