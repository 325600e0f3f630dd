/**
 * The rules of one room: who joins, what a command does, what everybody is told. All of
 * it is synchronous: an append and its fan-out happen in one turn, so that the order in
 * the log is the order on every screen.
 */
import type {
  CommandOf,
  LogCommand,
  Member,
  Problem,
  RoomEvent,
  RoomLine,
} from "../../protocol/mod.ts";
import type { Identity, Unnamed } from "../door/identity.ts";
import type { Cursor } from "../door/join_request.ts";
import type { Log } from "../log/log.ts";
import type { Page, Range } from "../log/pages.ts";
import { changesOf } from "../moderation/room_settings.ts";
import type { Session } from "../sockets/session.ts";
import { Answers } from "./answers.ts";
import type { Outcome } from "./append.ts";
import { FanOut } from "./fan_out.ts";
import { nicknameFor, recognise, rename } from "./nicknames.ts";
import type { Choice } from "./pending_events.ts";
import { PresenceEvents } from "./presence_events.ts";
import { markRead, readStateFor } from "./read_receipts.ts";
import type { RoomCommand, RoomOptions } from "./room_options.ts";
import type { RoomStore } from "./room_store.ts";
import { tellTyping } from "./typing.ts";
import { Welcomer, youOf } from "./welcome.ts";
import { type Author, Writer } from "./writer.ts";

/** One conversation. */
export class Room {
  /** What is written here, and by which rules. */
  readonly store: RoomStore;
  readonly #options: RoomOptions;
  readonly #log: Log;
  readonly #fanOut: FanOut;
  readonly #presence: PresenceEvents;
  readonly #welcomer: Welcomer;
  readonly #writer: Writer;
  readonly #answers: Answers;

  constructor(options: RoomOptions) {
    this.#options = options;
    this.store = options.store;
    const { log } = options.store;
    this.#log = log;
    this.#writer = new Writer(options);
    this.#welcomer = new Welcomer(log);
    this.#fanOut = new FanOut({
      ...options,
      head: () => log.head,
      after: (seq) => log.history.after(seq),
      missed: () => ({
        type: "room",
        mode: options.settings.current.mode,
        ...options.store.settings.known(log.oldest),
      }),
    });
    this.#answers = new Answers(this.#fanOut);
    this.#presence = new PresenceEvents(this.#fanOut, options.schedule);
  }

  /** The room in the list of rooms, and how much of it a reader has not read. */
  line(reader?: { member: string; mark: number }): RoomLine {
    const { head, lastAt: at, count } = this.#log;
    const { room } = this.#options;
    const line = { room, head, online: this.#presence.online, at, count };
    return reader ? { ...line, ...this.#log.unread(reader) } : line;
  }

  /** How many sessions listen. */
  get size(): number {
    return this.#fanOut.size;
  }

  /** Members with an open session. */
  get members(): Member[] {
    return this.#presence.members();
  }

  /** Whether somebody has an open session. */
  isHere(id: string): boolean {
    return this.#presence.find(id) !== undefined;
  }

  /** The nickname of somebody who comes in. */
  nicknameFor(identity: Unnamed, wanted: string | undefined): string {
    const subject = { member: identity, address: identity.address };
    const now = this.#options.now();
    const wish = this.store.sendPolicy.wishOf(subject, { wanted, now });
    return nicknameFor(this.#presence, { identity, wanted: wish });
  }

  /** A session goes on under a newer token. */
  recognise(session: Session, identity: Identity): void {
    const options = { session, identity };
    const member = recognise(this.#presence, options);
    const you = youOf(session, { member, token: identity.token });
    this.answer(session, { type: "you", you });
  }

  /** Tells everybody here, or whom `to` says, something that has no place in the log. */
  broadcast(event: RoomEvent, to?: Choice): void {
    this.#fanOut.broadcast(event, to);
  }

  /** Lets a session in and tells it all it has to know. */
  join(
    session: Session,
    options: { cursor: Cursor | undefined; token: string | undefined },
  ): void {
    const { member } = session;
    this.#presence.claim(session, () => {
      // Another tab of somebody who is here: one person has one nickname.
      const nickname = this.#presence.find(member.id)?.nickname;
      if (nickname && nickname !== member.nickname) {
        this.#presence.rename(member);
      }
      this.#presence.enter(session);
    });
    this.#options.watchers.changed(session.room);
    const { crowded, online } = this.#presence;
    const { settings, store } = this.#options;
    const { mode } = settings.current;
    const answer = this.#welcomer.welcome({
      ...this.#options,
      online,
      members: crowded ? undefined : this.members,
      cursor: options.cursor,
      settings: { mode, ...store.settings.told(this.#log.oldest) },
      ...readStateFor(this.#contextOf(session), this.#options),
      you: youOf(session, { member, token: options.token }),
    });
    this.#fanOut.join(session, answer);
  }

  /** Ends a session; safe to call again. */
  leave(session: Session): void {
    this.#fanOut.delete(session);
    this.#presence.leave(session);
    this.#options.marks.leave(session);
    this.#options.watchers.leave(session);
  }

  /**
   * Runs `task`, which handles `command`, when it is its turn: what goes into the log may
   * wait a moment for others to share its commit, the rest keeps its place behind it.
   */
  inTurn(command: RoomCommand, task: () => void): void {
    if ("nonce" in command) this.#fanOut.inTurn(task);
    else this.#fanOut.inOrder(task);
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
        return this.#answers.page(session, {
          history: this.#log.history,
          command,
        });
      case "rename":
        return this.#rename(session, command);
      case "typing":
        if (this.#silence(session)) return;
        return tellTyping(this.#contextOf(session), {
          on: command.on,
          now: this.#options.now(),
        });
      case "read":
        if (command.seq > this.#log.head) return;
        return markRead(this.#contextOf(session), {
          ...this.#options,
          seq: command.seq,
        });
      case "rooms":
        return this.#options.watchers.ask(session, command);
    }
  }

  /** A session has everything up to `seq` that it was told; false when that changes nothing. */
  ack(session: Session, seq: number): boolean {
    return this.#fanOut.ack(session, seq);
  }

  /** Appends a command that did not come by socket; everybody who listens is told. */
  post(subject: Author, command: LogCommand): Outcome {
    const { settings } = this.#options.store;
    const before = settings.current;
    const here = (id: string) => this.#presence.find(id);
    const outcome = this.#writer.write({ subject, command, here });
    if (outcome.kind !== "appended") return outcome;
    this.#fanOut.broadcastEncoded(outcome.event);
    const changes = changesOf(before, settings.current);
    if (changes) this.#fanOut.broadcast({ type: "room", ...changes });
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
    this.#answers.send(session, event);
  }

  #append(session: Session, command: LogCommand): void {
    const outcome = this.post(session, command);
    this.#answers.outcome(session, { outcome, nonce: command.nonce });
  }

  #contextOf(session: Session) {
    return { session, fanOut: this.#fanOut, presence: this.#presence };
  }

  /** Why a session may not be heard, not even by its typing or its name. */
  #silence(session: Session): Problem | undefined {
    const { store, now } = this.#options;
    return store.sendPolicy.silence(session, now());
  }

  #rename(session: Session, command: CommandOf<"rename">): void {
    const { nickname: wanted, ref } = command;
    const whyBusy = (member: string) => this.#writer.whyBusy(member);
    const problem =
      this.#silence(session) ??
      rename(this.#presence, { session, wanted, whyBusy });
    this.#answers.change(session, { problem, ref });
  }
}
