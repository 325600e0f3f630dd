import type { Message } from "../client/mod.ts";
import type { Conversation } from "./conversation.ts";
import { dayOf } from "./formats.ts";
import type { Child } from "./render.ts";
import { Row } from "./row.tsx";
import { startsDay, startsGroup } from "./rows.ts";

interface BlockProps {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** The message before the first, which decides how the first is drawn. */
  readonly before: Message | undefined;
  /** Whether the browser may skip drawing it while it is out of sight. */
  readonly isFar: boolean;
  /** `seq` of the first unread message, if it is in this block; else 0. */
  readonly divider: number;
}

/** A run of rows that is drawn again only when something in it changed. */
export function Block(props: BlockProps): Child {
  const { conversation, messages, isFar, divider, before } = props;
  const { client, extensions, formats, revision, strings } = conversation;
  const you = client.you?.id;
  return (
    <ol
      class={isFar ? "block far" : "block"}
      memo={[
        you,
        strings,
        revision,
        // "Today" is to become yesterday.
        dayOf(Date.now()),
        isFar,
        divider,
        before,
        messages.length,
        ...messages,
      ]}
    >
      {() =>
        messages.map((message, index) => {
          const { seq, author, replyTo } = message;
          const above = messages[index - 1] ?? before;
          const isFirstUnread = seq === divider;
          return [
            startsDay(message, above) && (
              <li key={`day${seq}`} class="day">
                {formats.day(message.at)}
              </li>
            ),
            extensions.map(({ between }) => between?.(above?.seq ?? 0, seq)),
            isFirstUnread && (
              <li key="divider" class="divider">
                {strings.divider}
              </li>
            ),
            <Row
              key={seq}
              conversation={conversation}
              message={message}
              author={author}
              isHead={
                isFirstUnread ||
                replyTo !== undefined ||
                startsGroup(message, above)
              }
            />,
          ];
        })
      }
    </ol>
  );
}
