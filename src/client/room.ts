/** One room over a connection that breaks: joins, resumes, reads and tells the listeners. */
import type { Refused, RoomEvent } from "../protocol/events.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import { address } from "./address.ts";
import { byteLength } from "./bytes.ts";
import { ChatError } from "./chat_error.ts";
import type { ChatEvents, ChatState } from "./chat_events.ts";
import { createConnection, type Drop, type Status } from "./connection.ts";
import { createCredentials } from "./credentials.ts";
import type { Emitter } from "./emitter.ts";
import { REFUSED, UNAUTHORIZED } from "./limits.ts";
import type { ChatClientOptions } from "./options.ts";
import { createOutbox, type Restored } from "./outbox.ts";
import type { Answer, Asked, Wish } from "./request.ts";
import { retryPolicy } from "./retry_policy.ts";
import { apply, isLogEvent, pageBefore } from "./timeline.ts";

/** What a room needs from its client. */
export interface RoomOptions extends ChatClientOptions {
  /** The server's origin. */
  readonly url: string | URL;
  readonly room: string;
  /** Kept up to date, and changed by nobody else. */
  readonly shown: ChatState;
  readonly emit: Emitter<ChatEvents>["emit"];
}

/** What can be done in a room; part of the client. */
export interface Room {
  /** Connects, and stays connected until `close()` or until the room says it is over. */
  readonly connect: () => void;
  /** Connects at once, in place of the connection or the wait that there is. */
  readonly reconnect: () => void;
  /** Ends the connection; what has no answer yet is rejected with code `closed`. */
  readonly close: () => void;
  /**
   * Asks for something, now or as soon as the room can be reached. Resolves with the event
   * that answers, rejects with a {@linkcode ChatError}.
   */
  readonly ask: <Type extends Asked>(wish: Wish<Type>) => Promise<Answer<Type>>;
  /** Says something that has no answer; false when the room cannot be reached. */
  readonly tell: (command: {
    readonly type: string;
    [field: string]: unknown;
  }) => boolean;
  /** Sends a failed message again under its nonce. */
  readonly retry: (nonce: string) => Promise<Answer<"send">>;
  /** Gives a message up that was not confirmed. */
  readonly discard: (nonce: string) => void;
  /** Takes in messages of an earlier client. */
  readonly restore: (messages: readonly Restored[]) => void;
  /** Loads the messages before the first; true while there are older ones. */
  readonly loadOlder: (limit?: number) => Promise<boolean>;
}

/** A room that was not entered. */
export function createRoom(options: RoomOptions): Room {
  const { shown: state, emit, getToken } = options;
  /** What the room said last, if it was an error: perhaps why it closes. */
  let refusal: Refused | undefined;
  let isReading = false;
  /** Since the last `ack`, in bytes. */
  let received = 0;

  const credentials = createCredentials({
    // A guest is whoever uses this browser; a member is not.
    storage: getToken ? null : options.storage,
    key: `project-chat:${options.project}@${new URL(options.url).origin}`,
    getToken,
    onRenewed: (token) => tell({ type: "auth", token }),
  });
  const connection = createConnection({
    WebSocket: options.WebSocket ?? globalThis.WebSocket,
    onFrame,
    onDrop,
    onStatus,
    onPing: credentials.renew,
    locate: async () =>
      address(options, state.timeline, await credentials.obtain()),
  });
  const outbox = createOutbox({
    post: connection.post,
    onStuck: connection.drop,
    onChange(pending) {
      state.timeline = { ...state.timeline, pending };
      if (!isReading) emit("timeline", state.timeline);
    },
  });

  function onStatus(status: Status, retryAt?: number) {
    state.status = status;
    state.retryAt = retryAt;
    outbox.admit(
      "",
      status === "closed" && { code: state.closeReason?.error ?? "closed" },
    );
    emit("status", status);
  }

  function onFrame(frame: string, isCurrent: () => boolean) {
    const before = state.timeline;
    refusal = undefined;
    isReading = true;
    try {
      // The room speaks the contract; what does not is caught below.
      for (const event of JSON.parse(frame) as RoomEvent[]) {
        // A listener may have closed the client.
        if (isCurrent()) receive(event);
      }
    } catch (error) {
      connection.drop(`${error}`);
    }
    isReading = false;
    received += byteLength(frame);
    if (received >= MAX_FRAME_BYTES) {
      received = 0;
      connection.post({ type: "ack", seq: state.timeline.cursor });
    }
    // Once per frame, however many events it has.
    if (state.timeline !== before) emit("timeline", state.timeline);
  }

  function receive(event: RoomEvent) {
    const before = state.timeline;
    const timeline = apply(before, event, options.changes);
    if (!timeline) return connection.drop("Events are lost");
    state.timeline = timeline;
    obey(event);
    const isLogged = isLogEvent(event);
    // Known already.
    if (isLogged && timeline === before) return;
    emit("event", event);
    // The type of an event ties it to its listeners; TypeScript sees only the union.
    if (event.type !== "error" && (before.live || !isLogged))
      emit(event.type, event as never);
  }

  /** Does what follows from an event, beside what is shown. */
  function obey(event: RoomEvent) {
    if ("you" in event) credentials.accept(event.you.token);
    switch (event.type) {
      case "welcome":
        state.closeReason = undefined;
        return connection.confirm();
      case "live":
        return outbox.admit(state.timeline.you?.id ?? "");
      case "error":
        // It may be why the link is about to end.
        refusal = event;
        if (!outbox.settle(event)) emit("error", new ChatError(event));
        return;
      default:
        outbox.settle(event);
    }
  }

  /** Notes why a link ended and decides what comes next. */
  function onDrop(drop: Drop) {
    const { code, reason } = drop;
    const why = REFUSED.includes(code) ? refusal : undefined;
    const isOver = code === UNAUTHORIZED && credentials.refuse();
    const retry = isOver
      ? undefined
      : retryPolicy(drop, { ...state.timeline.limits, ...why });
    state.closeReason = {
      code,
      error: why?.code,
      message: why?.message ?? reason,
      until: why?.until,
      terminal: !retry,
    };
    return retry;
  }

  function tell(command: Parameters<Room["tell"]>[0]): boolean {
    const isLive = state.status === "online" && state.timeline.live;
    if (isLive) connection.post(command);
    return isLive;
  }

  // The room answers each type of wish with the event that Exchanges lists.
  const ask = ((wish: Wish) => {
    // As the guest that another tab has made of you meanwhile.
    if (credentials.act()) connection.drop();
    return outbox.add(wish.ref ? wish : { ...wish, nonce: newName() });
  }) as Room["ask"];

  return {
    ask,
    tell,
    connect: connection.connect,
    reconnect: connection.dial,
    close() {
      connection.drop("Client was closed", 1000);
    },
    // Only messages fail and stay, and a message is what answers them.
    retry: outbox.retry as Room["retry"],
    discard: outbox.discard,
    restore: outbox.restore,
    async loadOlder(limit) {
      const { timeline } = state;
      const { more } = await ask({
        type: "history",
        before: timeline.messages[0]?.seq,
        limit,
        ref: pageBefore(timeline),
      });
      return more;
    },
  };
}

/** A name that no other request has. */
export function newName(): string {
  // Not randomUUID(), which browsers keep from pages without TLS.
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
