/** What a room says, one after the other. */
import type { RoomEvent } from "../../protocol/events.ts";
import type { ChatClient } from "../chat_client.ts";

/** Everything the room says from now on, until the client is closed: `for await`. */
export async function* eventsOf(
  client: ChatClient,
): AsyncGenerator<RoomEvent, void> {
  const events: RoomEvent[] = [];
  let news = Promise.withResolvers<void>();
  const offs = [
    client.on("event", (event) => {
      events.push(event);
      news.resolve();
    }),
    client.on("status", () => news.resolve()),
  ];
  try {
    while (events.length > 0 || client.status !== "closed") {
      await news.promise;
      news = Promise.withResolvers();
      yield* events.splice(0);
    }
  } finally {
    for (const off of offs) off();
  }
}
