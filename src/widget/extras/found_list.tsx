import type { Found } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Kit } from "../kit.ts";
import type { Child } from "../render.ts";
import { excerpt } from "./excerpt.ts";

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
  const { formats } = conversation;
  const { Avatar, Nickname } = kit;
  return (
    <div class="found">
      <ul>
        {found.map((message) => {
          const { seq, room, author, at, text } = message;
          return (
            <li key={`${room}/${seq}`} memo={[message, formats, query]}>
              <button type="button" onclick={() => goTo(message)}>
                <Avatar {...author} />
                <span>
                  <Nickname {...author} />
                  <small>
                    {room && `#${room} `}
                    {formats.day(at)} {formats.time(at)}
                  </small>
                  <span class="text" dir="auto">
                    {excerpt(text, query).map((piece) =>
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

/** Moves the focus by arrow keys from the field into what was found, and there. */
export function walkFound(event: KeyboardEvent): void {
  const search = event.currentTarget as Element;
  const stops = [
    ...search.querySelectorAll<HTMLElement>("[type=search], .found button"),
  ];
  const index = stops.findIndex((stop) => stop.matches(":focus"));
  const leadsTo: Readonly<Record<string, number>> = {
    ArrowUp: index - 1,
    ArrowDown: index + 1,
  };
  const stop = index < 0 ? undefined : stops[leadsTo[event.key] ?? -1];
  if (!stop) return;
  event.preventDefault();
  event.stopPropagation();
  stop.focus();
}
