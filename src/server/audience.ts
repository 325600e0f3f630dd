/** The open sessions of one room, and fan-out to them. A cache of what the sockets say. */
import type { RoomEvent } from "../protocol/mod.ts";
import type { Encoded } from "./history.ts";
import type { Session } from "./session.ts";

/** Everybody who listens to one room. */
export class Audience {
  readonly #sessions: Set<Session>;

  constructor(sessions: Iterable<Session>) {
    this.#sessions = new Set(sessions);
  }

  /** Sessions that can be told something right now. */
  *[Symbol.iterator](): Generator<Session, void> {
    for (const session of this.#sessions) if (session.open) yield session;
  }

  get size(): number {
    return this.#sessions.size;
  }

  add(session: Session): void {
    this.#sessions.add(session);
  }

  delete(session: Session): void {
    this.#sessions.delete(session);
  }

  /** Sends one event to all, or to those that `to` picks; it is encoded once. */
  tell(event: RoomEvent, to: (session: Session) => boolean = everyone): void {
    this.tellEncoded(JSON.stringify(event), to);
  }

  /** The same for an event that is encoded already. */
  tellEncoded(
    event: Encoded,
    to: (session: Session) => boolean = everyone,
  ): void {
    const frame = `[${event}]`;
    for (const session of this.#sessions) {
      if (to(session)) session.sendFrame(frame);
    }
  }
}

function everyone(): boolean {
  return true;
}
