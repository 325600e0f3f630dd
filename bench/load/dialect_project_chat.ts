/** Our own contract (docs/protocol.md), as far as a member needs it who talks and listens. */
import { MAX_FRAME_BYTES, SUBPROTOCOL } from "../../src/protocol/limits.ts";
import type { Dialect, Place, Signal } from "./dialect.ts";
import { readText } from "./text.ts";

/** What the load looks at in an event. */
type Told =
  | { type: "message"; seq: number; text: string }
  | { type: "live"; head: number }
  | { type: "history"; messages: readonly unknown[] }
  | { type: "error"; code: string };

const LIVE = Buffer.from('{"type":"live"');
const WELCOME = Buffer.from('[{"type":"welcome"');

export class ProjectChatDialect implements Dialect {
  readonly welcomes = true;
  readonly ackEvery = MAX_FRAME_BYTES;
  readonly headers = { "Sec-WebSocket-Protocol": SUBPROTOCOL };
  #nonces = 0;

  path({ project, room }: Place, nickname: string): string {
    return `/project/${project}/chat?room=${room}&nickname=${nickname}`;
  }

  send(text: string): string {
    const nonce = `n${this.#nonces++}`;
    return JSON.stringify({ type: "send", nonce, text });
  }

  ack(seq: number): string {
    return JSON.stringify({ type: "ack", seq });
  }

  askPage(before: number): string {
    return JSON.stringify({ type: "history", before, limit: 50 });
  }

  decode(payload: Buffer): readonly Signal[] {
    return eventsOf(payload).flatMap(signalOf);
  }
}

/** The events of a frame; the history in a welcome's frame is not the load's subject. */
function eventsOf(payload: Buffer): Told[] {
  if (payload.subarray(0, WELCOME.length).equals(WELCOME)) {
    const live = payload.lastIndexOf(LIVE);
    return live === -1 ? [] : JSON.parse(`[${payload.toString("utf8", live)}`);
  }
  const text = payload.toString();
  return text.startsWith("[") ? JSON.parse(text) : [];
}

function signalOf(event: Told): Signal[] {
  switch (event.type) {
    case "message":
      return [{ type: "message", seq: event.seq, ...readText(event.text) }];
    case "live":
      return [{ type: "ready", head: event.head }];
    case "history":
      return [{ type: "page", messages: event.messages.length }];
    case "error":
      return [{ type: "refused", code: event.code }];
    default:
      return [];
  }
}
