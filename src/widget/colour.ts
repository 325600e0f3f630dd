/** One stable colour per member, readable at every hue. Pure. */

/** An oklch colour without its hue. */
export interface Tone {
  readonly lightness: number;
  readonly chroma: number;
}

/** Behind the white initial of an avatar. */
export const AVATAR: Tone = { lightness: 0.48, chroma: 0.11 };
/** Nicknames on a light background. */
export const NICKNAME_LIGHT: Tone = { lightness: 0.45, chroma: 0.13 };
/** Nicknames on a dark background. */
export const NICKNAME_DARK: Tone = { lightness: 0.8, chroma: 0.11 };

/** The hue of a member, 0 to 359, from their id alone (FNV-1a). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % 360;
}

/** `tone` as CSS; the hue comes from the custom property `--hue`. */
export function toCss({ lightness, chroma }: Tone): string {
  return `oklch(${lightness} ${chroma} var(--hue))`;
}
