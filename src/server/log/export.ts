/** Everything that a project keeps, as lines of JSON. */
import type { Database } from "../storage/database.ts";
import { readAfter } from "./history.ts";
import { loadState, roomNames } from "./log_state.ts";

/** Lines handed over at once. */
const CHUNK = 100;

/** One line per log event, `{room, event}`, room by room in order of `seq`. */
export function exportStream(database: Database): ReadableStream<Uint8Array> {
  const lines = exportLines(database);
  const encoder = new TextEncoder();
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const chunk = [];
      for (let count = 0; count < CHUNK; count++) {
        const { value, done } = lines.next();
        if (done) break;
        chunk.push(value);
      }
      if (chunk.length > 0) controller.enqueue(encoder.encode(chunk.join("")));
      else controller.close();
    },
  });
}

function* exportLines(database: Database): Generator<string, void> {
  for (const room of roomNames(database)) {
    const name = JSON.stringify(room);
    const { id } = loadState(database, room);
    for (const { encoded } of readAfter(database, { room: id, after: 0 })) {
      yield `{"room":${name},"event":${encoded}}\n`;
    }
  }
}
