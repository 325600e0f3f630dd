/** One stable colour per member; the style sheet makes tones of it. Pure. */

/** The hue of a member, 0 to 359, from their id alone (FNV-1a). */
export function hueOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % 360;
}
