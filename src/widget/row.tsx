import type { Member, Message, PendingMessage } from "../client/mod.ts";
import { announce } from "./announcer.ts";
import type { Conversation } from "./conversation.ts";
import { Avatar, Nickname } from "./member.tsx";
import type { Child } from "./render.ts";
import { RichText } from "./rich_text_view.tsx";
import { errorText, type Strings } from "./strings.ts";

interface RowProps {
  readonly conversation: Conversation;
  /** A message of the room, or one that is still on its way. */
  readonly message: Shown;
  /** Unknown as long as the room was never reached. */
  readonly author: Member | undefined;
  /** Whether avatar, nickname and time are shown. */
  readonly isHead: boolean;
  /** The message it answers, when that one is loaded. */
  readonly quoted?: Message | undefined;
}

/** What of a message is shown; the fields it has say what it is. */
export type Shown = Pick<Message, "at" | "text"> &
  Partial<Omit<Message, "mentions">> &
  Partial<Omit<PendingMessage, "mentions">> &
  Either<"mentions">;

/** Known by id while it is on its way, by name once it is stored. */
type Either<Key extends keyof Message & keyof PendingMessage> = {
  readonly [Each in Key]?: Message[Each] | PendingMessage[Each];
};

/** One message of the log. */
export function Row(props: RowProps): Child {
  const { conversation, message, author, isHead, quoted } = props;
  const { client, formats, strings } = conversation;
  const { at, deleted, editedAt, error, reactions, replyTo, seq } = message;
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
        </div>
        {replyTo && (
          <div class="quoted">
            ↩ {quoted && <Nickname {...quoted.author} />} {quoted?.text ?? "…"}
          </div>
        )}
        {deleted ? <em>{strings.deleted}</em> : <RichText text={text} />}
        {editedAt && !deleted && <small>{strings.edited}</small>}
        {reactions && (
          <small>
            {Object.entries(reactions).map(
              ([emoji, { count }]) => ` ${emoji} ${count}`,
            )}
          </small>
        )}
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
      seq && !deleted && (
        <button
          key="copy"
          type="button"
          class="actions"
          aria-label={strings.copy}
          onclick={({ target }) => copy(target, { text, strings })}
        />
      ),
    ];
  };
  return (
    <li
      class={`row${isHead ? " head" : ""}${isOwn ? " own" : ""} ${state}`}
      part="message"
      data-seq={seq}
      tabindex={-1}
      memo={[strings, message, author, isHead, isOwn, quoted]}
    >
      {draw}
    </li>
  );
}

/** Copies a message; the button says so until its row is drawn again. */
async function copy(
  button: EventTarget | null,
  { text, strings }: { text: string; strings: Strings },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    if (button instanceof Element) button.ariaLabel = strings.copied;
    announce(strings.copied);
  } catch {
    // Where the page does not allow it, the text can still be selected.
  }
}
