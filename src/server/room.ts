/**
 * The rules of one room: who joins, what a command does, what everybody is told. All of
 * it is synchronous: an append and its fan-out happen in one turn, so that the order in
 * the log is the order on every screen.
 */
import {
  type Command,
  type CommandOf,
  DEFAULT_PAGE_SIZE,
  type LogCommand,
  type Member,
  type Problem,
  prepareNickname,
  type Refused,
} from "../protocol/mod.ts";
import { append, type Outcome } from "./append.ts";
import { Attendance, type Schedule } from "./attendance.ts";
import type { Audience } from "./audience.ts";
import type { Page } from "./history.ts";
import { greet } from "./join.ts";
import type { Cursor } from "./join_request.ts";
import type { Log } from "./log.ts";
import type { Session } from "./session.ts";

/** What a room needs to know and have; it holds nothing that eviction may not take. */
export interface RoomOptions {
  readonly project: string;
  readonly name: string;
  readonly epoch: string;
  readonly historyLimit: number;
  readonly log: Log;
  readonly audience: Audience;
  readonly schedule: Schedule;
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

  constructor(options: RoomOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#audience = options.audience;
    this.#attendance = new Attendance(options.audience, options.schedule);
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

  /** Members with an open session. */
  get members(): Member[] {
    return this.#attendance.members();
  }

  /** The nickname somebody who joins is given: what they ask, unless another holds it. */
  nicknameFor(member: string, wanted: string | undefined): string {
    const known = this.#attendance.find(member)?.nickname;
    const nickname = wanted ?? known ?? `User-${randomHex(4)}`;
    return this.#attendance.freeNickname(nickname, member);
  }

  /** Lets a session in and tells it all it has to know. */
  join(
    session: Session,
    options: { cursor: Cursor | undefined; token: string | undefined },
  ): void {
    const { member } = session;
    // Another tab of somebody who is here: one person has one nickname.
    const known = this.#attendance.find(member.id);
    if (known && known.nickname !== member.nickname) {
      this.#attendance.rename(member);
    }
    this.#audience.add(session);
    this.#attendance.enter(session);
    const { crowded, online } = this.#attendance;
    const { project, name: room, epoch, historyLimit } = this.#options;
    session.send(
      greet(this.#log, {
        project,
        room,
        epoch,
        historyLimit,
        online,
        members: crowded ? undefined : this.members,
        cursor: options.cursor,
        you: {
          ...member,
          session: session.id,
          ...(options.token !== undefined && { token: options.token }),
        },
      }),
    );
  }

  /** Ends a session; safe to call again. */
  leave(session: Session): void {
    this.#audience.delete(session);
    this.#attendance.leave(session);
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
        return this.#typing(session, command);
      case "read":
        return this.#read(session, command);
      case "ack":
        return;
    }
  }

  /** Appends a command that did not come by socket; everybody who listens is told. */
  post(by: Member, command: LogCommand): Outcome {
    const outcome = append(this.#log, {
      by,
      command,
      now: this.#options.now(),
      full: this.#options.isFull(),
    });
    if (outcome.kind === "appended") this.#audience.tellEncoded(outcome.event);
    return outcome;
  }

  /** A page of history and the cursor that goes with it, as `reader` sees it. */
  page(options: { before?: number; limit: number; reader: string }): Page & {
    epoch: string;
    head: number;
  } {
    const { epoch } = this.#options;
    return { ...this.#log.page(options), epoch, head: this.#log.head };
  }

  #append(session: Session, command: LogCommand): void {
    const outcome = this.post(session.member, command);
    if (outcome.kind === "repeated") session.send([outcome.event]);
    if (outcome.kind === "refused") {
      session.tell(refusal(outcome.problem, { nonce: command.nonce }));
    }
  }

  #history(session: Session, command: CommandOf<"history">): void {
    const { before, limit = DEFAULT_PAGE_SIZE, ref } = command;
    const { messages, more } = this.#log.page({
      ...(before !== undefined && { before }),
      limit,
      reader: session.member.id,
    });
    const head = JSON.stringify({ type: "history", ref }).slice(0, -1);
    session.send([
      `${head},"messages":[${messages.join(",")}],"more":${more}}`,
    ]);
  }

  #rename(session: Session, command: CommandOf<"rename">): void {
    const nickname = prepareNickname(command.nickname);
    if (nickname === undefined) {
      return session.tell({
        type: "error",
        code: "nickname_invalid",
        message: "Nickname is empty, too long or has characters that deceive",
      });
    }
    const { member } = session;
    const free = this.#attendance.freeNickname(nickname, member.id);
    if (free !== nickname) {
      return session.tell({
        type: "error",
        code: "nickname_taken",
        message: "Nickname is held by somebody who is here",
        suggestion: free,
      });
    }
    this.#attendance.rename({ ...member, nickname });
  }

  #typing(session: Session, command: CommandOf<"typing">): void {
    if (this.#attendance.crowded) return;
    const { member } = session;
    this.#audience.tell(
      { type: "typing", member, on: command.on },
      (other) => other.member.id !== member.id,
    );
  }

  #read(session: Session, command: CommandOf<"read">): void {
    if (this.#attendance.crowded || command.seq > this.#log.head) return;
    const { member } = session;
    this.#audience.tell(
      { type: "read", member, seq: command.seq },
      (other) => other !== session,
    );
  }
}

/** A problem as the event that answers a command. */
export function refusal(
  problem: Problem,
  address: { nonce?: string; ref?: string } = {},
): Refused {
  return { type: "error", ...problem, ...address };
}

function randomHex(digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(digits));
  return Array.from(bytes, (byte) => (byte % 16).toString(16)).join("");
}
