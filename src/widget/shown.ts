import type { Message, PendingMessage } from "../client/mod.ts";

/** What of a message is shown; the fields it has say what it is. */
export type Shown = Pick<Message, "at" | "text"> &
  Partial<Omit<Message, "mentions" | "file">> &
  Partial<Omit<PendingMessage, "mentions" | "file">> &
  Either<"mentions" | "file">;

/** Known by id or key while it is on its way, and by more once it is stored. */
type Either<Key extends keyof Message & keyof PendingMessage> = {
  readonly [Each in Key]?: Message[Each] | PendingMessage[Each];
};
