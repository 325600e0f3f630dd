import { Avatar } from "./avatar.tsx";
import { Icon } from "./icons.tsx";
import { fill } from "./strings.ts";
import type { View } from "./view.ts";

const MAX_NAMES = 50;

interface PeopleProps {
  readonly view: View;
  changeNickname(): void;
}

/** How many are here; who, when asked. The browser opens and closes the list. */
export function People({ view, changeNickname }: PeopleProps) {
  const { client, strings } = view;
  const { you, members = [], online } = client;
  const named = members.slice(0, MAX_NAMES);
  const title = fill(strings.people, { n: online });
  return (
    <>
      <button type="button" class="count" popovertarget="people">
        <Icon name="people" />
        <span aria-hidden="true">{online}</span>
        <span class="unseen">{title}</span>
      </button>
      <div id="people" popover="auto">
        <strong>{title}</strong>
        <ul>
          {named.map((member) => (
            <li key={member.id}>
              <Avatar {...member} />
              <bdi>{member.nickname}</bdi>
              {member.id === you?.id && <span class="you">{strings.you}</span>}
            </li>
          ))}
        </ul>
        {online > named.length && `+${online - named.length}`}
        {you?.guest && (
          <button type="button" popovertarget="people" onClick={changeNickname}>
            {strings.nicknameChange}
          </button>
        )}
      </div>
    </>
  );
}
