import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Shown } from "../shown.ts";
import { mentionsIn, type Person, splitMentions } from "./mentions.ts";

/** Sends along who is meant, and shows it: to everybody, and more to those who are. */
export function createMentioning({ client }: Conversation): Extension {
  const people = () => client.timeline.members ?? [];

  /** Those who are meant, known by id alone while the message is on its way. */
  const meant = ({ mentions = [] }: Shown): Person[] =>
    mentions.flatMap((one) =>
      typeof one === "string" ? people().filter(({ id }) => id === one) : [one],
    );

  return {
    sendOptions(text) {
      const mentions = mentionsIn(text, people());
      return mentions.length > 0 ? { mentions } : {};
    },
    rowClass: (message) =>
      meant(message).some(({ id }) => id === client.you?.id)
        ? "meant"
        : undefined,
    inText(message) {
      const those = meant(message);
      if (those.length === 0) return undefined;
      return (text) =>
        splitMentions(text, those).map((piece) =>
          typeof piece === "string" ? (
            piece
          ) : (
            <b class={piece.id === client.you?.id ? "mention you" : "mention"}>
              {piece.text}
            </b>
          ),
        );
    },
  };
}
