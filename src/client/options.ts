/** What the embedder says and is told. Types only. */
import type { ErrorCode } from "../protocol/codes.ts";
import type { Changes } from "./changes.ts";
import type { SocketLike } from "./connection.ts";
import type { GetToken } from "./credentials.ts";
import type { StorageLike } from "./storage.ts";

/** Options of a chat client. */
export interface ChatClientOptions {
  /** Id of the project. */
  readonly project: string;
  /** Room in the project; `lobby` if absent. */
  readonly room?: string;
  /** Wished nickname; the room gives one if absent. */
  readonly nickname?: string;
  /** Gives a signed token, fresh for each connection; without it one is a guest. */
  readonly getToken?: GetToken;
  /** Where a guest's identity outlives the page; nowhere if absent. */
  readonly storage?: StorageLike | null;
  /** What else changes messages, such as `reacted` of the tools. */
  readonly changes?: Changes;
  /** The platform's own by default. */
  readonly WebSocket?: new (
    url: string,
    protocols: string[],
  ) => SocketLike;
}

/** Why the last connection ended. */
export interface CloseReason {
  /** WebSocket close code. */
  readonly code: number;
  /** What the room said. */
  readonly error?: ErrorCode | undefined;
  /** One sentence for the developer who reads it. */
  readonly message: string;
  /** When a ban ends, in ms since 1970; absent when it does not. */
  readonly until?: number | undefined;
  /** Whether the client has stopped for good. */
  readonly terminal: boolean;
}

/** Options of one send. */
export interface SendOptions {
  /** `seq` of the message it answers. */
  readonly replyTo?: number;
  /** Ids of the members who are meant. */
  readonly mentions?: readonly string[];
  /** Key of an image that was uploaded. */
  readonly file?: string;
}
