/** Telling the room how far you have read. */
import type { ChatClient } from "../chat_client.ts";

/**
 * Gives a function that says that everything up to a `seq` was read. Lower ones than
 * before are passed over, and after a reconnection the last one is told again.
 */
export function createReadMark(client: ChatClient): (seq: number) => void {
  let last = 0;
  const tell = () => last > 0 && client.tell({ type: "read", seq: last });
  client.on("live", tell);
  return (seq) => {
    if (seq <= last) return;
    last = seq;
    tell();
  };
}
