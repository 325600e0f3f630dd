/** What it takes to talk: the client itself, as `/client.js` serves it. */
export type * from "../protocol/codes.ts";
export type * from "../protocol/events.ts";
export type { MessageFile } from "../protocol/files.ts";
export type { SanctionEntry } from "../protocol/oversight.ts";
export type { RoomLine, RoomList } from "../protocol/room_list.ts";
export type { Apply, Changes, LogChange } from "./changes.ts";
export * from "./chat_client.ts";
export {
  ChatError,
  type ChatErrorCode,
  type ChatProblem,
} from "./chat_error.ts";
export type { ChatEvents } from "./chat_events.ts";
export type { SocketLike, Status } from "./connection.ts";
export type { ChatClientOptions, CloseReason, SendOptions } from "./options.ts";
export type { Restored } from "./outbox.ts";
export type { Answer, PendingMessage, Wish } from "./request.ts";
export type { StorageLike } from "./storage.ts";
export type { Timeline } from "./timeline.ts";
