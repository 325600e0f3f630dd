/**
 * The rules of one room: who joins, what a command does, what everybody is told. All of
 * it is synchronous: an append and its fan-out happen in one turn, so that the order in
 * the log is the order on every screen.
 */
import {
  type CommandOf,
  DEFAULT_PAGE_SIZE,
  type LogCommand,
  type Member,
  type Problem,
  type RoomEvent,
  type RoomLine,
  type RoomSettings,
} from "../../protocol/mod.ts";
import type { Identity } from "../door/identity.ts";
import type { Cursor } from "../door/join_request.ts";
import type { Outcome } from "../log/append.ts";
import type { Log } from "../log/log.ts";
import { encodePage, type Page, type Range } from "../log/pages.ts";
import { changesOf } from "../order/room_state.ts";
import type { Session } from "../sockets/session.ts";
import { Answers } from "./answers.ts";
import { Attendance } from "./attendance.ts";
import { Audience } from "./audience.ts";
import { Greeter, youOf } from "./join.ts";
import type { Ledger } from "./ledger.ts";
import { nicknameFor, recognise, rename } from "./naming.ts";
import { read, reading } from "./reading.ts";
import type { RoomCommand, RoomOptions } from "./room_options.ts";
import { type Place, tellTyping } from "./signals.ts";
import { type Author, Writer } from "./writer.ts";

/** One conversation. */
export class Room {
  /** What is written here, and by which rules. */
  readonly ledger: Ledger;
  readonly #options: RoomOptions;
  readonly #log: Log;
  readonly #audience: Audience;
  readonly #attendance: Attendance;
  readonly #greeter: Greeter;
  readonly #writer: Writer;
  readonly #answers: Answers;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.ledger = options.ledger;
    const { log } = options.ledger;
    this.#log = log;
    this.#writer = new Writer(options);
    this.#greeter = new Greeter(log);
    this.#audience = new Audience({
      ...options,
      head: () => log.head,
      after: (seq) => log.history.after(seq),
    });
    this.#answers = new Answers(this.#audience);
    this.#attendance = new Attendance(this.#audience, options.schedule);
  }

  /** The room in the list of rooms, and how much of it a reader has not read. */
  line(reader?: { member: string; mark: number }): RoomLine {
    const { head, lastAt: at, count } = this.#log;
    const { room } = this.#options;
    const line = { room, head, online: this.#attendance.online, at, count };
    return reader ? { ...line, ...this.#log.unread(reader) } : line;
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
  nicknameFor(identity: Identity, wanted: string | undefined): string {
    const subject = { member: identity, address: identity.address };
    const now = this.#options.now();
    const wish = this.ledger.conduct.wishOf(subject, { wanted, now });
    return nicknameFor(this.#attendance, { identity, wanted: wish });
  }

  /** How the room is run. */
  get settings(): RoomSettings {
    const { settings, ledger } = this.#options;
    const { mode } = settings.current;
    return { mode, ...ledger.state.told(this.#log.oldest) };
  }

  /** A session goes on under a newer token. */
  recognise(session: Session, identity: Identity): void {
    const options = { session, identity };
    const member = recognise(this.#attendance, options);
    const you = youOf(session, { member, token: identity.token });
    this.answer(session, { type: "you", you });
  }

  /** Tells everybody here, or whom `to` picks, something that has no place in the log. */
  tell(event: RoomEvent, to?: (session: Session) => boolean): void {
    this.#audience.tell(event, to);
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
    this.#attendance.claim(session, () => this.#attendance.enter(session));
    this.#options.onlookers.changed(session.room);
    const { crowded, online } = this.#attendance;
    const greeting = this.#greeter.greet({
      ...this.#options,
      online,
      members: crowded ? undefined : this.members,
      cursor: options.cursor,
      settings: this.settings,
      ...reading(this.#place(session), this.#options),
      you: youOf(session, { member, token: options.token }),
    });
    this.#audience.join(session, greeting);
  }

  /** Ends a session; safe to call again. */
  leave(session: Session): void {
    this.#audience.delete(session);
    this.#attendance.leave(session);
    this.#options.marks.leave(session);
    this.#options.onlookers.leave(session);
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
      case "moderate":
        return this.#append(session, command);
      case "report":
        return this.answer(session, this.#options.report(session, command));
      case "history":
        return this.#history(session, command);
      case "rename":
        return this.#rename(session, command);
      case "typing":
        if (this.#silence(session)) return;
        return tellTyping(this.#place(session), {
          on: command.on,
          now: this.#options.now(),
        });
      case "read":
        if (command.seq > this.#log.head) return;
        return read(this.#place(session), {
          ...this.#options,
          seq: command.seq,
        });
      case "rooms":
        return this.#options.onlookers.ask(session, command);
      case "ack":
        return this.#audience.ack(session, command.seq);
    }
  }

  /** Appends a command that did not come by socket; everybody who listens is told. */
  post(subject: Author, command: LogCommand): Outcome {
    const { state } = this.#options.ledger;
    const { settings } = state;
    const here = (id: string) => this.#attendance.find(id);
    const outcome = this.#writer.write({ subject, command, here });
    if (outcome.kind !== "appended") return outcome;
    this.#audience.tellEncoded(outcome.event);
    const changes = changesOf(settings, state.settings);
    if (changes) this.#audience.tell({ type: "room", ...changes });
    const { member: by } = subject;
    this.#options.appended({ by, command, seq: this.#log.head });
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

  /** Tells one session something small, after all that it is owed. */
  answer(session: Session, event: RoomEvent): void {
    this.#answers.tell(session, event);
  }

  #append(session: Session, command: LogCommand): void {
    const outcome = this.post(session, command);
    this.#answers.outcome(session, { outcome, nonce: command.nonce });
  }

  #place(session: Session): Place {
    const [audience, attendance] = [this.#audience, this.#attendance];
    return { audience, attendance, session };
  }

  /** Why a session may not be heard, not even by its typing or its name. */
  #silence(session: Session): Problem | undefined {
    const { ledger, now } = this.#options;
    return ledger.conduct.silence(session, now());
  }

  #history(session: Session, command: CommandOf<"history">): void {
    const { limit = DEFAULT_PAGE_SIZE, ref } = command;
    const reader = session.member.id;
    const page = this.#log.history.page({ ...command, limit, reader });
    const encoded = encodePage({ type: "history", ref }, page);
    this.#answers.give(session, { encoded, ref });
  }

  #rename(session: Session, command: CommandOf<"rename">): void {
    const { nickname: wanted, ref } = command;
    const problem =
      this.#silence(session) ?? rename(this.#attendance, { session, wanted });
    this.#answers.change(session, { problem, ref });
  }
}
