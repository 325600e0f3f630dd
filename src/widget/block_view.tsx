import { Fragment } from "preact";
import type { Message } from "../client/mod.ts";
import { Pure } from "./pure.ts";
import { Row } from "./row.tsx";
import { type Block, startsDay, startsGroup } from "./rows.ts";
import type { View } from "./view.ts";

interface BlockViewProps {
  readonly view: View;
  readonly block: Block;
  /** Your own member id. */
  readonly you: string | undefined;
  /** The reader's calendar day, so that "today" is redrawn as yesterday. */
  readonly today: number;
  /** Whether the browser may skip drawing it while it is out of sight. */
  readonly far: boolean;
  /** The first unread message, if it is in this block. */
  readonly divider?: number | undefined;
  /** The message whose buttons are shown, if it is in this block. */
  readonly active?: number | undefined;
  find(seq: number): Message | undefined;
}

/** A run of rows that is drawn again only when something in it changed. */
export class BlockView extends Pure<BlockViewProps> {
  render() {
    const { view, block, you, far, divider, active, find } = this.props;
    const { strings, formats } = view;
    return (
      <ol class={far ? "block far" : "block"}>
        {block.messages.map((message, index) => {
          const before = block.messages[index - 1] ?? block.before;
          const isFirstUnread = message.seq === divider;
          return (
            <Fragment key={message.nonce + message.author.id}>
              {startsDay(message, before) && (
                <li class="day">
                  <span>{formats.day(message.at)}</span>
                </li>
              )}
              {isFirstUnread && (
                <li class="divider">
                  <span>{strings.divider}</span>
                </li>
              )}
              <Row
                view={view}
                message={message}
                head={
                  isFirstUnread ||
                  message.replyTo !== undefined ||
                  startsGroup(message, before)
                }
                own={message.author.id === you}
                active={message.seq === active}
                quoted={message.replyTo ? find(message.replyTo) : undefined}
              />
            </Fragment>
          );
        })}
      </ol>
    );
  }
}
