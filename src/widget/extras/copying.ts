import type { Message } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { ExtrasKit } from "./asking.tsx";

const CODE = /```(?:[\w+-]*\n)?([\s\S]*?)\n?```/;

/** Copies the text of a message, or a link to it. */
export function createCopying(
  conversation: Conversation,
  { copy }: ExtrasKit,
): Extension {
  const { client } = conversation;

  return {
    actions({ seq, text, deleted }: Message) {
      const { strings } = conversation;
      if (deleted) return [];
      const [, code] = CODE.exec(text) ?? [];
      return [
        { name: "copy", label: strings.copy, run: () => copy(text) },
        {
          name: "copy-link",
          label: strings.copyLink,
          run: () => copy(linkTo(seq)),
        },
        ...(code
          ? [
              {
                name: "copy-code",
                label: strings.copyCode,
                run: () => copy(code),
              },
            ]
          : []),
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
