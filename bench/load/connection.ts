/** A client's WebSocket over a plain TCP socket. */
import { randomBytes } from "node:crypto";
import { Socket } from "node:net";
import { encodeFrame, type Frame, FrameReader, OPCODE } from "./frame_codec.ts";

/** What a client asks for when it connects. */
export interface Upgrade {
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What becomes of a connection. */
export interface ConnectionEvents {
  text(payload: Buffer, options: { readonly compressed: boolean }): void;
  /** It ended without being asked to. */
  closed(code: number): void;
}

const HEADERS_END = "\r\n\r\n";
const NO_CODE = 1006;
const NORMAL: Buffer = Buffer.from([0x03, 0xe8]);

/** One connection; what the server says may come before `open` is done. */
export class Connection {
  readonly #socket = new Socket();
  readonly #events: ConnectionEvents;
  #isClosing = false;

  constructor(events: ConnectionEvents) {
    this.#events = events;
  }

  /** Connects and upgrades; throws when the server refuses. */
  open(upgrade: Upgrade): Promise<void> {
    const socket = this.#socket;
    socket.setNoDelay(true);
    return new Promise((resolve, reject) => {
      socket.on("error", reject);
      socket.once("connect", () => socket.write(requestText(upgrade)));
      let answer = Buffer.alloc(0);
      const read = (chunk: Buffer): void => {
        answer = Buffer.concat([answer, chunk]);
        const end = answer.indexOf(HEADERS_END);
        if (end === -1) return;
        socket.off("data", read);
        const head = answer.toString("latin1", 0, end);
        if (!head.startsWith("HTTP/1.1 101")) {
          socket.destroy();
          return reject(new Error(`Upgrade was refused: ${head}`));
        }
        resolve();
        this.#listen(answer.subarray(end + HEADERS_END.length));
      };
      socket.on("data", read);
      socket.connect({ port: upgrade.port, host: "127.0.0.1" });
    });
  }

  send(text: string): void {
    this.#socket.write(encodeFrame(text));
  }

  /** Stops reading: what the server sends stays in its memory and in the kernel's. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#isClosing = true;
    this.#socket.end(encodeFrame(NORMAL, OPCODE.CLOSE));
  }

  #listen(first: Buffer): void {
    const reader = new FrameReader((frame) => this.#read(frame));
    this.#socket.on("data", (chunk: Buffer) => reader.push(chunk));
    this.#socket.on("close", () => this.#end(NO_CODE));
    if (first.length > 0) reader.push(first);
  }

  #read({ opcode, compressed, payload }: Frame): void {
    if (opcode === OPCODE.TEXT) this.#events.text(payload, { compressed });
    if (opcode === OPCODE.PING) {
      this.#socket.write(encodeFrame(payload, OPCODE.PONG));
    }
    if (opcode === OPCODE.CLOSE) {
      this.#end(payload.length >= 2 ? payload.readUInt16BE(0) : NO_CODE);
      this.#socket.end();
    }
  }

  #end(code: number): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#events.closed(code);
  }
}

function requestText({ port, path, headers = {} }: Upgrade): string {
  const fields = Object.entries({
    Host: `127.0.0.1:${port}`,
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    "Sec-WebSocket-Version": "13",
    ...headers,
  });
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}
