/** The Durable Object of one project: turns what the platform calls into what rooms do. */
import { DurableObject } from "cloudflare:workers";
import {
  CLOSE,
  type CommandOf,
  ERRORS,
  isRejected,
  type Member,
  type Problem,
  parseCommand,
  type Rejected,
} from "../protocol/mod.ts";
import type { Outcome } from "./append.ts";
import { answerTo } from "./close_code.ts";
import { type Config, readConfig, type Variables } from "./config.ts";
import { Database } from "./database.ts";
import { exportStream } from "./export.ts";
import { Guests } from "./guests.ts";
import type { Page } from "./history.ts";
import { isProblem, type JoinRequest, parseJoin } from "./join_request.ts";
import { randomId } from "./meta.ts";
import { refuseHttp } from "./refusal.ts";
import { refusal } from "./room.ts";
import { type RoomSummary, Rooms } from "./rooms.ts";
import { migrate } from "./schema.ts";
import { type Found, searchMessages } from "./search.ts";
import type { Session } from "./session.ts";
import { Sockets } from "./sockets.ts";

/** Frames in a row that are no command before their socket is closed. */
const MAX_GARBAGE = 3;
const SESSION_ID_BYTES = 9;

/** One project: its rooms, its history and whoever is connected. */
export class ProjectChat extends DurableObject<Variables> {
  readonly #config: Config;
  readonly #database: Database;
  readonly #guests: Guests;
  readonly #sockets: Sockets;
  readonly #rooms: Rooms;

  constructor(context: DurableObjectState, env: Variables) {
    super(context, env);
    const project = context.id.name ?? context.id.toString();
    this.#config = readConfig(env);
    this.#database = new Database(context.storage);
    migrate(this.#database);
    this.#guests = new Guests(this.#database, project);
    this.#sockets = new Sockets(context);
    this.#rooms = new Rooms(
      { database: this.#database, sockets: this.#sockets },
      { project, config: this.#config },
    );
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
    const session = this.#sockets.session(socket);
    if (!session?.open) return;
    if (typeof frame !== "string") {
      return session.close(CLOSE.UNSUPPORTED, "Frames must be text");
    }
    const command = parseCommand(frame);
    if (isRejected(command)) return this.#reject(session, command);
    if (session.garbage > 0) session.update({ garbage: 0 });
    if (command.type === "auth") return this.#refresh(session, command.token);
    try {
      this.#rooms.get(session.room).handle(session, command);
    } catch (fault) {
      // Were it thrown on, the platform would swallow the frame without a word.
      console.error("Command failed:", command.type, describe(fault));
      const nonce = "nonce" in command ? { nonce: command.nonce } : {};
      session.tell(refusal(INTERNAL, nonce));
    }
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string) {
    this.#leave(socket);
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
    this.#leave(socket);
  }

  /** Rooms that were spoken in, oldest first. */
  rooms(): RoomSummary[] {
    return this.#rooms.list();
  }

  /** A page of a room's history as `token`'s guest, or anybody, sees it. */
  async page(options: {
    room: string;
    before?: number;
    limit: number;
    token?: string;
  }): Promise<(Page & { epoch: string; head: number }) | Problem> {
    const { room, token, ...range } = options;
    const guest = token ? await this.#guests.recognise(token) : { id: "" };
    if (isProblem(guest)) return guest;
    return this.#rooms.get(room).page({ ...range, reader: guest.id });
  }

  /** Appends a message that came by HTTP. */
  async post(options: {
    room: string;
    nickname?: string;
    token?: string;
    command: CommandOf<"send">;
  }): Promise<Outcome> {
    const { token, command, nickname } = options;
    const guest = token
      ? await this.#guests.recognise(token)
      : { id: await this.#guests.idFor(command.nonce) };
    if (isProblem(guest)) return { kind: "refused", problem: guest };
    const room = this.#rooms.get(options.room);
    return room.post(
      guestMember(guest.id, room.nicknameFor(guest.id, nickname)),
      command,
    );
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

  /** Rows since this object woke: what its operator pays for. */
  meter(): { rowsRead: number; rowsWritten: number } {
    const { rowsRead, rowsWritten } = this.#database;
    return { rowsRead, rowsWritten };
  }

  #accept(
    request: Request,
    options: { wish: JoinRequest; guest: { id: string; token: string } },
  ): Response {
    const { wish, guest } = options;
    if (this.#sockets.count >= this.#config.socketLimit) {
      return refuseHttp({ code: "room_full", message: "Project is full" });
    }
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

  /** Takes a newer token of the same guest. */
  async #refresh(session: Session, token: string): Promise<void> {
    const guest = await this.#guests.recognise(token);
    if (isProblem(guest)) return session.tell(refusal(guest));
    if (guest.id !== session.member.id) return session.tell(refusal(OTHERS));
    const you = { ...session.member, session: session.id, token: guest.token };
    session.tell({ type: "you", you });
  }

  #reject(session: Session, rejected: Rejected): void {
    const { garbage, ...problem } = rejected;
    session.tell({ type: "error", ...problem });
    if (problem.code === "too_large" && garbage) {
      return session.close(CLOSE.TOO_BIG, problem.code);
    }
    session.update({ garbage: garbage ? session.garbage + 1 : 0 });
    if (session.garbage >= MAX_GARBAGE) {
      session.close(ERRORS.bad_request.close, problem.code);
    }
  }

  /** Ends the socket's session, whichever of close and error comes first. */
  #leave(socket: WebSocket): void {
    const session = this.#sockets.session(socket);
    if (!session || session.gone) return;
    session.update({ gone: true });
    this.#sockets.forget();
    this.#rooms.get(session.room).leave(session);
  }
}

const INTERNAL: Problem = { code: "internal", message: "Something went wrong" };

const OTHERS: Problem = {
  code: "unauthorized",
  message: "Token is not valid here",
};

function guestMember(id: string, nickname: string): Member {
  return { id, nickname, role: "guest", guest: true };
}

function describe(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
