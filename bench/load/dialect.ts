/** How clients of one kind of server talk. The rest of the load knows none of it. */
import { NestDialect } from "./dialect_nest.ts";
import { PlainDialect } from "./dialect_plain.ts";
import { ProjectChatDialect } from "./dialect_project_chat.ts";
import type { Reader } from "./member.ts";

export type DialectName = "project_chat" | "plain" | "party" | "nest";

/** One conversation: every peer keeps them apart. */
export interface Place {
  readonly project: string;
  readonly room: string;
}

/** What a frame of the server says, as far as the load is concerned. */
export type Signal =
  /** A message: the `n`-th of `sender`; `seq` where the server numbers them. */
  | {
      readonly type: "message";
      readonly sender: number;
      readonly n: number;
      readonly seq?: number;
    }
  /** To its sender alone: the `n`-th message was taken. */
  | { readonly type: "accepted"; readonly n: number }
  /** The member is in; from now on everything is told. */
  | { readonly type: "ready"; readonly head?: number }
  /** The server expects this frame. */
  | { readonly type: "reply"; readonly frame: string }
  /** A page of history came. */
  | { readonly type: "page"; readonly messages: number }
  | { readonly type: "refused"; readonly code: string };

/** A kind of client. */
export interface Dialect {
  /** Whether the server says when a member is in; otherwise the upgrade says it. */
  readonly welcomes: boolean;
  /** Bytes after which a client says how far it has read; none in most dialects. */
  readonly ackEvery?: number;
  path(place: Place, nickname: string): string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The frame of a sender's `n`-th message. */
  send(text: string, n: number): string;
  /** The frame that says how far a client has read. */
  ack?(seq: number): string;
  /** The frame that asks for older messages. */
  askPage?(before: number): string;
  /** Called once for a frame that many members are sent. */
  decode(payload: Buffer, reader: Reader): readonly Signal[];
}

export function dialectOf(name: DialectName): Dialect {
  switch (name) {
    case "project_chat":
      return new ProjectChatDialect();
    case "plain":
      return new PlainDialect("");
    case "party":
      return new PlainDialect("/parties/chat");
    case "nest":
      return new NestDialect();
  }
}
