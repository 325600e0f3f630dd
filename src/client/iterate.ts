/** A client's events for `for await`. */
import type { RoomEvent } from "../protocol/events.ts";
import type { ChatEvents } from "./chat_events.ts";
import type { Status } from "./connection.ts";
import type { Emitter } from "./emitter.ts";

/** What is iterated. */
export interface EventSource {
  readonly status: Status;
  readonly on: Emitter<ChatEvents>["on"];
}

/** Every event from now on, until the client is closed. */
export async function* iterate(
  source: EventSource,
): AsyncGenerator<RoomEvent, void> {
  const events: RoomEvent[] = [];
  let wake = () => {};
  const stopEvents = source.on("event", (event) => {
    events.push(event);
    wake();
  });
  const stopStatus = source.on("status", () => wake());
  try {
    while (true) {
      for (let event = events.shift(); event; event = events.shift()) {
        yield event;
      }
      if (source.status === "closed") return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stopEvents();
    stopStatus();
  }
}
