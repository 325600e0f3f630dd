import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

/** Code as the log shows it: what a quote swallows is none. */
const BLOCK = /```(?:[\w+-]*\n)?([\s\S]*?)\n?```|^> .*/gm;

/** Copies the text of a message, each piece of code in it, or a link to it. */
export function createCopying(
  conversation: Conversation,
  { copy }: ExtrasKit,
): Extension {
  const { client } = conversation;

  return {
    actions({ seq, text, deleted }: Message) {
      const { strings } = conversation;
      if (deleted) return [];
      const codes = [...text.matchAll(BLOCK)].flatMap(([, code]) => code || []);
      return [
        { name: "copy", label: strings.copy, run: () => copy(text) },
        {
          name: "copy-link",
          label: strings.copyLink,
          run: () => copy(linkTo(seq)),
        },
        ...codes.map((code, index) => ({
          name: `copy-code-${index}`,
          label:
            codes.length > 1
              ? `${strings.copyCode} (${index + 1}/${codes.length})`
              : strings.copyCode,
          run: () => copy(code),
        })),
      ];
    },
  };

  /** The message on the server's own page, whoever embeds the widget. */
  function linkTo(seq: number): string {
    const { project, room } = client;
    const link = new URL(`/project/${project}`, conversation.server);
    if (room !== "lobby") link.searchParams.set("room", room);
    link.hash = `m=${seq}`;
    return link.href;
  }
}
