import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

const MAX_NAMES = 50;

/** Who is here. The browser opens and closes the list. */
export function createPeople(
  conversation: Conversation,
  { Avatar, fill, changeNickname }: Kit,
): Extension {
  return {
    header() {
      const { client, strings } = conversation;
      const { you, members = [], online } = client.timeline;
      const title = fill(strings.people, { n: online });
      return [
        <button key="count" type="button" class="count" popovertarget="people">
          {title}
        </button>,
        <div key="people" id="people" class="popup" popover="auto">
          <strong>{title}</strong>
          <ul>
            {members.slice(0, MAX_NAMES).map((member) => (
              <li key={member.id}>
                <Avatar {...member} />
                <bdi>{member.nickname}</bdi>
                {member.id === you?.id && (
                  <span class="you">{strings.you}</span>
                )}
              </li>
            ))}
          </ul>
          {online > MAX_NAMES && `+${online - MAX_NAMES}`}
          {you?.guest && (
            <button
              type="button"
              popovertarget="people"
              onclick={changeNickname}
            >
              {strings.nicknameChange}
            </button>
          )}
        </div>,
      ];
    },
  };
}
