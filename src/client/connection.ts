/** A socket that comes back. Knows nothing of chat: only links, frames and time. */
import { HEARTBEAT_MS, PING, PONG } from "../protocol/limits.ts";
import { ABNORMAL, CONNECT_MS, PONG_MS, STABLE_MS, WAKE_MS } from "./limits.ts";

/** Where a connection stands. */
export type Status = "idle" | "connecting" | "online" | "waiting" | "closed";

/** Takes events that have at least this; as a method, so that one may know more of them. */
type Listener<Heard> = { listen(event: Heard): void }["listen"];

/** What is used of a `WebSocket`. */
export interface SocketLike {
  onmessage: Listener<{ readonly data: string }> | null;
  onclose: Listener<{ readonly code: number; readonly reason: string }> | null;
  onerror: Listener<unknown> | null;
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
  /** How many attempts failed since a link was stable; 0 for a stable one. */
  readonly attempt: number;
}

/** When to try again. */
export interface Retry {
  /** In ms. */
  readonly delay: number;
  /** Whether not even a sign of the network's return may shorten the wait. */
  readonly firm?: boolean;
}

/** What a connection needs from its owner. */
export interface ConnectionOptions {
  readonly WebSocket: new (url: string, protocols: string[]) => SocketLike;
  /** Where to connect; asked anew for each attempt. */
  readonly locate: () => Promise<Address>;
  /** A text frame arrived; its link is current until it ends or is replaced. */
  readonly onFrame: (frame: string, isCurrent: () => boolean) => void;
  /** The current link ended: says when to try again, `undefined` for never. */
  readonly onDrop: (drop: Drop) => Retry | undefined;
  /** A heartbeat was sent: time for what is to be done now and then.
   * Where it fails the link ends. */
  readonly onPing: () => Promise<void>;
  /** Runs on each change; `retryAt` is when a planned attempt is due. */
  readonly onStatus: (status: Status, retryAt?: number) => void;
}

/** A reconnecting link with at most one live socket. */
export interface Connection {
  /** Connects, unless that was done already. */
  connect(): void;
  /** Connects now, in place of the link or the wait that there is. */
  dial(): void;
  /** The peer has proved to be the right one: the link is online. */
  confirm(): void;
  /** Sends a command on the current link. */
  post(command: object): void;
  /** Ends the link, or the wait for one; `onDrop` says what comes next. */
  drop(reason?: string, code?: number): void;
}

/** A connection that was not dialled. */
export function createConnection(options: ConnectionOptions): Connection {
  let status: Status = "idle";
  let link: object | undefined;
  let socket: SocketLike | undefined;
  let attempt = 1;
  let onlineAt = 0;
  /** The deadline, the next heartbeat or the next attempt: one at a time. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = 0;
  /** Pings since the last pong: a link is judged by the oldest of them. */
  let unanswered = 0;
  let isFirm: boolean | undefined;

  async function dial() {
    release();
    listen("add");
    // A fresh object tells what still comes from older links apart.
    const own = {};
    const isCurrent = () => link === own;
    link = own;
    arm(CONNECT_MS, drop);
    become("connecting");
    try {
      const { url, protocols } = await options.locate();
      if (!isCurrent()) return;
      socket = new options.WebSocket(url, protocols);
      socket.onmessage = ({ data }) => {
        if (!isCurrent()) return;
        if (data === PONG) expectPing();
        else options.onFrame(data, isCurrent);
      };
      socket.onclose = ({ code, reason }) => {
        if (isCurrent()) drop(reason, code);
      };
      // A close follows; some sockets throw what nobody listens to.
      socket.onerror = () => {};
    } catch (error) {
      if (isCurrent()) drop(`${error}`);
    }
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
    options.onPing().catch((error) => drop(`${error}`));
  }

  function drop(reason?: string, code = ABNORMAL) {
    if (status === "closed") return;
    if (status === "online" && Date.now() - onlineAt >= STABLE_MS) attempt = 0;
    release();
    const retry = options.onDrop({
      code,
      reason: reason || "Connection was lost",
      attempt,
    });
    if (retry) {
      attempt++;
      isFirm = retry.firm;
      plan(retry.delay);
    } else {
      attempt = 1;
      listen("remove");
      become("closed");
    }
  }

  /** Starts or stops listening; to start twice is to start once. */
  function listen(change: "add" | "remove") {
    // Node has no events on its global object.
    for (const sign of [
      "online",
      "offline",
      "pageshow",
      "visibilitychange",
      "pagehide",
    ])
      globalThis[`${change}EventListener`]?.(sign, onSign);
  }

  function onSign({ type }: Event) {
    if (type === "pagehide") {
      // About to go, perhaps into the back/forward cache, which admits no open socket.
      if (!link) return;
      release();
      become("waiting");
    } else if (status === "online" && unanswered === 0) ping();
    else if (status === "waiting" && !isFirm)
      plan(Math.min(Math.random() * WAKE_MS, due - Date.now()));
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

  return {
    dial,
    drop,
    connect() {
      if (status === "idle" || status === "closed") dial();
    },
    confirm() {
      onlineAt = Date.now();
      expectPing();
      become("online");
    },
    post(command) {
      socket?.send(JSON.stringify(command));
    },
  };
}
