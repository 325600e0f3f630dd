/**
 * The rules of one room: who joins, what a command does, what everybody is told. All of
 * it is synchronous: an append and its fan-out happen in one turn, so that the order in
 * the log is the order on every screen.
 */
import {
  type CloseCode,
  type Command,
  type CommandOf,
  DEFAULT_PAGE_SIZE,
  type LogCommand,
  type Member,
  type RoomEvent,
} from "../protocol/mod.ts";
import { append, type Outcome } from "./append.ts";
import { Attendance } from "./attendance.ts";
import { Audience, type Schedule } from "./audience.ts";
import type { SharedFlow } from "./flow.ts";
import { Greeter } from "./join.ts";
import type { Cursor } from "./join_request.ts";
import type { Log } from "./log.ts";
import { nicknameFor, rename } from "./naming.ts";
import { encodePage, type Page, type Range } from "./pages.ts";
import { refusal, TOO_BUSY, TOO_SLOW } from "./problems.ts";
import { type Bucket, type Rate, take } from "./rate.ts";
import type { Session } from "./session.ts";
import { type Place, tellRead, tellTyping } from "./signals.ts";

/** What a room needs to know and have; it holds nothing that eviction may not take. */
export interface RoomOptions {
  readonly project: string;
  readonly room: string;
  readonly epoch: string;
  readonly historyLimit: number;
  readonly log: Log;
  /** Sessions that are in the room already, after a wake. */
  readonly sessions: Iterable<Session>;
  /** What the readers of all rooms have on their way. */
  readonly shared: SharedFlow;
  readonly end: (session: Session, code: CloseCode) => void;
  readonly schedule: Schedule;
  /** How often the room takes something into its log. */
  readonly roomRate: Rate | "off";
  /** How often one session may ask for something; only told here. */
  readonly rate: Rate | "off";
  /** The clock, in ms since 1970. */
  readonly now: () => number;
  /** Whether the project holds as much as it may. */
  readonly isFull: () => boolean;
}

/** What a room decides on; who somebody is, is decided before. */
export type RoomCommand = Exclude<Command, { type: "auth" }>;

/** One conversation. */
export class Room {
  readonly #options: RoomOptions;
  readonly #log: Log;
  readonly #audience: Audience;
  readonly #attendance: Attendance;
  readonly #greeter: Greeter;
  #bucket: Bucket | undefined;

  constructor(options: RoomOptions) {
    this.#options = options;
    const { log } = options;
    this.#log = log;
    this.#greeter = new Greeter(log);
    this.#audience = new Audience({
      ...options,
      head: () => log.head,
      after: (seq) => log.history.after(seq),
    });
    this.#attendance = new Attendance(this.#audience, options.schedule);
  }

  /** Where the log stands and who is here. */
  get summary() {
    const { head, lastAt } = this.#log;
    return { head, online: this.#attendance.online, at: lastAt };
  }

  /** Number of the room in the tables, 0 before its first message. */
  get id(): number {
    return this.#log.id;
  }

  /** How many sessions listen. */
  get size(): number {
    return this.#audience.size;
  }

  /** Members with an open session. */
  get members(): Member[] {
    return this.#attendance.members();
  }

  /** Whether somebody has an open session. */
  isHere(id: string): boolean {
    return this.#attendance.find(id) !== undefined;
  }

  /** The nickname of somebody who comes in. */
  nicknameFor(id: string, wanted: string | undefined): string {
    return nicknameFor(this.#attendance, { id, wanted });
  }

  /** Lets a session in and tells it all it has to know. */
  join(
    session: Session,
    options: { cursor: Cursor | undefined; token: string | undefined },
  ): void {
    const { member } = session;
    // Another tab of somebody who is here: one person has one nickname.
    const nickname = this.#attendance.find(member.id)?.nickname;
    if (nickname && nickname !== member.nickname) {
      this.#attendance.rename(member);
    }
    this.#attendance.enter(session);
    const { crowded, online } = this.#attendance;
    const greeting = this.#greeter.greet({
      ...this.#options,
      online,
      members: crowded ? undefined : this.members,
      cursor: options.cursor,
      you: {
        ...member,
        session: session.id,
        ...(options.token !== undefined && { token: options.token }),
      },
    });
    this.#audience.join(session, greeting);
  }

  /** Ends a session; safe to call again. */
  leave(session: Session): void {
    this.#audience.delete(session);
    this.#attendance.leave(session);
  }

  /**
   * Runs `task`, which handles `command`, when it is its turn: what goes into the log may
   * wait a moment for others to share its commit, the rest keeps its place behind it.
   */
  inTurn(command: RoomCommand, task: () => void): void {
    if (command.type === "ack") task();
    else if ("nonce" in command) this.#audience.inTurn(task);
    else this.#audience.inOrder(task);
  }

  /** Does what a session asks. */
  handle(session: Session, command: RoomCommand): void {
    switch (command.type) {
      case "send":
      case "edit":
      case "delete":
      case "react":
        return this.#append(session, command);
      case "history":
        return this.#history(session, command);
      case "rename":
        return this.#rename(session, command);
      case "typing":
        return tellTyping(this.#place(session), command.on);
      case "read":
        if (command.seq > this.#log.head) return;
        return tellRead(this.#place(session), command.seq);
      case "ack":
        return this.#audience.ack(session, command.seq);
    }
  }

  /** Appends a command that did not come by socket; everybody who listens is told. */
  post(by: Member, command: LogCommand): Outcome {
    const [now, full] = [this.#options.now(), this.#options.isFull()];
    const retryAfter = this.#retryAfter(now);
    if (retryAfter !== undefined) {
      return { kind: "refused", problem: { ...TOO_BUSY, retryAfter } };
    }
    const here = (id: string) => this.#attendance.find(id);
    const outcome = append(this.#log, { by, command, now, full, here });
    if (outcome.kind === "appended") this.#audience.tellEncoded(outcome.event);
    return outcome;
  }

  /** A page of history and the cursor that goes with it, as `reader` sees it. */
  page(options: Range & { reader: string }): Page & {
    epoch: string;
    head: number;
  } {
    const { epoch } = this.#options;
    return { ...this.#log.history.page(options), epoch, head: this.#log.head };
  }

  /** How long the room is busy, in ms; this command counts if it is not. */
  #retryAfter(now: number): number | undefined {
    const { roomRate: rate } = this.#options;
    if (rate === "off") return undefined;
    const { bucket, retryAfter } = take(this.#bucket, { rate, now });
    this.#bucket = bucket;
    return retryAfter;
  }

  #append(session: Session, command: LogCommand): void {
    const outcome = this.post(session.member, command);
    const { nonce } = command;
    if (outcome.kind === "repeated") {
      const { encoded } = outcome.event;
      if (this.#audience.answer(session, encoded)) return;
      session.tell(refusal(TOO_SLOW, { nonce }));
    }
    if (outcome.kind === "refused") {
      this.#answer(session, refusal(outcome.problem, { nonce }));
    }
  }

  #place(session: Session): Place {
    const [audience, attendance] = [this.#audience, this.#attendance];
    return { audience, attendance, session };
  }

  /** Tells one session something small, after all that it is owed. */
  #answer(session: Session, event: RoomEvent): void {
    const encoded = JSON.stringify(event);
    if (!this.#audience.answer(session, encoded)) session.tell(event);
  }

  #history(session: Session, command: CommandOf<"history">): void {
    const { limit = DEFAULT_PAGE_SIZE, ref } = command;
    const reader = session.member.id;
    const page = this.#log.history.page({ ...command, limit, reader });
    const event = encodePage({ type: "history", ref }, page);
    if (this.#audience.answer(session, event)) return;
    this.#answer(session, refusal(TOO_SLOW, { ...(ref && { ref }) }));
  }

  #rename(session: Session, command: CommandOf<"rename">): void {
    const problem = rename(this.#attendance, {
      member: session.member,
      wanted: command.nickname,
    });
    if (problem) this.#answer(session, refusal(problem));
  }
}
