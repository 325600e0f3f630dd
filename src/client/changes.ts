/**
 * What a change in the log does to a message before it. Pure. What every reader has to
 * obey has its case here; what only adds to a message is given to the client by those who
 * want it (`changes` in its options), and is a tool of its own.
 */
import type { LogEvent, Message } from "../protocol/events.ts";

/** A log event that changes earlier messages. */
export type LogChange = Exclude<LogEvent, Message>;

/** A message after a change, as the member `me` sees it; the same one if nothing changes. */
export type Apply<Event extends LogChange> = (
  message: Message,
  event: Event,
  me: string | undefined,
) => Message;

/** What to do on types of changes. */
export type Changes = {
  readonly [Type in LogChange["type"]]?: Apply<
    LogChange & { readonly type: Type }
  >;
};

/** `message` after `event`; the same one if it is not meant. */
export function change(
  message: Message,
  event: LogChange,
  { me, changes }: { me: string | undefined; changes: Changes },
): Message {
  const { seq, author, at, deleted, moderated } = message;
  if (event.type === "moderated") {
    // What was deleted before stays as it was.
    return event.action === "purge" &&
      author.id === event.member?.id &&
      at >= (event.since ?? 0)
      ? erased(message, !deleted || moderated)
      : message;
  }
  if (seq !== event.target) return message;
  switch (event.type) {
    case "edited": {
      const { text, at: editedAt, mentions = message.mentions } = event;
      // Empty where the room has the message no more.
      return text
        ? { ...message, text, editedAt, ...(mentions && { mentions }) }
        : message;
    }
    case "deleted":
      return erased(message, event.by.id !== author.id || undefined);
    default: {
      // The type of an event ties it to its function; TypeScript sees only the unions.
      const apply = changes[event.type] as Apply<LogChange> | undefined;
      return apply?.(message, event, me) ?? message;
    }
  }
}

/** What is left of a message that was deleted: that somebody said something, and when. */
function erased(
  { type, seq, nonce, at, author }: Message,
  moderated: true | undefined,
): Message {
  return { type, seq, nonce, at, author, text: "", deleted: true, moderated };
}
