/** What a refused or failed request is rejected with. */
import type { ErrorCode } from "../protocol/codes.ts";

/** Why: a code of the protocol, or one of the client's own. */
export type ChatErrorCode =
  | ErrorCode
  /** The client is closed, or was before the answer came. */
  | "closed"
  /** Too much waits to be sent already. */
  | "outbox_full"
  /** The sender gave the message up. */
  | "discarded";

/** The fields of a {@linkcode ChatError}. */
export interface ChatProblem {
  readonly code: ChatErrorCode;
  /** One sentence for the developer who reads it. */
  readonly message?: string;
  /** Wait at least this long before the next try, in ms. */
  readonly retryAfter?: number;
  /** When a mute or ban ends, in ms since 1970; absent when it does not. */
  readonly until?: number;
  /** A nickname that is free. */
  readonly suggestion?: string;
}

/** A request that was refused by the room or given up by the client. */
export class ChatError extends Error implements ChatProblem {
  override readonly name = "ChatError";
  declare readonly code: ChatErrorCode;
  declare readonly retryAfter?: number;
  declare readonly until?: number;
  declare readonly suggestion?: string;

  constructor(problem: ChatProblem) {
    super(problem.message ?? `Cannot send: ${problem.code}`);
    Object.assign(this, problem);
  }
}

/** A promise that was rejected before it began. */
export function rejected(code: ChatErrorCode): Promise<never> {
  return Promise.reject(new ChatError({ code }));
}
