import type { Conversation } from "./conversation.ts";
import type { Extension } from "./extension.ts";
import type { Kit } from "./kit.ts";

/** The script of the extras. */
export interface ExtrasModule {
  readonly createExtensions: (
    conversation: Conversation,
    kit: Kit,
  ) => readonly Extension[];
  /** Their words, by key, in English and Korean. */
  readonly WORDS: Readonly<
    Record<string, readonly [english: string, korean: string]>
  >;
  readonly STYLES: string;
}
