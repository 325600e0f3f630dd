/** The Durable Object of one project: turns what the platform calls into what rooms do. */
import { DurableObject } from "cloudflare:workers";
import {
  CLOSE,
  type CloseCode,
  ERRORS,
  type Mode,
  type Problem,
  type Revocation,
  type SettingsChange,
} from "../protocol/mod.ts";
import { Admission, type Caller } from "./admission.ts";
import { answerTo } from "./close_code.ts";
import { type Config, readConfig, type Variables } from "./config.ts";
import { Database } from "./database.ts";
import { Desk } from "./desk.ts";
import { guestIdentity, type Identity, memberOf } from "./identity.ts";
import { Intake } from "./intake.ts";
import { isProblem, type JoinRequest, parseJoin } from "./join_request.ts";
import { randomId } from "./meta.ts";
import { Meter } from "./meter.ts";
import { MEMBERS_ONLY, refusal, TOKEN_INVALID } from "./problems.ts";
import { refuseHttp } from "./refusal.ts";
import { concerns } from "./revocations.ts";
import { Rooms } from "./rooms.ts";
import { migrate } from "./schema.ts";
import type { Session } from "./session.ts";
import { SettingsStore } from "./settings.ts";
import { Sockets } from "./sockets.ts";

const SESSION_ID_BYTES = 9;

/** One project: its rooms, its history and whoever is connected. */
export class ProjectChat extends DurableObject<Variables> {
  readonly #meter = new Meter(Date.now());
  readonly #config: Config;
  readonly #database: Database;
  readonly #admission: Admission;
  readonly #settings: SettingsStore;
  readonly #desk: Desk;
  readonly #sockets: Sockets;
  readonly #rooms: Rooms;
  readonly #intake: Intake;

  constructor(context: DurableObjectState, env: Variables) {
    super(context, env);
    const project = context.id.name ?? context.id.toString();
    this.#config = readConfig(env);
    this.#database = new Database(context.storage);
    migrate(this.#database);
    const [database, config, now] = [this.#database, this.#config, Date.now];
    this.#settings = new SettingsStore(database, config);
    const settings = this.#settings;
    this.#admission = new Admission({
      database,
      project,
      config,
      settings,
      now,
    });
    const admission = this.#admission;
    this.#sockets = new Sockets(context, this.#meter);
    this.#rooms = new Rooms(
      { database: this.#database, sockets: this.#sockets },
      {
        project,
        config,
        settings,
        end: (session, code) => this.#end(session, code),
      },
    );
    this.#intake = new Intake({
      rooms: this.#rooms,
      admission,
      rate: config.rate,
      end: (session, code) => this.#end(session, code),
      now,
    });
    this.#desk = new Desk({
      admission,
      database,
      meter: this.#meter,
      rooms: this.#rooms,
      settings,
      sockets: this.#sockets,
      revoke: (revocation) => this.#revoke(revocation),
    });
    settings.onChange(({ mode }, change) => {
      if (change.mode !== undefined) this.#changeMode(mode);
    });
  }

  /** Upgrades a connection that the Worker has let through. */
  override async fetch(request: Request): Promise<Response> {
    const wish = parseJoin(request, this.ctx.id.name ?? "");
    if (isProblem(wish)) return refuseHttp(wish);
    const { token, room } = wish;
    const identity = await this.#admission.admit(token ? { token } : {}, {
      action: "read",
      room,
    });
    if (isProblem(identity)) return refuseHttp(identity);
    const known = identity.id
      ? identity
      : guestIdentity(await this.#admission.guests.create());
    return this.#accept(request, { wish, identity: known });
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

  rooms(caller: Caller) {
    return this.#desk.rooms(caller);
  }

  page(caller: Caller, range: Parameters<Desk["page"]>[1]) {
    return this.#desk.page(caller, range);
  }

  post(caller: Caller, post: Parameters<Desk["post"]>[1]) {
    return this.#desk.post(caller, post);
  }

  members(caller: Caller, room: string) {
    return this.#desk.members(caller, room);
  }

  search(caller: Caller, search: Parameters<Desk["search"]>[1]) {
    return this.#desk.search(caller, search);
  }

  export(caller: Caller) {
    return this.#desk.export(caller);
  }

  stats(caller: Caller) {
    return this.#desk.stats(caller);
  }

  settings(caller: Caller) {
    return this.#desk.settings(caller);
  }

  changeSettings(caller: Caller, change: SettingsChange) {
    return this.#desk.changeSettings(caller, change);
  }

  revoke(caller: Caller, revocation: Revocation) {
    return this.#desk.revoke(caller, revocation);
  }

  #accept(
    request: Request,
    options: { wish: JoinRequest; identity: Identity },
  ): Response {
    const { wish, identity } = options;
    if (this.#sockets.count >= this.#config.socketLimit) {
      return refuseHttp({ code: "room_full", message: "Project is full" });
    }
    this.#reap();
    const room = this.#rooms.get(wish.room);
    const { response, session } = this.#sockets.accept(request, {
      session: randomId(SESSION_ID_BYTES),
      room: wish.room,
      member: memberOf(identity, room.nicknameFor(identity, wish.nickname)),
      proof: identity.proof,
      garbage: 0,
    });
    room.join(session, { cursor: wish.cursor, token: identity.token });
    return response;
  }

  /** Everybody learns of the mode; in a project for members only the guests leave. */
  #changeMode(mode: Mode): void {
    this.#rooms.tell({ type: "room", mode });
    if (mode !== "members") return;
    const guests = this.#sockets.all().filter(({ member }) => member.guest);
    this.#dismiss(guests, MEMBERS_ONLY);
  }

  #revoke(revocation: Revocation): void {
    this.#admission.revocations.add(revocation, Date.now());
    const concerned = this.#sockets
      .all()
      .filter(({ member: { id }, proof }) =>
        concerns(revocation, { id, proof }),
      );
    this.#dismiss(concerned, TOKEN_INVALID);
  }

  /** Tells sessions why they end, and ends them. */
  #dismiss(sessions: Iterable<Session>, problem: Problem): void {
    for (const session of sessions) {
      session.tell(refusal(problem));
      this.#end(session, ERRORS[problem.code].close);
    }
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
