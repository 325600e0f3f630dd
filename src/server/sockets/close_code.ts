/** Which code answers a close. Pure. */

/** Codes that stand for the absence of one and may not be sent. */
const NOT_SENT = new Set([1004, 1005, 1006, 1015]);

/**
 * The code to answer a peer's close with; `undefined` when there is nobody to answer.
 * A peer that gave none (1005) is answered as if it had said 1000.
 */
export function answerTo(code: number): number | undefined {
  if (code === 1006 || code === 1015) return undefined;
  const sendable = code >= 1000 && code < 5000 && !NOT_SENT.has(code);
  return sendable ? code : 1000;
}

/** Answers a close: the platform leaves that to us, and without it the client sees 1006. */
export function answerClose(
  socket: WebSocket,
  { code, reason }: { code: number; reason: string },
): void {
  const answer = answerTo(code);
  if (answer === undefined) return;
  try {
    socket.close(answer, answer === code ? reason : "");
  } catch {
    // The transport went away in between, so there is nobody to answer.
  }
}
