import { hueOf } from "./colour.ts";

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The first character of a nickname as a reader counts them: "👨‍👩‍👧", "한", "A". */
export function initialOf(nickname: string): string {
  const first = graphemes.segment(nickname)[Symbol.iterator]().next();
  return first.done ? "?" : first.value.segment.toUpperCase();
}

/** A member's initial on their colour. */
export function Avatar(props: {
  readonly id: string;
  readonly nickname: string;
}) {
  return (
    <span class="avatar" aria-hidden="true" style={hueStyle(props.id)}>
      {initialOf(props.nickname)}
    </span>
  );
}

/** The custom property the style sheet makes a member's colours from. */
export function hueStyle(id: string): Record<`--${string}`, string> {
  return { "--hue": String(hueOf(id)) };
}
