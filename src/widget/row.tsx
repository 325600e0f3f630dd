import type { Message } from "../client/mod.ts";
import { Avatar, hueStyle } from "./avatar.tsx";
import { CopyButton } from "./copy_button.tsx";
import { Pure } from "./pure.ts";
import { RichText } from "./rich_text_view.tsx";
import type { View } from "./view.ts";

interface RowProps {
  readonly view: View;
  readonly message: Message;
  /** Whether avatar, nickname and time are shown. */
  readonly head: boolean;
  readonly own: boolean;
  /** Whether its button is shown. */
  readonly active: boolean;
  /** The message it answers, when that one is loaded. */
  readonly quoted?: Message | undefined;
}

/** One message of the log. */
export class Row extends Pure<RowProps> {
  render() {
    const { view, message, head, own, active, quoted } = this.props;
    const { strings, formats } = view;
    const { author, at, deleted, reactions, text } = message;
    const time = (
      <time dateTime={new Date(at).toISOString()} title={formats.full(at)}>
        {formats.time(at)}
      </time>
    );
    return (
      <li
        class={rowClass({ head, own })}
        part="message"
        data-seq={message.seq}
        tabIndex={-1}
      >
        {head ? <Avatar {...author} /> : time}
        <div>
          {/* A row that continues a group names its author to screen readers only. */}
          <div class={head ? "meta" : "unseen"}>
            <Nickname {...author} />
            {own && <span class="you">{strings.you}</span>}
            {head && time}
          </div>
          {message.replyTo && (
            <div class="quoted">
              ↩ {quoted && <Nickname {...quoted.author} />}{" "}
              {quoted?.text ?? "…"}
            </div>
          )}
          {deleted ? <em>{strings.deleted}</em> : <RichText text={text} />}
          {message.editedAt && !deleted && <small>{strings.edited}</small>}
          {reactions && (
            <div class="reactions">
              {Object.entries(reactions).map(([emoji, { count, mine, by }]) => (
                <span
                  key={emoji}
                  class={mine ? "mine" : undefined}
                  title={by.join(", ")}
                >
                  {emoji} {count}
                </span>
              ))}
            </div>
          )}
        </div>
        {active && !deleted && <CopyButton strings={strings} text={text} />}
      </li>
    );
  }
}

/** A nickname in its member's colour. */
export function Nickname(props: {
  readonly id: string;
  readonly nickname: string;
}) {
  return (
    <bdi class="name" style={hueStyle(props.id)}>
      {props.nickname}
    </bdi>
  );
}

/** The classes of a row, for messages and for what is still on its way. */
export function rowClass({
  head,
  own,
}: {
  readonly head: boolean;
  readonly own: boolean;
}): string {
  return `row${head ? " head" : ""}${own ? " own" : ""}`;
}
