import { hueOf } from "./colour.ts";
import type { Child } from "./render.ts";

/** What of a member is drawn. */
interface MemberProps {
  readonly id: string;
  readonly nickname: string;
}

/** A member's initial on their colour. */
export function Avatar({ id, nickname }: MemberProps): Child {
  // The first character as a reader counts them: "👨‍👩‍👧", "한", "A".
  const [initial] = new Intl.Segmenter().segment(nickname);
  return (
    <span class="avatar" aria-hidden="true" {...hueStyle(id)}>
      {initial?.segment.toUpperCase()}
    </span>
  );
}

/** A nickname in its member's colour. */
export function Nickname({ id, nickname }: MemberProps): Child {
  return (
    <bdi class="name" {...hueStyle(id)}>
      {nickname}
    </bdi>
  );
}

/** The custom property the style sheet makes a member's colours from. */
function hueStyle(id: string) {
  return { "--hue": hueOf(id) };
}
