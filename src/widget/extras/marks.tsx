/** Whom a nickname belongs to: signs that no nickname can draw, and pictures where wanted. */
import type { Member } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/** Marks of signed members, moderators and owners in `conversation`. */
export function createMarks(
  conversation: Conversation,
  { panel }: Kit,
): Extension {
  const { client, element } = conversation;
  let hasPictures = element.avatars;

  const markOf = ({ guest, role }: Member) => {
    const { strings } = conversation;
    if (role === "owner" || role === "moderator")
      return (
        <span key="mark" class="standing">
          {strings[role]}
        </span>
      );
    return (
      !guest && (
        <span
          key="mark"
          class="standing signed"
          role="img"
          aria-label={strings.member}
          title={strings.member}
        />
      )
    );
  };

  /** Lies over the initial; asked for from its own place, so only where the page wants it. */
  const pictureOf = ({ avatar }: Member) =>
    element.avatars &&
    avatar && (
      <img
        key="picture"
        class="picture"
        alt=""
        src={avatar}
        loading="lazy"
        referrerpolicy="no-referrer"
        onerror={({ target }) => {
          // The initial is there.
          if (target instanceof Element) target.remove();
        }}
      />
    );

  const draw = (member: Member) => [markOf(member), pictureOf(member)];

  return {
    memberMark: draw,
    mark({ author }) {
      const known = author ?? client.you;
      return known && draw(known);
    },
    header() {
      if (element.avatars !== hasPictures) panel.redrawRows();
      hasPictures = element.avatars;
      return undefined;
    },
  };
}
