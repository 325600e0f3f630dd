import { createReaders, createReadMark } from "../../client/mod.ts";
import type { Conversation } from "../conversation.ts";
import type { Extension } from "../extension.ts";
import type { Kit } from "../kit.ts";

/**
 * Tells the room how far the reader has read, hears what they read elsewhere, and says
 * below their newest message how many have read it, where the room tells that.
 */
export function createReadingMarks(
  conversation: Conversation,
  { fill, panel }: Kit,
): Extension {
  const { client, reading, redraw } = conversation;
  const mark = createReadMark(client);
  const readers = createReaders(client);
  /** What was said last, and below which message. */
  let said = "";

  const newest = () =>
    client.timeline.messages.findLast(
      ({ author, deleted }) => author.id === client.you?.id && !deleted,
    );

  const offs = [
    mark.listen(() => {
      if (mark.seq <= (reading.upTo ?? 0)) return;
      reading.upTo = mark.seq;
      redraw();
    }),
    readers.listen(() => {
      const message = newest();
      const now = message && `${message.seq}:${readers.count(message)}`;
      if (now === undefined || now === said) return;
      said = now;
      // Rows are not drawn for a mark that changes nothing in them.
      panel.redrawRows();
    }),
  ];

  return {
    onRead: mark.tell,
    belowText({ seq, author }) {
      const message = newest();
      if (!author || seq === undefined || seq !== message?.seq)
        return undefined;
      const n = readers.count({ seq, author });
      if (!n) return undefined;
      return (
        <small class="readers">
          {fill(conversation.strings.readBy, { n })}
        </small>
      );
    },
    end() {
      for (const off of offs) off();
      mark.end();
      readers.end();
    },
  };
}
