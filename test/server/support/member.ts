/** A client for tests: plain frames over a real socket, and a promise for what comes next. */
import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import type {
  Command,
  LogEvent,
  Message,
  RoomEvent,
  Welcome,
} from "../../../src/protocol/mod.ts";

type EventOf<Type extends RoomEvent["type"]> = Extract<
  RoomEvent,
  { type: Type }
>;

/** What a test may ask for when it connects. */
export interface ConnectOptions {
  project: string;
  room?: string;
  nickname?: string;
  token?: string;
  epoch?: string;
  after?: number;
  /** More headers of the upgrade request. */
  headers?: Record<string, string>;
  /** Offered subprotocols; by default what our client offers. */
  protocols?: string[];
}

const ORIGIN = "https://chat.example";
let projects = 0;

/** An id no other test has. */
export function newProject(): string {
  return `p${++projects}-${crypto.randomUUID().slice(0, 8)}`;
}

/** Sends a request to the Worker. */
export function request(path: string, init?: RequestInit): Promise<Response> {
  return exports.default.fetch(new Request(`${ORIGIN}${path}`, init));
}

/** The upgrade request of `options`, and its answer. */
export function upgrade(options: ConnectOptions): Promise<Response> {
  const { project, room, nickname, epoch, after, token } = options;
  const query = new URLSearchParams();
  if (room !== undefined) query.set("room", room);
  if (nickname !== undefined) query.set("nickname", nickname);
  if (epoch !== undefined) query.set("epoch", epoch);
  if (after !== undefined) query.set("after", String(after));
  const protocols = options.protocols ?? [
    "project-chat.v1",
    ...(token ? [`bearer.${token}`] : []),
  ];
  return request(`/project/${project}/chat?${query}`, {
    headers: {
      Upgrade: "websocket",
      // Whoever offers no protocol has its token in a header, as terminals do.
      ...(token &&
        protocols.length === 0 && { Authorization: `Bearer ${token}` }),
      ...options.headers,
      ...(protocols.length > 0 && {
        "Sec-WebSocket-Protocol": protocols.join(", "),
      }),
    },
  });
}

/** One connection of somebody. Every event is taken once, in order, by `next()` and its kin. */
export class TestMember {
  readonly #socket: WebSocket;
  readonly #events: RoomEvent[] = [];
  readonly #waiting = new Set<() => void>();
  /** Frames as they came, to see how events are packed. */
  readonly frames: string[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  welcome!: Welcome;
  /** What the backfill held: messages of a fresh join, or log events of a resume. */
  backfill: LogEvent[] = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (typeof data !== "string") throw new TypeError("Frame is not text");
      this.frames.push(data);
      if (data === "pong") return;
      this.#events.push(...(JSON.parse(data) as RoomEvent[]));
      for (const wake of this.#waiting) wake();
    });
    this.closed = new Promise((resolve) => {
      socket.addEventListener("close", ({ code, reason }) => {
        resolve({ code, reason });
      });
    });
    socket.accept();
  }

  /** Joins and takes everything up to `live`. */
  static async join(options: ConnectOptions): Promise<TestMember> {
    const response = await upgrade(options);
    expect(response.status).toBe(101);
    if (!response.webSocket)
      throw new Error("Cannot join: no socket came back");
    const member = new TestMember(response.webSocket);
    await member.arrive();
    return member;
  }

  /** Takes the welcome, the backfill and `live`. */
  async arrive(): Promise<void> {
    const first = await this.next();
    if (first.type !== "welcome") {
      throw new Error(`Cannot join: ${JSON.stringify(first)}`);
    }
    this.welcome = first;
    for (;;) {
      const event = await this.next();
      if (event.type === "live") return;
      if (!("seq" in event) || event.type === "read") {
        throw new Error(`Cannot join: ${event.type} within the backfill`);
      }
      this.backfill.push(event);
    }
  }

  get id(): string {
    return this.welcome.you.id;
  }

  get token(): string {
    return this.welcome.you.token ?? "";
  }

  /** The next event, whatever it is. */
  async next(): Promise<RoomEvent> {
    for (;;) {
      const event = this.#events.shift();
      if (event) return event;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  /** The next event of one type; those before it are dropped. */
  async nextOf<Type extends RoomEvent["type"]>(
    type: Type,
  ): Promise<EventOf<Type>> {
    for (;;) {
      const event = await this.next();
      // Narrowed by its tag.
      if (event.type === type) return event as EventOf<Type>;
    }
  }

  /** Whether everything that has arrived was taken. */
  get isIdle(): boolean {
    return this.#events.length === 0;
  }

  /** Everything that has arrived and was not taken. */
  drain(): RoomEvent[] {
    return this.#events.splice(0);
  }

  /** Sends a frame as it is. */
  raw(frame: string | ArrayBuffer): void {
    this.#socket.send(frame);
  }

  /** Sends a heartbeat and waits for its answer, which wakes no room. */
  async pong(): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#socket.addEventListener("message", ({ data }) => {
        if (data === "pong") resolve();
      });
    });
    this.raw("ping");
    await answered;
  }

  command(command: Command | Record<string, unknown>): void {
    this.raw(JSON.stringify(command));
  }

  /** Sends a text and waits for the answer to its nonce. */
  async send(
    text: string,
    options: { nonce?: string; retry?: boolean; replyTo?: number } = {},
  ): Promise<Message> {
    const nonce = options.nonce ?? crypto.randomUUID();
    const answer = await this.ask({ type: "send", text, ...options, nonce });
    if (answer.type !== "message") {
      throw new Error(`Cannot send: ${JSON.stringify(answer)}`);
    }
    return answer;
  }

  /** Sends a command with a nonce and waits for the event that carries it. */
  async ask(
    command: { nonce: string } & Record<string, unknown>,
  ): Promise<RoomEvent> {
    this.command(command);
    for (;;) {
      const event = await this.next();
      if ("nonce" in event && event.nonce === command.nonce) return event;
    }
  }

  /**
   * Waits until the room has handled all that was sent before: a history command is
   * answered in order, to this session only.
   */
  async settled(): Promise<RoomEvent[]> {
    const ref = crypto.randomUUID();
    this.command({ type: "history", limit: 1, ref });
    const before: RoomEvent[] = [];
    for (;;) {
      const event = await this.next();
      if (event.type === "history" && event.ref === ref) return before;
      before.push(event);
    }
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }
}
