/** The object's hibernatable sockets: accepted with a tag per room, found again after a wake. */
import { PING, PONG, SUBPROTOCOL } from "../../protocol/mod.ts";
import { speaksProtocol } from "../door/join_request.ts";
import type { Meter } from "../storage/meter.ts";
import type { Carrier, Note } from "../storage/totals.ts";
import { Counter } from "./counter.ts";
import { type Attachment, Session } from "./session.ts";

/** How often silent clients are looked for, in ms. */
const LOOK_PERIOD = 60_000;
/** A client that sends heartbeats and then none for this long is gone, in ms. */
const SILENCE = 150_000;

/** Accepts sockets and knows the session of each. */
export class Sockets implements Carrier {
  readonly #context: DurableObjectState;
  readonly #meter: Meter;
  /** One session per socket, so that two copies of an attachment never disagree. */
  readonly #sessions = new WeakMap<WebSocket, Session>();
  /** Those that have not left. */
  readonly #here = new Set<Session>();
  readonly #members = new Counter();
  readonly #addresses = new Counter();
  /** Who has the project's totals. */
  #carrier: Session | undefined;
  #lookedAt = 0;

  constructor(context: DurableObjectState, meter: Meter) {
    this.#context = context;
    this.#meter = meter;
    for (const session of this.all()) this.#countIn(session);
    context.setWebSocketAutoResponse(
      new WebSocketRequestResponsePair(PING, PONG),
    );
  }

  /** Open sockets in all rooms. */
  get count(): number {
    return this.#here.size;
  }

  /** The project's totals when the object woke, or as they were carried since. */
  get note(): Note | undefined {
    return this.#carrier?.note;
  }

  /** Has a session carry the project's totals; false when nobody is here. */
  carry(note: Note): boolean {
    if (!this.#carrier?.open) {
      this.#carrier = this.#here.values().find(({ open }) => open);
    }
    this.#carrier?.update({ note, lookedAt: this.#lookedAt });
    return this.#carrier !== undefined;
  }

  /** Open sockets of one member. */
  ofMember(id: string): number {
    return this.#members.of(id);
  }

  /** Open sockets from one address, given its hash. */
  fromAddress(hash: string): number {
    return this.#addresses.of(hash);
  }

  /** Accepts the upgrade; answers with the client's end and the session of ours. */
  accept(
    request: Request,
    attachment: Attachment,
  ): { response: Response; session: Session } {
    const { 0: client, 1: server } = new WebSocketPair();
    this.#context.acceptWebSocket(server, [attachment.room]);
    const session = Session.attach(server, { attachment, meter: this.#meter });
    this.#countIn(session);
    this.#meter.joins++;
    this.#sessions.set(server, session);
    const response = new Response(null, {
      status: 101,
      webSocket: client,
      ...(speaksProtocol(request) && {
        headers: { "Sec-WebSocket-Protocol": SUBPROTOCOL },
      }),
    });
    return { response, session };
  }

  /** The session of a socket; `undefined` for one we did not accept. */
  session(socket: WebSocket): Session | undefined {
    const known = this.#sessions.get(socket);
    if (known) return known;
    const session = Session.of(socket, this.#meter);
    if (!session) return undefined;
    this.#sessions.set(socket, session);
    // Also whose end woke the object may carry them. Of two the one that counted longer is newer.
    const counted = this.note?.activeMs ?? 0;
    if (session.note && session.note.activeMs > counted) {
      this.#carrier = session;
      this.#lookedAt = session.lookedAt;
    }
    return session;
  }

  /** Sessions of a room that can be told something. */
  inRoom(room: string): Session[] {
    return this.#open(this.#context.getWebSockets(room));
  }

  /**
   * Sessions whose client has sent heartbeats and stopped; looked for at most once a
   * minute. A client that never sent one (a person with a terminal) is left alone.
   */
  silent(now: number): Session[] {
    if (now - this.#lookedAt < LOOK_PERIOD) return [];
    this.#lookedAt = now;
    const silent = this.#context.getWebSockets().filter((socket) => {
      const last = this.#context.getWebSocketAutoResponseTimestamp(socket);
      return last !== null && now - last.getTime() > SILENCE;
    });
    return this.#open(silent);
  }

  /** Sessions in all rooms. */
  all(): Session[] {
    return this.#open(this.#context.getWebSockets());
  }

  /** Rooms that somebody is in. */
  rooms(): Set<string> {
    return new Set(this.all().map(({ room }) => room));
  }

  /** Counts a socket out; the platform forgets it by itself. */
  forget(session: Session): void {
    // Whose end woke the object was never counted in.
    if (!this.#here.delete(session)) return;
    this.#members.remove(session.member.id);
    this.#addresses.remove(session.address);
  }

  #countIn(session: Session): void {
    this.#here.add(session);
    this.#members.add(session.member.id);
    this.#addresses.add(session.address);
  }

  /** The sessions of `sockets` that can be told something. */
  #open(sockets: WebSocket[]): Session[] {
    return sockets
      .map((socket) => this.session(socket))
      .filter((session) => session !== undefined)
      .filter((session) => session.open);
  }
}
