/** All extras of one conversation, in the order in which they draw and are listed. */
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";
import { createBigEmoji } from "./big_emoji.ts";
import { createCopying } from "./copying.ts";
import { createMenu } from "./menu.tsx";
import { createPeople } from "./people.tsx";
import { createQuotes } from "./quotes.tsx";
import { createReactionList } from "./reaction_list.tsx";

/** The extras of `conversation`. */
export function createExtensions(
  conversation: Conversation,
  kit: Kit,
): readonly Extension[] {
  return [
    createQuotes,
    createBigEmoji,
    createReactionList,
    createCopying,
    createPeople,
    createMenu,
  ].map((create) => create(conversation, kit));
}
