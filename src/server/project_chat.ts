/** The Durable Object of one project: turns what the platform calls into what the project does. */
import { DurableObject } from "cloudflare:workers";
import {
  isProblem,
  type Revocation,
  type SettingsChange,
} from "../protocol/mod.ts";
import type { Variables } from "./config.ts";
import { type Caller, callerOf } from "./door/caller.ts";
import { type Identity, memberOf } from "./door/identity.ts";
import { type JoinRequest, parseJoin } from "./door/join_request.ts";
import { mayAsk } from "./door/origins.ts";
import type { OversightQuery } from "./http/oversight.ts";
import type { ProjectApi } from "./http/project_api.ts";
import { refuseHttp } from "./http/refusal.ts";
import { readFile } from "./log/files.ts";
import { OTHER_ORIGIN } from "./problems.ts";
import { Project } from "./project.ts";
import { answerClose } from "./sockets/close_code.ts";
import { randomId } from "./storage/meta.ts";

const SESSION_ID_BYTES = 9;

/** One project, as the platform calls it. */
export class ProjectChat extends DurableObject<Variables> {
  readonly #project: Project;

  constructor(context: DurableObjectState, env: Variables) {
    super(context, env);
    this.#project = new Project(context, env);
  }

  /** Upgrades a connection that the Worker has let through. */
  override fetch(request: Request): Promise<Response> {
    return this.#asked(() => this.#join(request));
  }

  async #join(request: Request): Promise<Response> {
    const wish = parseJoin(request, this.ctx.id.name ?? "");
    if (isProblem(wish)) return refuseHttp(wish);
    const { config, settings, admission, limits } = this.#project;
    const lists = [config.origins, settings.current.origins];
    const origin = request.headers.get("Origin");
    if (!mayAsk(origin, { url: request.url, lists })) {
      return refuseHttp(OTHER_ORIGIN);
    }
    const caller = callerOf(request, config.addressHeader);
    const identity = await admission.admit(caller, {
      action: "read",
      room: wish.room,
      isJoin: true,
    });
    if (isProblem(identity)) return refuseHttp(identity);
    const problem = limits.whyNotConnect(identity);
    return problem
      ? refuseHttp(problem)
      : this.#accept(request, { wish, identity });
  }

  /** The one alarm: a token's time is over. */
  override alarm(): void {
    this.#project.meter.alarmsRung++;
    this.#asked(() => this.#project.expiry.ring(Date.now()));
  }

  /** What the Worker needs to know to answer pages for this project. */
  origins(): readonly string[] {
    return this.#asked(() => this.#project.settings.current.origins);
  }

  override webSocketMessage(
    socket: WebSocket,
    frame: string | ArrayBuffer,
  ): void | Promise<void> {
    const { meter, closer, sockets, dispatcher } = this.#project;
    meter.framesReceived++;
    return meter.during(() => {
      closer.reap(Date.now());
      const session = sockets.session(socket);
      return session && dispatcher.dispatch(session, frame);
    });
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string) {
    this.#leave(socket);
    answerClose(socket, { code, reason });
  }

  override webSocketError(socket: WebSocket) {
    this.#leave(socket);
  }

  rooms(caller: Caller) {
    return this.#asked(() => this.#project.api.rooms(caller));
  }

  page(caller: Caller, range: Parameters<ProjectApi["page"]>[1]) {
    return this.#asked(() => this.#project.api.page(caller, range));
  }

  post(caller: Caller, post: Parameters<ProjectApi["post"]>[1]) {
    return this.#asked(() => this.#project.api.post(caller, post));
  }

  upload(caller: Caller, upload: Parameters<ProjectApi["upload"]>[1]) {
    return this.#asked(() => this.#project.api.upload(caller, upload));
  }

  /** A file that a message has; whoever knows its key may load it. */
  file(key: string) {
    return this.#asked(() => readFile(this.#project.database, key));
  }

  members(caller: Caller, room: string) {
    return this.#asked(() => this.#project.api.members(caller, room));
  }

  search(caller: Caller, search: Parameters<ProjectApi["search"]>[1]) {
    return this.#asked(() => this.#project.api.search(caller, search));
  }

  export(caller: Caller) {
    return this.#asked(() => this.#project.api.export(caller));
  }

  stats(caller: Caller) {
    return this.#asked(() => this.#project.api.stats(caller));
  }

  settings(caller: Caller) {
    return this.#asked(() => this.#project.api.owner.settings(caller));
  }

  changeSettings(caller: Caller, change: SettingsChange) {
    return this.#asked(() =>
      this.#project.api.owner.changeSettings(caller, change),
    );
  }

  oversee(caller: Caller, query: OversightQuery) {
    return this.#asked(() => this.#project.api.owner.oversee(caller, query));
  }

  dismiss(caller: Caller, report: number) {
    return this.#asked(() => this.#project.api.owner.dismiss(caller, report));
  }

  sitekey(caller: Caller) {
    return this.#asked(() => this.#project.api.owner.sitekey(caller));
  }

  pass(caller: Caller, response: unknown) {
    return this.#asked(() => this.#project.api.owner.pass(caller, response));
  }

  revoke(caller: Caller, revocation: Revocation) {
    return this.#asked(() =>
      this.#project.api.owner.revoke(caller, revocation),
    );
  }

  #leave(socket: WebSocket): void {
    const { meter, closer, sockets } = this.#project;
    const session = sockets.session(socket);
    meter.during(() => closer.leave(session));
  }

  /** Answers what is billed as a request. */
  #asked<Answer>(answer: () => Answer): Answer {
    const { meter } = this.#project;
    meter.requests++;
    return meter.during(answer);
  }

  #accept(
    request: Request,
    options: { wish: JoinRequest; identity: Identity },
  ): Response {
    const { wish, identity } = options;
    const { closer, rooms, sockets, expiry } = this.#project;
    closer.reap(Date.now());
    const room = rooms.get(wish.room);
    const { response, session } = sockets.accept(request, {
      session: randomId(SESSION_ID_BYTES),
      room: wish.room,
      member: memberOf(identity, room.nicknameFor(identity, wish.nickname)),
      grant: identity.grant,
      human: identity.human,
      address: identity.address,
      garbage: 0,
    });
    expiry.watch(session);
    room.join(session, { cursor: wish.cursor, token: identity.token });
    return response;
  }
}
