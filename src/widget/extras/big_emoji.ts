import type { Extension } from "../extension.ts";

const FEW_EMOJI = /^(?:\p{RGI_Emoji}\s*){1,5}$/v;

/** A message of nothing but a few emoji is shown big. */
export function createBigEmoji(): Extension {
  return {
    rowClass: ({ text }) => (FEW_EMOJI.test(text.trim()) ? "big" : undefined),
  };
}
