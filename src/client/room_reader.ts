/** Keeps what a client shows of its room up to date over a connection that breaks. */
import type { Member, Refused, RoomEvent } from "../protocol/events.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import { address } from "./address.ts";
import { byteLength } from "./bytes.ts";
import type { ChatEvents } from "./chat_events.ts";
import {
  type Connection,
  type ConnectionOptions,
  createConnection,
  type Drop,
  type Retry,
  type Status,
} from "./connection.ts";
import type { Credentials } from "./credentials.ts";
import type { Emitter } from "./emitter.ts";
import type { CloseReason } from "./options.ts";
import type { PendingMessage } from "./request.ts";
import { retryPolicy, UNAUTHORIZED } from "./retry_policy.ts";
import { advance, OUTSIDE, type RoomState } from "./room_state.ts";
import { isGap, isKnown } from "./timeline.ts";
import { createTypists } from "./typists.ts";

/** What a reader needs from its client. */
export interface RoomReaderOptions
  extends Pick<ConnectionOptions, "WebSocket" | "random" | "now"> {
  /** URL of the project's chat. */
  readonly url: string;
  readonly room: string;
  readonly nickname: string | undefined;
  readonly credentials: Credentials;
  readonly emitter: Emitter<ChatEvents>;
  /** An event came, perhaps not for the first time; runs before any listener. */
  readonly onEvent: (event: RoomEvent) => void;
  /** Runs before any listener. */
  readonly onStatus: (status: Status) => void;
}

/** Reads one room: joins, resumes, applies its events and tells the listeners. */
export interface RoomReader {
  readonly connection: Connection;
  readonly state: RoomState;
  /** The others who type right now. */
  readonly typing: readonly Member[];
  /** Why the last connection ended; `undefined` while one stands. */
  readonly closeReason: CloseReason | undefined;
  /** Sends a command if the room takes it; says whether it did. */
  tell(command: object): boolean;
  /** Shows one's own messages that wait. */
  show(pending: readonly PendingMessage[]): void;
  /** Ends the connection for good. */
  close(): void;
}

/** A reader that has not connected. */
export function createRoomReader(options: RoomReaderOptions): RoomReader {
  const { credentials, emitter, random } = options;
  const { emit } = emitter;
  let state = OUTSIDE;
  let { nickname } = options;
  let closeReason: CloseReason | undefined;
  /** What the room said last, if it was an error: why it closes. */
  let refusal: Refused | undefined;
  let isReading = false;
  /** Since the last `ack`, in bytes. */
  let received = 0;

  const typists = createTypists((members) => emit("typing", members));
  const connection = createConnection({
    ...options,
    onFrame: read,
    onDrop: explain,
    async address() {
      const token = await credentials.token();
      const { timeline, you } = state;
      const name = nickname ?? you?.nickname;
      const { url, room } = options;
      return address(url, { room, nickname: name, token, timeline });
    },
    onStatus(status) {
      if (status !== "online") typists.clear();
      options.onStatus(status);
      emit("status", status);
    },
  });

  function read(frame: string) {
    const { link } = connection;
    const { timeline } = state;
    refusal = undefined;
    isReading = true;
    try {
      // The room speaks the contract; what does not is caught below.
      for (const event of JSON.parse(frame) as RoomEvent[]) {
        // A listener may have closed the client.
        if (connection.link === link) receive(event);
      }
    } catch (error) {
      connection.drop(`Cannot read a frame: ${error}`);
    }
    isReading = false;
    acknowledge(frame);
    // Once per frame, however many events it has.
    if (state.timeline !== timeline) emit("timeline", state.timeline);
  }

  function receive(event: RoomEvent) {
    const before = state;
    const { live } = before.timeline;
    if (isGap(before.timeline, event)) {
      return connection.drop("Events are missing");
    }
    const isNew = !isKnown(before.timeline, event);
    state = advance(before, event);
    const { you, members, online } = state;
    if (event.type === "welcome") {
      closeReason = undefined;
      received = 0;
      connection.confirm();
    }
    if (event.type === "error") refusal = event;
    if (you && you !== before.you) {
      // What a wish became is what the next connection asks for.
      if (event.type === "renamed") nickname = you.nickname;
      credentials.accept(you.token);
      emit("you", you);
    }
    if (members !== before.members || online !== before.online) {
      emit("presence", members);
    }
    listen(event);
    options.onEvent(event);
    if (!isNew) return;
    emit("event", event);
    if (event.type === "message" && live) emit("message", event);
    // In the contract's table, though not among its types yet.
    if ((event.type as string) === "room") emit("room", event);
  }

  /** Notes who types: nobody does who just spoke or left. */
  function listen(event: RoomEvent) {
    if (event.type === "message") typists.set(event.author, false);
    if (event.type === "left") typists.set(event.member, false);
    if (event.type !== "typing" || event.member.id === state.you?.id) return;
    typists.set(event.member, event.on);
  }

  /** Lets the room send on: it counts what was not acknowledged. */
  function acknowledge(frame: string) {
    received += byteLength(frame);
    if (received < MAX_FRAME_BYTES) return;
    received = 0;
    const { cursor } = state.timeline;
    connection.send(JSON.stringify({ type: "ack", seq: cursor }));
  }

  /** Notes why a link ended and decides what comes next. */
  function explain(drop: Drop): Retry | undefined {
    const { code, reason } = drop;
    const isOver = code === UNAUTHORIZED && !credentials.refuse();
    const { retryAfter } = refusal ?? {};
    const { spread } = state.limits ?? {};
    const retry = isOver
      ? undefined
      : retryPolicy(drop, { random, spread, retryAfter });
    closeReason = {
      code,
      ...(refusal && { error: refusal.code }),
      message: refusal?.message || reason || "Connection was lost",
      terminal: !retry,
    };
    refusal = undefined;
    return retry;
  }

  return {
    connection,
    get state() {
      return state;
    },
    get typing() {
      return typists.members;
    },
    get closeReason() {
      return closeReason;
    },
    tell(command) {
      const isLive = connection.status === "online" && state.timeline.live;
      if (isLive) connection.send(JSON.stringify(command));
      return isLive;
    },
    show(pending) {
      const timeline = { ...state.timeline, pending };
      state = { ...state, timeline };
      if (!isReading) emit("timeline", timeline);
    },
    close() {
      if (connection.status === "closed") return;
      const message = "Client was closed";
      closeReason = { code: 1000, message, terminal: true };
      connection.close();
    },
  };
}
