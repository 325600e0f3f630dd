/** A socket that comes back. Knows nothing of chat: only links, frames and time. */
import { PONG } from "../protocol/limits.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { listenForWake } from "./wake.ts";

/** Where a connection stands. */
export type Status = "idle" | "connecting" | "online" | "waiting" | "closed";

/** What is used of a `WebSocket`. */
export interface SocketLike {
  addEventListener(
    type: "message",
    listener: (event: { readonly data: unknown }) => void,
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
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Where to connect; asked anew for each attempt. */
  readonly address: () => Promise<Address>;
  /** A text frame arrived on the current link. */
  readonly onFrame: (frame: string) => void;
  /** The current link ended: says when to try again, `undefined` for never. */
  readonly onDrop: (drop: Drop) => Retry | undefined;
  readonly onStatus: (status: Status) => void;
}

/** Time for a server to answer and be confirmed, in ms. */
const CONNECT_MS = 10_000;
/** A link that lived this long was stable, in ms. */
const STABLE_MS = 10_000;
/** Signs of the network's return are followed within this time, in ms. */
const WAKE_MS = 1_000;
/** What platforms say when a link ends without a close frame. */
const ABNORMAL = 1006;

/** A reconnecting link with at most one live socket. */
export interface Connection {
  readonly status: Status;
  /** Identity of the current link; another one, or none, once it has ended. */
  readonly link: object | undefined;
  /** When the next attempt is due, in ms since 1970; only while one is planned. */
  readonly retryAt: number | undefined;
  /** Connects now, in place of the link or the wait that there is. */
  dial(): void;
  /** The peer has proved to be the right one: the link is online. */
  confirm(): void;
  /** Sends a frame on the current link. */
  send(frame: string): void;
  /** Gives the link up and tries again later. */
  drop(reason: string, code?: number): void;
  /** Ends for good: no timer, listener or socket is left. */
  close(): void;
}

/** A connection that was not dialled. */
export function createConnection(options: ConnectionOptions): Connection {
  const { random, now } = options;
  let status: Status = "idle";
  let link: object | undefined;
  let socket: SocketLike | undefined;
  let attempt = 0;
  /** The deadline, the proof of stability or the next attempt: one at a time. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryAt: number | undefined;
  let isFirm = false;
  let stopListening: (() => void) | undefined;
  const heartbeat = createHeartbeat({
    random,
    now,
    send,
    onDead: () => drop("Server does not answer"),
  });

  function dial() {
    release();
    stopListening ??= listenForWake({ wake, sleep });
    // A fresh object, so that whatever still comes from older links is told apart.
    link = {};
    arm(CONNECT_MS, () => drop("Server did not answer in time"));
    open(link);
    become("connecting");
  }

  async function open(own: object) {
    try {
      const { url, protocols } = await options.address();
      if (link !== own) return;
      socket = new options.WebSocket(url, protocols);
      socket.addEventListener("message", ({ data }) => {
        if (link !== own) return;
        if (data === PONG) heartbeat.start();
        else options.onFrame(`${data}`);
      });
      socket.addEventListener("close", ({ code, reason }) => {
        // Some platforms say 0 where no connection came about.
        if (link === own) drop(reason, code || ABNORMAL);
      });
      // A close follows; some sockets throw what nobody listens to.
      socket.addEventListener("error", () => {});
    } catch (error) {
      if (link === own) drop(`Cannot connect: ${error}`);
    }
  }

  function confirm() {
    heartbeat.start();
    arm(STABLE_MS, () => {
      attempt = 0;
    });
    become("online");
  }

  function send(frame: string) {
    socket?.send(frame);
  }

  function drop(reason: string, code = ABNORMAL) {
    const wasOnline = status === "online";
    release();
    const retry = options.onDrop({ code, reason, wasOnline, attempt });
    if (!retry) return close();
    attempt++;
    isFirm = retry.firm;
    plan(retry.delay);
    become("waiting");
  }

  function close() {
    release();
    stopListening?.();
    stopListening = undefined;
    attempt = 0;
    become("closed");
  }

  function wake() {
    if (status === "online") heartbeat.check();
    if (status !== "waiting" || isFirm) return;
    const delay = random() * WAKE_MS;
    if (!retryAt || now() + delay < retryAt) plan(delay);
  }

  function sleep() {
    if (!link) return;
    release();
    isFirm = false;
    become("waiting");
  }

  function plan(delay: number) {
    retryAt = now() + delay;
    arm(delay, dial);
  }

  function arm(delay: number, task: () => void) {
    clearTimeout(timer);
    timer = setTimeout(task, delay);
  }

  function release() {
    clearTimeout(timer);
    heartbeat.stop();
    const last = socket;
    link = socket = retryAt = undefined;
    last?.close(1000);
  }

  function become(next: Status) {
    if (status === next) return;
    status = next;
    options.onStatus(status);
  }

  return {
    get status() {
      return status;
    },
    get link() {
      return link;
    },
    get retryAt() {
      return retryAt;
    },
    dial,
    confirm,
    send,
    drop,
    close,
  };
}
