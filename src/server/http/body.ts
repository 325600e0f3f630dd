/** Reads a request's body, and no more of it than anybody may send. */
import type { Problem } from "../../protocol/mod.ts";
import { malformed } from "../problems.ts";

/** The whole body; a problem when it is more than `limit` bytes, or less than was announced. */
export async function readBytes(
  request: Request,
  limit: number,
): Promise<{ data: ArrayBuffer } | Problem> {
  const announced = request.headers.get("Content-Length");
  if (Number(announced) > limit) return tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.byteLength;
      // Leaving the loop cancels the rest.
      if (length > limit) return tooLarge(limit);
      chunks.push(chunk);
    }
  } catch {
    // The sender went away in the middle.
    return malformed("Body ended early");
  }
  if (announced !== null && Number(announced) !== length) {
    return malformed("Body ended early");
  }
  const data = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    data.set(chunk, at);
    at += chunk.byteLength;
  }
  return { data: data.buffer };
}

function tooLarge(limit: number): Problem {
  return { code: "too_large", message: `Body exceeds ${limit} bytes` };
}
