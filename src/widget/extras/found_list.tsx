import type { Found } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Kit } from "../kit.ts";
import type { Child } from "../render.ts";
import { excerpt } from "./excerpt.ts";
import { lineOf } from "./line_of.ts";

interface FoundListProps {
  readonly conversation: Conversation;
  readonly kit: Kit;
  /** Newest first. */
  readonly found: readonly Found[];
  readonly query: string;
  readonly children: Child;
  goTo(found: Found): void;
}

/** What was found. Arrow keys lead from the field through it, Enter to a message. */
export function FoundList(props: FoundListProps): Child {
  const { conversation, kit, found, query, children, goTo } = props;
  const { formats, strings } = conversation;
  const { Avatar, Nickname } = kit;
  return (
    <div class="found">
      <ul>
        {found.map((message) => {
          const { seq, room, author, at } = message;
          return (
            <li
              key={`${room}/${seq}`}
              memo={[message, formats, strings, query]}
            >
              <button type="button" onclick={() => goTo(message)}>
                <Avatar {...author} />
                <span>
                  <Nickname {...author} />
                  <small>
                    {room && `#${room} `}
                    {formats.day(at)} {formats.time(at)}
                  </small>
                  <span class="text" dir="auto">
                    {excerpt(lineOf(message, strings), query).map((piece) =>
                      piece.isHit ? <mark>{piece.text}</mark> : piece.text,
                    )}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {children}
    </div>
  );
}
