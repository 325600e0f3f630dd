import type { Conversation } from "./conversation.ts";
import { Avatar } from "./member.tsx";
import type { Child } from "./render.ts";
import { fill } from "./strings.ts";

const MAX_NAMES = 50;

interface PeopleProps {
  readonly conversation: Conversation;
  changeNickname(): void;
}

/** How many are here; who, when asked. The browser opens and closes the list. */
export function People({ conversation, changeNickname }: PeopleProps): Child {
  const { client, strings } = conversation;
  const { you, members = [], online } = client.timeline;
  const title = fill(strings.people, { n: online });
  return [
    <button key="count" type="button" class="count" popovertarget="people">
      {title}
    </button>,
    <div key="people" id="people" popover="auto">
      <strong>{title}</strong>
      <ul>
        {members.slice(0, MAX_NAMES).map((member) => (
          <li key={member.id}>
            <Avatar {...member} />
            <bdi>{member.nickname}</bdi>
            {member.id === you?.id && <span class="you">{strings.you}</span>}
          </li>
        ))}
      </ul>
      {online > MAX_NAMES && `+${online - MAX_NAMES}`}
      {you?.guest && (
        <button type="button" popovertarget="people" onclick={changeNickname}>
          {strings.nicknameChange}
        </button>
      )}
    </div>,
  ];
}
