/** One connection as a careful client keeps it: every event is applied, nothing comes twice. */
import type {
  LogEvent,
  Refused,
  RoomEvent,
} from "../../../src/protocol/mod.ts";
import type { TestMember } from "./member.ts";
import type { Wish } from "./model.ts";
import type { Replica } from "./replica.ts";

type Answer = LogEvent | Refused;

/** A session and the state it has built from what it was told. */
export class Reader {
  readonly member: TestMember;
  /** What its owner may pick again after the socket is gone. */
  readonly replica: Replica;
  /** Log events applied since somebody last looked. */
  readonly news: LogEvent[] = [];
  readonly #repeats = new Set<string>();

  constructor(member: TestMember, replica: Replica) {
    this.member = member;
    this.replica = replica;
  }

  /** Asks for something and waits for the one answer to it. */
  async ask(
    wish: Wish,
    options: { nonce: string; retry?: boolean },
  ): Promise<Answer> {
    this.post(wish, options);
    for (;;) {
      const event = await this.#next();
      if (this.#isAnswer(event) && event.nonce === options.nonce) return event;
    }
  }

  /** Asks for something and waits for nothing. */
  post(wish: Wish, options: { nonce: string; retry?: boolean }): void {
    this.#repeats.add(options.nonce);
    this.member.command({ ...wish, ...options });
  }

  /** Asks for a page of history. */
  async page(options: { before?: number; limit?: number }) {
    const ref = crypto.randomUUID();
    this.member.command({ type: "history", ref, ...options });
    for (;;) {
      const event = await this.#next();
      if (event.type === "history" && event.ref === ref) return event;
    }
  }

  /** Applies everything that the room has told so far. */
  async sync(): Promise<void> {
    await this.page({ limit: 1 });
  }

  async #next(): Promise<RoomEvent> {
    const event = await this.member.next();
    if (isLogEvent(event)) this.#take(event);
    return event;
  }

  #take(event: LogEvent): void {
    const { cursor } = this.replica;
    if (event.seq <= cursor && !this.#repeats.has(event.nonce)) {
      throw new Error(`Event ${event.seq} was told twice, asked for or not`);
    }
    this.replica.apply(event);
    if (this.replica.cursor > cursor) this.news.push(event);
  }

  #isAnswer(event: RoomEvent): event is Answer {
    if (event.type === "error") return true;
    if (!isLogEvent(event)) return false;
    const by = event.type === "message" ? event.author : event.by;
    return by.id === this.member.id;
  }
}

const LOG_EVENTS = new Set(["message", "edited", "deleted", "reacted"]);

/** Whether an event has a place in the room's order. */
export function isLogEvent(event: RoomEvent): event is LogEvent {
  return LOG_EVENTS.has(event.type);
}
