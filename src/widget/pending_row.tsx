import type { PendingMessage, You } from "../client/mod.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icons.tsx";
import { RichText } from "./rich_text_view.tsx";
import { Nickname, rowClass } from "./row.tsx";
import { errorText } from "./strings.ts";
import type { View } from "./view.ts";

interface PendingRowProps {
  readonly view: View;
  readonly pending: PendingMessage;
  /** Unknown as long as the room was never reached. */
  readonly you: You | undefined;
  readonly head: boolean;
}

/** An own message the room has not numbered yet, or has refused. */
export function PendingRow({ view, pending, you, head }: PendingRowProps) {
  const { client, strings } = view;
  const { nonce, state, error } = pending;
  return (
    <li class={`${rowClass({ head, own: true })} ${state}`} part="message">
      {head && you ? <Avatar {...you} /> : <span />}
      <div>
        {head && you && (
          <div class="meta">
            <Nickname {...you} />
            <span class="you">{strings.you}</span>
          </div>
        )}
        <RichText text={pending.text} />
        {state === "failed" && (
          <div class="problem" role="alert">
            {errorText(strings, {
              code: error?.code,
              fallback: strings.failed,
            })}
            <button
              type="button"
              onClick={() => client.retry(nonce).catch(() => {})}
            >
              {strings.retry}
            </button>
            <button type="button" onClick={() => client.discard(nonce)}>
              {strings.discard}
            </button>
          </div>
        )}
      </div>
      {state === "pending" && (
        <span class="state" role="img" aria-label={strings.sending}>
          <Icon name="clock" />
        </span>
      )}
    </li>
  );
}
