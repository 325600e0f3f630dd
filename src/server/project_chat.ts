/** The Durable Object of one project: turns what the platform calls into what rooms do. */
import { DurableObject } from "cloudflare:workers";
import {
  isProblem,
  type Mode,
  type Revocation,
  type SettingsChange,
} from "../protocol/mod.ts";
import { type Config, readConfig, type Variables } from "./config.ts";
import { Admission } from "./door/admission.ts";
import { type Caller, callerOf } from "./door/caller.ts";
import { CallerLimits } from "./door/caller_limits.ts";
import { type Identity, memberOf } from "./door/identity.ts";
import { type JoinRequest, parseJoin } from "./door/join_request.ts";
import { mayAsk } from "./door/origins.ts";
import type { OversightQuery } from "./http/oversight.ts";
import { ProjectApi } from "./http/project_api.ts";
import { refuseHttp } from "./http/refusal.ts";
import { readFile } from "./log/files.ts";
import { Sanctions } from "./moderation/sanctions.ts";
import { MEMBERS_ONLY, OTHER_ORIGIN } from "./problems.ts";
import { Dispatcher } from "./room/dispatcher.ts";
import { PrePublish } from "./room/pre_publish.ts";
import { Rooms } from "./room/rooms.ts";
import { SettingsStore } from "./settings.ts";
import { answerClose } from "./sockets/close_code.ts";
import { Expiry } from "./sockets/expiry.ts";
import { SessionCloser } from "./sockets/session_closer.ts";
import { Sockets } from "./sockets/sockets.ts";
import { Database } from "./storage/database.ts";
import { randomId } from "./storage/meta.ts";
import { Meter } from "./storage/meter.ts";
import { Quota } from "./storage/quota.ts";
import { migrate } from "./storage/schema.ts";

const SESSION_ID_BYTES = 9;

/** One project: its rooms, its history and whoever is connected. */
export class ProjectChat extends DurableObject<Variables> {
  readonly #meter = new Meter(Date.now());
  readonly #config: Config;
  readonly #database: Database;
  readonly #admission: Admission;
  readonly #settings: SettingsStore;
  readonly #api: ProjectApi;
  readonly #sockets: Sockets;
  readonly #rooms: Rooms;
  readonly #closer: SessionCloser;
  readonly #expiry: Expiry;
  readonly #limits: CallerLimits;
  readonly #dispatcher: Dispatcher;

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
    const quota = new Quota(database, config.storageLimit);
    this.#admission = new Admission({ ...known, database, now });
    const admission = this.#admission;
    this.#sockets = new Sockets(context, this.#meter);
    this.#closer = new SessionCloser({
      sockets: this.#sockets,
      leave: (session) => this.#rooms.get(session.room).leave(session),
    });
    this.#rooms = new Rooms(
      { database, sockets: this.#sockets, meter: this.#meter },
      { ...known, closer: this.#closer, quota },
    );
    this.#expiry = new Expiry({
      sessions: () => this.#sockets.all(),
      closer: this.#closer,
      setAlarm: (time) => context.storage.setAlarm(time),
    });
    this.#limits = new CallerLimits({ config, sockets: this.#sockets, now });
    const prePublish = new PrePublish({ project, config, settings, now });
    this.#dispatcher = new Dispatcher({
      prePublish,
      rooms: this.#rooms,
      admission,
      rate: config.rate,
      end: (session, code) => this.#closer.end(session, code),
      refreshed: (session) => this.#expiry.watch(session),
      now,
    });
    this.#api = new ProjectApi({
      admission,
      database,
      fileLimit: config.fileLimit,
      callerLimits: this.#limits,
      meter: this.#meter,
      quota,
      rooms: this.#rooms,
      settings,
      sanctions,
      prePublish,
      sockets: this.#sockets,
      closer: this.#closer,
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
    const problem = this.#limits.whyNotConnect(identity);
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
    this.#closer.reap(Date.now());
    const session = this.#sockets.session(socket);
    return session && this.#dispatcher.dispatch(session, frame);
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string) {
    this.#closer.leave(this.#sockets.session(socket));
    answerClose(socket, { code, reason });
  }

  override webSocketError(socket: WebSocket) {
    this.#closer.leave(this.#sockets.session(socket));
  }

  rooms(caller: Caller) {
    return this.#api.rooms(caller);
  }

  page(caller: Caller, range: Parameters<ProjectApi["page"]>[1]) {
    return this.#api.page(caller, range);
  }

  post(caller: Caller, post: Parameters<ProjectApi["post"]>[1]) {
    return this.#api.post(caller, post);
  }

  upload(caller: Caller, upload: Parameters<ProjectApi["upload"]>[1]) {
    return this.#api.upload(caller, upload);
  }

  /** A file that a message has; whoever knows its key may load it. */
  file(key: string) {
    return readFile(this.#database, key);
  }

  members(caller: Caller, room: string) {
    return this.#api.members(caller, room);
  }

  search(caller: Caller, search: Parameters<ProjectApi["search"]>[1]) {
    return this.#api.search(caller, search);
  }

  export(caller: Caller) {
    return this.#api.export(caller);
  }

  stats(caller: Caller) {
    return this.#api.stats(caller);
  }

  settings(caller: Caller) {
    return this.#api.owner.settings(caller);
  }

  changeSettings(caller: Caller, change: SettingsChange) {
    return this.#api.owner.changeSettings(caller, change);
  }

  oversee(caller: Caller, query: OversightQuery) {
    return this.#api.owner.oversee(caller, query);
  }

  dismiss(caller: Caller, report: number) {
    return this.#api.owner.dismiss(caller, report);
  }

  sitekey(caller: Caller) {
    return this.#api.owner.sitekey(caller);
  }

  pass(caller: Caller, response: unknown) {
    return this.#api.owner.pass(caller, response);
  }

  revoke(caller: Caller, revocation: Revocation) {
    return this.#api.owner.revoke(caller, revocation);
  }

  #accept(
    request: Request,
    options: { wish: JoinRequest; identity: Identity },
  ): Response {
    const { wish, identity } = options;
    this.#closer.reap(Date.now());
    const room = this.#rooms.get(wish.room);
    const { response, session } = this.#sockets.accept(request, {
      session: randomId(SESSION_ID_BYTES),
      room: wish.room,
      member: memberOf(identity, room.nicknameFor(identity, wish.nickname)),
      grant: identity.grant,
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
    this.#rooms.broadcast({ type: "room", mode });
    if (mode !== "members") return;
    this.#closer.dismissWhere(({ member }) => member.guest, MEMBERS_ONLY);
  }
}
