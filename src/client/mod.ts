/** Headless client for browsers, Node, Deno and Bun: no dependency, no DOM needed. */
export type * from "../protocol/codes.ts";
export type * from "../protocol/events.ts";
export * from "./chat_client.ts";
export {
  ChatError,
  type ChatErrorCode,
  type ChatProblem,
} from "./chat_error.ts";
export type { ChatEvents } from "./chat_events.ts";
export type { SocketLike, Status } from "./connection.ts";
export type { ChatClientOptions, CloseReason, SendOptions } from "./options.ts";
export type { PendingMessage } from "./request.ts";
export type { StorageLike } from "./stored.ts";
export type { Timeline } from "./timeline.ts";
