/** Undoes permessage-deflate (RFC 7692) on one connection, whose messages share a window. */
import { createInflateRaw } from "node:zlib";

/** What a sender cuts off the end of each compressed message. */
const TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff]);

export class Inflater {
  readonly #stream = createInflateRaw();
  readonly #take: (payload: Buffer) => void;
  #parts: Buffer[] = [];

  constructor(take: (payload: Buffer) => void) {
    this.#take = take;
    this.#stream.on("data", (part: Buffer) => this.#parts.push(part));
  }

  push(payload: Buffer): void {
    this.#stream.write(payload);
    this.#stream.write(TAIL);
    this.#stream.flush(() => {
      const message = Buffer.concat(this.#parts);
      this.#parts = [];
      this.#take(message);
    });
  }
}
