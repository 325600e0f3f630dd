/** A client of one room: what an application can ask, say and hear. */
import type { Deleted, Edited, Message, You } from "../protocol/events.ts";
import { DEFAULT_ROOM } from "../protocol/limits.ts";
import type { ChatEvents, ChatState } from "./chat_events.ts";
import { createEmitter, type Emitter } from "./emitter.ts";
import type { ChatClientOptions, SendOptions } from "./options.ts";
import { createRoom, newName, type Room } from "./room.ts";
import { EMPTY } from "./timeline.ts";

/** What a client has beside its own methods: its state, and what can be done in its room. */
export interface ChatClient extends Readonly<ChatState>, Room {
  /** Id of the project. */
  readonly project: string;
  /** Name of the room. */
  readonly room: string;
  /** The server's origin. */
  readonly url: string | URL;
  /** What it was made with. */
  readonly options: ChatClientOptions;
  /** Calls a listener on each event of a type until the returned function is called. */
  readonly on: Emitter<ChatEvents>["on"];
}

/** A reconnecting client of one room. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the constructor assigns what the interface above names.
export class ChatClient {
  /**
   * A client of the chat at `url`, the server's origin. Nothing happens before
   * `connect()`. Throws a `TypeError` if `url` is no URL.
   */
  constructor(url: string | URL, options: ChatClientOptions) {
    const { project, room = DEFAULT_ROOM } = options;
    const { on, emit } = createEmitter<ChatEvents>();
    Object.assign(this, {
      project,
      // As the server spells it.
      room: room.normalize(),
      url,
      options,
      on,
      status: "idle",
      timeline: EMPTY,
      ...createRoom({ ...options, url, room, emit, shown: this }),
    });
  }

  /** You, as the room knows you. */
  get you(): You | undefined {
    return this.timeline.you;
  }

  /**
   * Sends a message, now or as soon as the room can be reached. Resolves once it is
   * stored; rejects with a {@linkcode ChatError}, and `retry()` sends it again.
   */
  send(text: string, options?: SendOptions): Promise<Message> {
    return this.ask({ type: "send", text, ...options });
  }

  /** Replaces the text of the message `seq`. */
  edit(seq: number, text: string): Promise<Edited> {
    return this.ask({ type: "edit", seq, text });
  }

  /** Deletes the message `seq`. */
  delete(seq: number): Promise<Deleted> {
    return this.ask({ type: "delete", seq });
  }

  /** Takes another nickname; rejects with a `suggestion` if it is taken. */
  async rename(nickname: string): Promise<You> {
    await this.ask({ type: "rename", nickname, ref: newName() });
    // Whatever answered has changed it already; only a room that was entered answers.
    return this.you as You;
  }
}
