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
  readonly message: string;
  /** Wait at least this long before the next try, in ms. */
  readonly retryAfter?: number | undefined;
  /** A nickname that is free. */
  readonly suggestion?: string | undefined;
}

/** Nothing is asked of a client that is closed. */
export const CLOSED: ChatProblem = {
  code: "closed",
  message: "Chat is closed",
};

/** A request that was refused by the room or given up by the client. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly code: ChatErrorCode;
  /** Wait at least this long before the next try, in ms. */
  readonly retryAfter: number | undefined;
  /** A nickname that is free. */
  readonly suggestion: string | undefined;

  constructor(problem: ChatProblem) {
    super(problem.message);
    this.code = problem.code;
    this.retryAfter = problem.retryAfter;
    this.suggestion = problem.suggestion;
  }
}

/** A promise that was rejected before it began. */
export function rejected(problem: ChatProblem): Promise<never> {
  return Promise.reject(new ChatError(problem));
}
