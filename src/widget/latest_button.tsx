import { Icon } from "./icons.tsx";
import { fill, type Strings } from "./strings.ts";

interface LatestButtonProps {
  readonly strings: Strings;
  readonly unread: number;
  go(): void;
}

/** Leads back to the end, and says how much has arrived there. */
export function LatestButton({ strings, unread, go }: LatestButtonProps) {
  return (
    <button type="button" class="latest" onClick={go}>
      <Icon name="down" />
      {unread > 0 ? fill(strings.newMessages, { n: unread }) : strings.latest}
    </button>
  );
}
