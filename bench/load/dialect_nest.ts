/** Socket.IO 4 over Engine.IO 4 as frames: what a client of the tutorial's gateway sends. */
import type { Dialect, Signal } from "./dialect.ts";
import type { Reader } from "./member.ts";
import { readText } from "./text.ts";

const NAMESPACE = "/project/chat,";
const OPEN = "0";
const PING = "2";
const CONNECTED = `40${NAMESPACE}`;
const EVENT = `42${NAMESPACE}`;
const ACK = `43${NAMESPACE}`;
const ERROR = `44${NAMESPACE}`;
/** Id of the ack of the first command; that of the `n`-th message is `n + 1`. */
const JOINED = "0";

export class NestDialect implements Dialect {
  readonly welcomes = true;

  path(): string {
    return "/socket.io/?EIO=4&transport=websocket";
  }

  send(text: string, n: number): string {
    return `${EVENT}${n + 1}${JSON.stringify(["submit_chat", text])}`;
  }

  decode(payload: Buffer, { place, nickname }: Reader): readonly Signal[] {
    const frame = payload.toString();
    if (frame.startsWith(EVENT)) {
      const [name, body] = JSON.parse(frame.slice(EVENT.length));
      if (name !== "new_chat") return [];
      return [{ type: "message", ...readText(body.text) }];
    }
    if (frame.startsWith(ACK)) {
      const id = frame.slice(ACK.length, frame.indexOf("["));
      if (id === JOINED) return [{ type: "ready" }];
      return [{ type: "accepted", n: Number(id) - 1 }];
    }
    if (frame.startsWith(CONNECTED)) {
      const wish = { nickname, room: `${place.project}-${place.room}` };
      const command = JSON.stringify(["new_user", wish]);
      return [{ type: "reply", frame: `${EVENT}${JOINED}${command}` }];
    }
    if (frame.startsWith(ERROR)) return [{ type: "refused", code: frame }];
    if (frame === PING) return [{ type: "reply", frame: "3" }];
    if (frame.startsWith(OPEN)) return [{ type: "reply", frame: CONNECTED }];
    return [];
  }
}
