/** Who is here, and what can be done with them. The browser opens and closes the list. */
import { isAllowed, type Member } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

const MAX_NAMES = 50;

/** The list of people of `conversation`. */
export function createPeople(
  conversation: Conversation,
  { Avatar, fill, changeNickname }: Kit,
): Extension {
  const { redraw } = conversation;
  /** Id of the member whose actions are shown. */
  let opened: string | undefined;

  const drawMember = (member: Member) => {
    const { client, extensions, strings } = conversation;
    const { id, nickname } = member;
    const actions = extensions.flatMap(
      ({ memberActions }) => memberActions?.(member) ?? [],
    );
    const isOpen = opened === id && actions.length > 0;
    return (
      <li key={id}>
        <Avatar {...member} />
        <bdi>{nickname}</bdi>
        {extensions.map(({ memberMark }) => memberMark?.(member))}
        {id === client.you?.id && <span class="you">{strings.you}</span>}
        {actions.length > 0 && (
          <button
            key="more"
            type="button"
            class="more"
            aria-label={fill(strings.actsOn, { nickname })}
            aria-expanded={`${isOpen}`}
            onclick={() => {
              opened = isOpen ? undefined : id;
              redraw();
            }}
          />
        )}
        {isOpen && (
          <div key="acts" class="acts">
            {actions.map(({ name, label, isDangerous, run }) => (
              <button
                key={name}
                type="button"
                class={isDangerous ? "danger" : undefined}
                popovertarget="people"
                onclick={() => {
                  opened = undefined;
                  run();
                }}
              >
                {label}
              </button>
            ))}
          </div>
        )}
      </li>
    );
  };

  return {
    header() {
      const { client, strings } = conversation;
      const { members, online } = client.timeline;
      const title = fill(strings.people, { n: online });
      return [
        <button key="count" type="button" class="count" popovertarget="people">
          {title}
        </button>,
        <div key="people" id="people" class="popup" popover="auto">
          <strong>{title}</strong>
          <ul>{members?.slice(0, MAX_NAMES).map(drawMember)}</ul>
          {!members
            ? strings.crowd
            : members.length > MAX_NAMES && `+${members.length - MAX_NAMES}`}
          {isAllowed(client, "rename") && !conversation.isNamed && (
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
