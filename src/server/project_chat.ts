/** The Durable Object of one project: turns what the platform calls into what rooms do. */
import { DurableObject } from "cloudflare:workers";
import {
  CLOSE,
  type CloseCode,
  type LogCommand,
  type Member,
  type Problem,
} from "../protocol/mod.ts";
import type { Outcome } from "./append.ts";
import { answerTo } from "./close_code.ts";
import { type Config, readConfig, type Variables } from "./config.ts";
import { Database } from "./database.ts";
import { exportStream } from "./export.ts";
import { Guests } from "./guests.ts";
import { Intake } from "./intake.ts";
import { isProblem, type JoinRequest, parseJoin } from "./join_request.ts";
import { randomId } from "./meta.ts";
import { Meter, type Stats } from "./meter.ts";
import type { Page, Range } from "./pages.ts";
import { TOKEN_MISSING } from "./problems.ts";
import { refuseHttp } from "./refusal.ts";
import { type RoomSummary, Rooms } from "./rooms.ts";
import { migrate } from "./schema.ts";
import { type Found, searchMessages } from "./search.ts";
import type { Session } from "./session.ts";
import { Sockets } from "./sockets.ts";

const SESSION_ID_BYTES = 9;

/** One project: its rooms, its history and whoever is connected. */
export class ProjectChat extends DurableObject<Variables> {
  readonly #meter = new Meter(Date.now());
  readonly #config: Config;
  readonly #database: Database;
  readonly #guests: Guests;
  readonly #sockets: Sockets;
  readonly #rooms: Rooms;
  readonly #intake: Intake;

  constructor(context: DurableObjectState, env: Variables) {
    super(context, env);
    const project = context.id.name ?? context.id.toString();
    this.#config = readConfig(env);
    this.#database = new Database(context.storage);
    migrate(this.#database);
    this.#guests = new Guests(this.#database, project);
    this.#sockets = new Sockets(context, this.#meter);
    this.#rooms = new Rooms(
      { database: this.#database, sockets: this.#sockets },
      {
        project,
        config: this.#config,
        end: (session, code) => this.#end(session, code),
      },
    );
    this.#intake = new Intake({
      rooms: this.#rooms,
      guests: this.#guests,
      rate: this.#config.rate,
      end: (session, code) => this.#end(session, code),
      now: Date.now,
    });
  }

  /** Upgrades a connection that the Worker has let through. */
  override async fetch(request: Request): Promise<Response> {
    const wish = parseJoin(request, this.ctx.id.name ?? "");
    if (isProblem(wish)) return refuseHttp(wish);
    const guest = wish.token
      ? await this.#guests.recognise(wish.token)
      : await this.#guests.create();
    if (isProblem(guest)) return refuseHttp(guest);
    return this.#accept(request, { wish, guest });
  }

  override webSocketMessage(
    socket: WebSocket,
    frame: string | ArrayBuffer,
  ): void | Promise<void> {
    this.#meter.framesReceived++;
    this.#reap();
    const session = this.#sockets.session(socket);
    return session && this.#intake.take(session, frame);
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string) {
    this.#leave(this.#sockets.session(socket));
    const answer = answerTo(code);
    if (answer === undefined) return;
    try {
      // The platform leaves the answer to us; without it the client sees 1006.
      socket.close(answer, answer === code ? reason : "");
    } catch {
      // The transport went away in between, so there is nobody to answer.
    }
  }

  override webSocketError(socket: WebSocket) {
    this.#leave(this.#sockets.session(socket));
  }

  /** Rooms that were spoken in, oldest first. */
  rooms(): RoomSummary[] {
    return this.#rooms.list();
  }

  /** A page of a room's history as `token`'s guest, or anybody, sees it. */
  async page(
    options: Range & { room: string; token?: string },
  ): Promise<(Page & { epoch: string; head: number }) | Problem> {
    const { room, token, ...range } = options;
    const guest = token ? await this.#guests.recognise(token) : { id: "" };
    if (isProblem(guest)) return guest;
    return this.#rooms.get(room).page({ ...range, reader: guest.id });
  }

  /** Appends a message or a change that came by HTTP. */
  async post(options: {
    room: string;
    nickname?: string;
    token?: string;
    command: LogCommand;
  }): Promise<Outcome> {
    const { token, command, nickname } = options;
    // Whoever proves nothing has said nothing that they could change.
    if (token === undefined && command.type !== "send") {
      return { kind: "refused", problem: TOKEN_MISSING };
    }
    const guest = token
      ? await this.#guests.recognise(token)
      : { id: await this.#guests.idFor(command.nonce) };
    if (isProblem(guest)) return { kind: "refused", problem: guest };
    const room = this.#rooms.get(options.room);
    // Whoever is here has one nickname, however they send.
    const wanted = room.isHere(guest.id) ? undefined : nickname;
    const by = guestMember(guest.id, room.nicknameFor(guest.id, wanted));
    return room.post(by, command);
  }

  /** Members with an open session in `room`. */
  members(room: string): Member[] {
    return this.#rooms.get(room).members;
  }

  /** Messages of `room` that have `query` in their text, newest first. */
  search(options: { room: string; query: string; before?: number }): Found {
    const { room, ...rest } = options;
    return searchMessages(this.#database, {
      room: this.#rooms.get(room).id,
      ...rest,
    });
  }

  /** Everything that is kept, as lines of JSON. */
  export(): ReadableStream<Uint8Array> {
    return exportStream(this.#database);
  }

  /** What this object has used since it woke. */
  stats(): Stats {
    const { count: sockets } = this.#sockets;
    const database = this.#database;
    return this.#meter.read({ database, sockets, now: Date.now() });
  }

  #accept(
    request: Request,
    options: { wish: JoinRequest; guest: { id: string; token: string } },
  ): Response {
    const { wish, guest } = options;
    if (this.#sockets.count >= this.#config.socketLimit) {
      return refuseHttp({ code: "room_full", message: "Project is full" });
    }
    this.#reap();
    const room = this.#rooms.get(wish.room);
    const { response, session } = this.#sockets.accept(request, {
      session: randomId(SESSION_ID_BYTES),
      room: wish.room,
      member: guestMember(guest.id, room.nicknameFor(guest.id, wish.nickname)),
      garbage: 0,
    });
    room.join(session, { cursor: wish.cursor, token: guest.token });
    return response;
  }

  /** Ends sessions whose client has gone silent; costs nothing while nobody talks. */
  #reap(): void {
    for (const session of this.#sockets.silent(Date.now())) {
      this.#end(session, CLOSE.REAPED);
    }
  }

  /** Ends a session: it has left before its socket is closed, whatever its client does. */
  #end(session: Session, code: CloseCode): void {
    this.#leave(session);
    session.close(code);
  }

  /** The session leaves; safe to call for every sign of it. */
  #leave(session: Session | undefined): void {
    if (!session || session.gone) return;
    session.update({ gone: true });
    this.#sockets.forget();
    this.#rooms.get(session.room).leave(session);
  }
}

function guestMember(id: string, nickname: string): Member {
  return { id, nickname, role: "guest", guest: true };
}
