/** One room over a connection that breaks: joins, resumes, reads and tells the listeners. */
import type { Refused, RoomEvent, You } from "../protocol/events.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import { address } from "./address.ts";
import { byteLength } from "./bytes.ts";
import { ChatError, rejected } from "./chat_error.ts";
import type { ChatEvents, ChatState } from "./chat_events.ts";
import { createConnection, type Drop, type Status } from "./connection.ts";
import { createCredentials } from "./credentials.ts";
import type { Emitter } from "./emitter.ts";
import type { ChatClientOptions } from "./options.ts";
import { createOutbox } from "./outbox.ts";
import type { Request } from "./request.ts";
import { retryPolicy, UNAUTHORIZED } from "./retry_policy.ts";
import { createStored } from "./stored.ts";
import { apply, isGap, isLogEvent } from "./timeline.ts";
import { createTypists } from "./typists.ts";

/** What a room needs from its client. */
export interface RoomOptions extends ChatClientOptions {
  /** The server's origin. */
  readonly url: string | URL;
  readonly room: string;
  /** Kept up to date, and changed by nobody else. */
  readonly state: ChatState;
  readonly emit: Emitter<ChatEvents>["emit"];
}

/** What a client asks of its room. */
export type Room = ReturnType<typeof createRoom>;

/** A room that was not entered. */
export function createRoom(options: RoomOptions) {
  const { state, emit, getToken } = options;
  const key = `project-chat:${new URL(options.url).origin}:${options.project}`;
  // A guest is whoever uses this browser; a member's words must not become another's.
  const storage = getToken ? null : options.storage;
  /** What the room said last, if it was an error: why it closes. */
  let refusal: Refused | undefined;
  let isReading = false;
  /** Since the last `ack`, in bytes. */
  let received = 0;
  let lastRead = 0;
  /** The page of history that was asked for. */
  let page: (PromiseWithResolvers<boolean> & { limit: number }) | undefined;

  const notice = createTypists((members) => {
    state.typing = members;
    emit("typing", members);
  });
  const credentials = createCredentials({
    stored: createStored(storage, key),
    getToken,
    onAge: () =>
      credentials.token().then(
        (token) => tell({ type: "auth", token }),
        (error) => connection.drop(`${error}`),
      ),
  });
  const connection = createConnection({
    WebSocket: options.WebSocket ?? globalThis.WebSocket,
    onFrame,
    onDrop,
    onStatus,
    address: async () =>
      address(options, state.timeline, await credentials.token()),
  });
  const outbox = createOutbox({
    stored: createStored(storage, `${key}:${options.room}`),
    send: connection.send,
    onStuck: connection.drop,
    onChange(pending) {
      state.timeline = { ...state.timeline, pending };
      if (!isReading) emit("timeline", state.timeline);
    },
  });

  function onStatus(status: Status, retryAt?: number) {
    state.status = status;
    state.retryAt = retryAt;
    if (status !== "online") {
      credentials.rest();
      outbox.open();
      for (const member of state.typing) notice(member, false);
    }
    if (status === "closed") {
      outbox.fail({ code: "closed" });
      page?.reject(new ChatError({ code: "closed" }));
      page = undefined;
    }
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
      connection.send({ type: "ack", seq: state.timeline.cursor });
    }
    // Once per frame, however many events it has.
    if (state.timeline !== before) emit("timeline", state.timeline);
  }

  function receive(event: RoomEvent) {
    const before = state.timeline;
    if (isGap(before, event)) return connection.drop("Events are missing");
    const timeline = apply(before, event);
    const { you, members, online } = timeline;
    state.timeline = timeline;
    obey(event, you);
    outbox.settle(event);
    if (you && you !== before.you) emit("you", you);
    if (members !== before.members || online !== before.online) {
      emit("presence", members);
    }
    // Known already.
    if (isLogEvent(event) && timeline === before) return;
    emit("event", event);
    if (event.type === "message" && before.live) emit("message", event);
    if (event.type === "room") emit("room", event);
  }

  /** Does what follows from an event, beside what is shown. */
  function obey(event: RoomEvent, you: You | undefined) {
    switch (event.type) {
      case "welcome":
        state.closeReason = undefined;
        received = 0;
        credentials.accept(event.you.token);
        return connection.confirm();
      case "you":
        return credentials.accept(event.you.token);
      case "live":
        askOlder();
        if (lastRead) tell({ type: "read", seq: lastRead });
        outbox.open(you?.id);
        return;
      case "history":
        page?.resolve(event.more);
        page = undefined;
        return;
      case "message":
        // Nobody types who just spoke or left.
        return notice(event.author, false);
      case "left":
        return notice(event.member, false);
      case "typing":
        if (event.member.id !== you?.id) notice(event.member, event.on);
        return;
      case "error":
        return refuse(event);
    }
  }

  function refuse(event: Refused) {
    refusal = event;
    if (event.code === "unauthorized" || event.code === "token_expired") {
      // A newer token may do, and it is the next connection that brings it.
      connection.drop(event.message, UNAUTHORIZED);
    }
    const error = new ChatError(event);
    if (event.ref) {
      page?.reject(error);
      page = undefined;
    } else if (!outbox.refuse(event)) emit("error", error);
  }

  /** Notes why a link ended and decides what comes next. */
  function onDrop(drop: Drop) {
    const isOver = drop.code === UNAUTHORIZED && !credentials.refuse();
    const { spread } = state.timeline.limits ?? {};
    const { code: error, message, retryAfter } = refusal ?? {};
    const advice = { random: Math.random, spread, retryAfter };
    const retry = isOver ? undefined : retryPolicy(drop, advice);
    state.closeReason = {
      code: drop.code,
      error,
      message: message || drop.reason || "Connection was lost",
      terminal: !retry,
    };
    refusal = undefined;
    return retry;
  }

  function tell(command: object): boolean {
    const isLive = state.status === "online" && state.timeline.live;
    if (isLive) connection.send(command);
    return isLive;
  }

  function askOlder() {
    const before = state.timeline.messages[0]?.seq;
    const limit = page?.limit;
    if (page) tell({ type: "history", before, limit, ref: "older" });
  }

  /** `ask`, refused once the client is closed. */
  function open<Value, Result>(ask: (value: Value) => Promise<Result>) {
    return (value: Value) =>
      state.status === "closed" ? rejected("closed") : ask(value);
  }

  return {
    /** Connects now, in place of the connection or the wait that there is. */
    dial: connection.dial,
    /** Ends the connection for good. */
    close() {
      refusal = undefined;
      connection.drop("Client was closed", 1000);
    },
    /** Asks for something; settles with the answer. */
    ask: open((request: Request) => {
      credentials.act();
      return outbox.add(request);
    }),
    /** Sends a failed message again. */
    retry: open(outbox.retry),
    /** Gives a message up. */
    discard: outbox.discard,
    /** Sends a command if the room takes it; says whether it did. */
    tell,
    /** The reader has seen everything up to `seq`. */
    read(seq: number) {
      if (seq <= lastRead) return;
      lastRead = seq;
      tell({ type: "read", seq });
    },
    /** Loads a page of older messages; concurrent calls are one. */
    loadOlder: open((limit: number) => {
      if (page) return page.promise;
      page = { ...Promise.withResolvers<boolean>(), limit };
      askOlder();
      return page.promise;
    }),
  };
}
