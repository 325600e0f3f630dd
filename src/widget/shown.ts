import type { Message, PendingMessage } from "../client/mod.ts";

/** What of a message is shown; the fields it has say what it is. */
export type Shown = Pick<Message, "at" | "text"> &
  Partial<Omit<Message, "mentions">> &
  Partial<Omit<PendingMessage, "mentions">> &
  Either<"mentions">;

/** Known by id while it is on its way, by name once it is stored. */
type Either<Key extends keyof Message & keyof PendingMessage> = {
  readonly [Each in Key]?: Message[Each] | PendingMessage[Each];
};
