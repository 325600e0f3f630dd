/** A socket that comes back. Knows nothing of chat: only links, frames and time. */
import { HEARTBEAT_MS, PING, PONG } from "../protocol/limits.ts";

/** Where a connection stands. */
export type Status = "idle" | "connecting" | "online" | "waiting" | "closed";

/** What is used of a `WebSocket`. */
export interface SocketLike {
  addEventListener(
    type: "message",
    listener: (event: { readonly data: string }) => void,
  ): void;
  addEventListener(
    type: "close",
    listener: (event: {
      readonly code: number;
      readonly reason: string;
    }) => void,
  ): void;
  addEventListener(type: "error", listener: () => void): void;
  send(text: string): void;
  close(code?: number): void;
}

/** Where one attempt goes. */
export interface Address {
  readonly url: string;
  /** Subprotocols to offer. */
  readonly protocols: string[];
}

/** How a link ended. */
export interface Drop {
  readonly code: number;
  readonly reason: string;
  /** Whether it had been confirmed. */
  readonly wasOnline: boolean;
  /** How many links ended before it since one was stable. */
  readonly attempt: number;
}

/** When to try again. */
export interface Retry {
  /** In ms. */
  readonly delay: number;
  /** Whether not even a sign of the network's return may shorten the wait. */
  readonly firm: boolean;
}

/** What a connection needs from its owner. */
export interface ConnectionOptions {
  readonly WebSocket: new (url: string, protocols: string[]) => SocketLike;
  /** Where to connect; asked anew for each attempt. */
  readonly address: () => Promise<Address>;
  /** A text frame arrived; its link is current until it ends or is replaced. */
  readonly onFrame: (frame: string, isCurrent: () => boolean) => void;
  /** The current link ended: says when to try again, `undefined` for never. */
  readonly onDrop: (drop: Drop) => Retry | undefined;
  /** Runs on each change; `retryAt` is when a planned attempt is due. */
  readonly onStatus: (status: Status, retryAt?: number) => void;
}

/** Time for a server to answer and be confirmed, in ms. */
const CONNECT_MS = 10_000;
/** How long a pong may take, in ms. */
const PONG_MS = 7_000;
/** A link that lived this long was stable, in ms. */
const STABLE_MS = 10_000;
/** Signs of the network's return are followed within this time, in ms. */
const WAKE_MS = 1_000;
/** What platforms say when a link ends without a close frame. */
const ABNORMAL = 1006;

/** A reconnecting link with at most one live socket. */
export interface Connection {
  /** Connects now, in place of the link or the wait that there is. */
  dial(): void;
  /** The peer has proved to be the right one: the link is online. */
  confirm(): void;
  /** Sends a command on the current link. */
  send(command: object): void;
  /** Ends the link, or the wait for one; `onDrop` says what comes next. */
  drop(reason?: string, code?: number): void;
}

/** A connection that was not dialled. */
export function createConnection(options: ConnectionOptions): Connection {
  let status: Status = "idle";
  let link: object | undefined;
  let socket: SocketLike | undefined;
  let attempt = 0;
  let onlineAt = 0;
  /** The deadline, the next heartbeat or the next attempt: one at a time. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  /** Pings since the last pong: a link is judged by the oldest of them. */
  let unanswered = 0;
  let isFirm = false;
  let listening: AbortController | undefined;

  async function dial() {
    release();
    listen();
    // A fresh object tells what still comes from older links apart.
    const own = {};
    const isCurrent = () => link === own;
    link = own;
    arm(CONNECT_MS, drop);
    become("connecting");
    try {
      const { url, protocols } = await options.address();
      if (!isCurrent()) return;
      socket = new options.WebSocket(url, protocols);
      socket.addEventListener("message", ({ data }) => {
        if (!isCurrent()) return;
        if (data === PONG) expectPing();
        else options.onFrame(data, isCurrent);
      });
      socket.addEventListener("close", ({ code, reason }) => {
        if (isCurrent()) drop(reason, code);
      });
      // A close follows; some sockets throw what nobody listens to.
      socket.addEventListener("error", () => {});
    } catch (error) {
      if (isCurrent()) drop(`${error}`);
    }
  }

  function confirm() {
    onlineAt = Date.now();
    expectPing();
    become("online");
  }

  /** The link is alive: the next ping is a heartbeat away. */
  function expectPing() {
    unanswered = 0;
    // Varied by 20 %, so that clients do not beat together.
    arm(HEARTBEAT_MS * (0.8 + 0.4 * Math.random()), ping);
  }

  function ping() {
    // A timer that comes late was throttled, or the machine slept, and a pong may lie
    // unread: that costs the link one more ping, never its life.
    const isLate = Date.now() - due > PONG_MS;
    if (unanswered >= (isLate ? 3 : 2)) return drop();
    unanswered++;
    arm(PONG_MS, ping);
    socket?.send(PING);
  }

  function send(command: object) {
    socket?.send(JSON.stringify(command));
  }

  function drop(reason = "Server does not answer", code = ABNORMAL) {
    if (status === "closed") return;
    const wasOnline = status === "online";
    if (wasOnline && Date.now() - onlineAt >= STABLE_MS) attempt = 0;
    release();
    const retry = options.onDrop({ code, reason, wasOnline, attempt });
    if (retry) {
      attempt++;
      isFirm = retry.firm;
      plan(retry.delay);
    } else {
      attempt = 0;
      listening?.abort();
      listening = undefined;
      become("closed");
    }
  }

  function listen() {
    if (listening) return;
    listening = new AbortController();
    const { signal } = listening;
    // Node has no events on its global object.
    const on = (type: string, listener: () => void) =>
      globalThis.addEventListener?.(type, listener, { signal });
    on("online", wake);
    on("pageshow", wake);
    on("visibilitychange", () => document.hidden || wake());
    // About to go, perhaps into the back/forward cache, which admits no open socket.
    on("pagehide", sleep);
  }

  function wake() {
    if (status === "online" && unanswered === 0) ping();
    if (status !== "waiting" || isFirm) return;
    plan(Math.min(Math.random() * WAKE_MS, due - Date.now()));
  }

  function sleep() {
    if (!link) return;
    release();
    become("waiting");
  }

  function plan(delay: number) {
    arm(delay, dial);
    become("waiting", due);
  }

  function arm(delay: number, task: () => void) {
    clearTimeout(timer);
    due = Date.now() + delay;
    timer = setTimeout(task, delay);
  }

  /** Lets go of the link and of whatever was planned. */
  function release() {
    clearTimeout(timer);
    due = Infinity;
    isFirm = false;
    link = undefined;
    socket?.close(1000);
    socket = undefined;
  }

  function become(next: Status, retryAt?: number) {
    status = next;
    options.onStatus(next, retryAt);
  }

  return { dial, confirm, send, drop };
}
