import type { Shown } from "../shown.ts";
import type { Strings } from "../strings.ts";

/** What a message says where there is room for a line; an image alone is called one. */
export function lineOf(
  { text, file }: Pick<Shown, "text" | "file">,
  strings: Strings,
): string {
  return text || (file ? strings.image : "");
}
