import type { Member } from "../client/mod.ts";
import type { Conversation } from "./conversation.ts";
import { Avatar, Nickname } from "./member.tsx";
import type { Child } from "./render.ts";
import { RichText } from "./rich_text_view.tsx";
import type { Shown } from "./shown.ts";
import { errorText } from "./strings.ts";

interface RowProps {
  readonly conversation: Conversation;
  /** A message of the room, or one that is still on its way. */
  readonly message: Shown;
  /** Unknown as long as the room was never reached. */
  readonly author: Member | undefined;
  /** Whether avatar, nickname and time are shown. */
  readonly isHead: boolean;
}

/** One message of the log. */
export function Row(props: RowProps): Child {
  const { conversation, message, author, isHead } = props;
  const { client, extensions, formats, revision, strings } = conversation;
  const { at, deleted, editedAt, error, seq } = message;
  const { nonce = "", state = "", text } = message;
  const isOwn = author?.id === client.you?.id;
  const draw = () => {
    const time = (
      <time datetime={new Date(at).toISOString()} title={formats.full(at)}>
        {formats.time(at)}
      </time>
    );
    return [
      isHead && author ? <Avatar {...author} /> : time,
      <div key="body">
        {/* A row that continues a group names its author to screen readers only. */}
        <div class={isHead ? "meta" : "unseen"}>
          {author && <Nickname {...author} />}
          {isOwn && <span class="you">{strings.you}</span>}
          {isHead && time}
          {extensions.map(({ mark }) => mark?.(message))}
        </div>
        {extensions.map(({ aboveText }) => aboveText?.(message))}
        {deleted ? (
          <em>
            {extensions.map(({ gone }) => gone?.(message)).find(Boolean) ??
              strings.deleted}
          </em>
        ) : (
          <RichText
            text={text}
            piece={extensions
              .map(({ inText }) => inText?.(message))
              .find(Boolean)}
          />
        )}
        {editedAt && !deleted && (
          <small title={formats.full(editedAt)}>{strings.edited}</small>
        )}
        {extensions.map(({ belowText }) => belowText?.(message))}
        {state === "failed" && (
          <div class="problem" role="alert">
            {errorText(strings, error?.code) ?? strings.failed}
            <button
              type="button"
              onclick={() => client.retry(nonce).catch(() => {})}
            >
              {strings.retry}
            </button>
            <button type="button" onclick={() => client.discard(nonce)}>
              {strings.discard}
            </button>
          </div>
        )}
      </div>,
      state === "pending" && (
        <small key="state" role="img" aria-label={strings.sending}>
          …
        </small>
      ),
    ];
  };
  const classes = extensions.map(({ rowClass }) => rowClass?.(message) ?? "");
  return (
    <li
      class={`row${isHead ? " head" : ""}${isOwn ? " own" : ""} ${state} ${classes.join(" ")}`.trim()}
      part="message"
      data-seq={seq}
      tabindex={-1}
      memo={[strings, message, author, isHead, isOwn, revision]}
    >
      {draw}
    </li>
  );
}
