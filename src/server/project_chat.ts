/** The Durable Object of one project: turns what the platform calls into what rooms do. */
import { DurableObject } from "cloudflare:workers";
import type { Mode, Revocation, SettingsChange } from "../protocol/mod.ts";
import { type Config, readConfig, type Variables } from "./config.ts";
import { Admission } from "./door/admission.ts";
import { Door } from "./door/door.ts";
import { Expiry } from "./door/expiry.ts";
import { type Identity, memberOf } from "./door/identity.ts";
import { isProblem, type JoinRequest, parseJoin } from "./door/join_request.ts";
import { type Caller, callerOf } from "./http/caller.ts";
import { Desk } from "./http/desk.ts";
import { mayAsk } from "./http/origins.ts";
import type { Question } from "./http/oversight.ts";
import { refuseHttp } from "./http/refusal.ts";
import { readFile } from "./log/files.ts";
import { Sanctions } from "./order/sanctions.ts";
import { Screening } from "./order/screening.ts";
import { MEMBERS_ONLY, OTHER_ORIGIN } from "./problems.ts";
import { Intake } from "./room/intake.ts";
import { Rooms } from "./room/rooms.ts";
import { SettingsStore } from "./settings.ts";
import { answerClose } from "./sockets/close_code.ts";
import { Exit } from "./sockets/exit.ts";
import { Sockets } from "./sockets/sockets.ts";
import { Database } from "./storage/database.ts";
import { randomId } from "./storage/meta.ts";
import { Meter } from "./storage/meter.ts";
import { migrate } from "./storage/schema.ts";

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
  readonly #exit: Exit;
  readonly #expiry: Expiry;
  readonly #door: Door;
  readonly #intake: Intake;

  constructor(context: DurableObjectState, env: Variables) {
    super(context, env);
    const project = context.id.name ?? context.id.toString();
    this.#config = readConfig(env);
    this.#database = new Database(context.storage);
    migrate(this.#database);
    const [database, config] = [this.#database, this.#config];
    const now = () => Date.now();
    this.#settings = new SettingsStore(database, config);
    const settings = this.#settings;
    const sanctions = new Sanctions(database);
    const known = { project, config, settings, sanctions };
    this.#admission = new Admission({ ...known, database, now });
    const admission = this.#admission;
    this.#sockets = new Sockets(context, this.#meter);
    this.#exit = new Exit({
      sockets: this.#sockets,
      leave: (session) => this.#rooms.get(session.room).leave(session),
    });
    const end: Exit["end"] = (session, code) => this.#exit.end(session, code);
    this.#rooms = new Rooms(
      { database, sockets: this.#sockets, meter: this.#meter },
      { ...known, exit: this.#exit },
    );
    this.#expiry = new Expiry({
      sessions: () => this.#sockets.all(),
      exit: this.#exit,
      setAlarm: (time) => context.storage.setAlarm(time),
    });
    this.#door = new Door({ config, sockets: this.#sockets, now });
    const screening = new Screening({ project, config, settings, now });
    this.#intake = new Intake({
      screening,
      rooms: this.#rooms,
      admission,
      rate: config.rate,
      end,
      refreshed: (session) => this.#expiry.watch(session),
      now,
    });
    this.#desk = new Desk({
      admission,
      database,
      fileLimit: config.fileLimit,
      door: this.#door,
      meter: this.#meter,
      rooms: this.#rooms,
      settings,
      sanctions,
      screening,
      sockets: this.#sockets,
      exit: this.#exit,
    });
    settings.onChange(({ mode }, change) => {
      if (change.mode !== undefined) this.#changeMode(mode);
    });
  }

  /** Upgrades a connection that the Worker has let through. */
  override async fetch(request: Request): Promise<Response> {
    const wish = parseJoin(request, this.ctx.id.name ?? "");
    if (isProblem(wish)) return refuseHttp(wish);
    const lists = [this.#config.origins, this.#settings.current.origins];
    const origin = request.headers.get("Origin");
    if (!mayAsk(origin, { url: request.url, lists })) {
      return refuseHttp(OTHER_ORIGIN);
    }
    const caller = callerOf(request, this.#config.addressHeader);
    const identity = await this.#admission.admit(caller, {
      action: "read",
      room: wish.room,
      isJoin: true,
    });
    if (isProblem(identity)) return refuseHttp(identity);
    const problem = this.#door.whyNotConnect(identity);
    return problem
      ? refuseHttp(problem)
      : this.#accept(request, { wish, identity });
  }

  /** The one alarm: a token's time is over. */
  override alarm(): void {
    this.#meter.alarms++;
    this.#expiry.ring(Date.now());
  }

  /** What the Worker needs to know to answer pages for this project. */
  origins(): readonly string[] {
    return this.#settings.current.origins;
  }

  override webSocketMessage(
    socket: WebSocket,
    frame: string | ArrayBuffer,
  ): void | Promise<void> {
    this.#meter.framesReceived++;
    this.#exit.reap(Date.now());
    const session = this.#sockets.session(socket);
    return session && this.#intake.take(session, frame);
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string) {
    this.#exit.leave(this.#sockets.session(socket));
    answerClose(socket, { code, reason });
  }

  override webSocketError(socket: WebSocket) {
    this.#exit.leave(this.#sockets.session(socket));
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

  upload(caller: Caller, upload: Parameters<Desk["upload"]>[1]) {
    return this.#desk.upload(caller, upload);
  }

  /** A file that a message has; whoever knows its key may load it. */
  file(key: string) {
    return readFile(this.#database, key);
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
    return this.#desk.office.settings(caller);
  }

  changeSettings(caller: Caller, change: SettingsChange) {
    return this.#desk.office.changeSettings(caller, change);
  }

  oversee(caller: Caller, question: Question) {
    return this.#desk.office.oversee(caller, question);
  }

  dismiss(caller: Caller, report: number) {
    return this.#desk.office.dismiss(caller, report);
  }

  sitekey(caller: Caller) {
    return this.#desk.office.sitekey(caller);
  }

  pass(caller: Caller, response: unknown) {
    return this.#desk.office.pass(caller, response);
  }

  revoke(caller: Caller, revocation: Revocation) {
    return this.#desk.office.revoke(caller, revocation);
  }

  #accept(
    request: Request,
    options: { wish: JoinRequest; identity: Identity },
  ): Response {
    const { wish, identity } = options;
    this.#exit.reap(Date.now());
    const room = this.#rooms.get(wish.room);
    const { response, session } = this.#sockets.accept(request, {
      session: randomId(SESSION_ID_BYTES),
      room: wish.room,
      member: memberOf(identity, room.nicknameFor(identity, wish.nickname)),
      proof: identity.proof,
      human: identity.human,
      address: identity.address,
      garbage: 0,
    });
    this.#expiry.watch(session);
    room.join(session, { cursor: wish.cursor, token: identity.token });
    return response;
  }

  /** Everybody learns of the mode; in a project for members only the guests leave. */
  #changeMode(mode: Mode): void {
    this.#rooms.tell({ type: "room", mode });
    if (mode !== "members") return;
    this.#exit.dismissWhere(({ member }) => member.guest, MEMBERS_ONLY);
  }
}
