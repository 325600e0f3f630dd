/**
 * WebSocket frames (RFC 6455) by hand, as far as a load generator needs them: it shares two
 * cores with the server it measures, so what it spends itself must be little. Pure.
 */

export const OPCODE = { TEXT: 1, CLOSE: 8, PING: 9, PONG: 10 } as const;

/** A frame of a server. */
export interface Frame {
  readonly opcode: number;
  /** Whether permessage-deflate was applied to it. */
  readonly compressed: boolean;
  readonly payload: Buffer;
}

const FINAL = 0x80;
const RESERVED_1 = 0x40;
const MASK = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MASK_BYTES = 4;

/** A frame of a client. Its masking key is zero, so that the payload stays as it is. */
export function encodeFrame(
  payload: string | Buffer,
  opcode: number = OPCODE.TEXT,
): Buffer {
  const size = Buffer.byteLength(payload);
  const extended = size < LENGTH_16 ? 0 : size < 65_536 ? 2 : 8;
  const start = 2 + extended + MASK_BYTES;
  const frame = Buffer.alloc(start + size);
  frame[0] = FINAL | opcode;
  if (extended === 0) frame[1] = MASK | size;
  if (extended === 2) {
    frame[1] = MASK | LENGTH_16;
    frame.writeUInt16BE(size, 2);
  }
  if (extended === 8) {
    frame[1] = MASK | LENGTH_64;
    frame.writeBigUInt64BE(BigInt(size), 2);
  }
  if (typeof payload === "string") frame.write(payload, start);
  else payload.copy(frame, start);
  return frame;
}

/** Cuts a stream of bytes into the frames of a server. */
export class FrameReader {
  readonly #take: (frame: Frame) => void;
  #rest: Buffer | undefined;

  constructor(take: (frame: Frame) => void) {
    this.#take = take;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    while (at + 2 <= bytes.length) {
      const head = headOf(bytes, at);
      if (!head || head.end > bytes.length) break;
      const { opcode, compressed } = head;
      const payload = bytes.subarray(head.start, head.end);
      this.#take({ opcode, compressed, payload });
      at = head.end;
    }
    this.#rest = at < bytes.length ? bytes.subarray(at) : undefined;
  }
}

function headOf(
  bytes: Buffer,
  at: number,
):
  | { opcode: number; compressed: boolean; start: number; end: number }
  | undefined {
  const first = bytes[at] ?? 0;
  // Neither workerd nor ws splits a message, so that a continuation is not looked for.
  if ((first & FINAL) === 0) throw new Error("Server split a message");
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  const extended = short < LENGTH_16 ? 0 : short === LENGTH_16 ? 2 : 8;
  const start = at + 2 + extended;
  if (start > bytes.length) return undefined;
  let size = short;
  if (extended === 2) size = bytes.readUInt16BE(at + 2);
  if (extended === 8) size = Number(bytes.readBigUInt64BE(at + 2));
  const compressed = (first & RESERVED_1) !== 0;
  return { opcode: first & 0x0f, compressed, start, end: start + size };
}
