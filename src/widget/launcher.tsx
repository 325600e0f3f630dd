import { Icon } from "./icons.tsx";
import type { Child } from "./render.ts";
import { fill, type Strings } from "./strings.ts";

const MAX_BADGE = 99;

interface LauncherProps {
  readonly strings: Strings;
  readonly open: boolean;
  readonly unread: number;
  toggle(): void;
}

/** The round button that opens the chat, with the number of unread messages. */
export function Launcher(props: LauncherProps): Child {
  const { strings, open, unread, toggle } = props;
  const name = open ? strings.close : strings.open;
  const count = unread ? `, ${fill(strings.unread, { n: unread })}` : "";
  return (
    <button
      type="button"
      class="launcher"
      part="launcher"
      aria-expanded={`${open}`}
      aria-label={name + count}
      onclick={toggle}
    >
      <Icon name={open ? "down" : "chat"} />
      {unread > 0 && (
        <span class="badge" part="badge" aria-hidden="true">
          {unread > MAX_BADGE ? `${MAX_BADGE}+` : unread}
        </span>
      )}
    </button>
  );
}
