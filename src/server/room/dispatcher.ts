/** What becomes of a frame: whether it is a command, whether it comes too often, who does it. */
import {
  CLOSE,
  type CloseCode,
  COMMAND_ACTIONS,
  type Command,
  type CommandOf,
  isProblem,
  isRejected,
  may,
  type Problem,
  parseCommand,
  type Rejected,
} from "../../protocol/mod.ts";
import type { Admission } from "../door/admission.ts";
import { type Rate, take } from "../door/rate.ts";
import { describeFault } from "../fault.ts";
import {
  INTERNAL,
  NOT_ALLOWED,
  refusal,
  TOKEN_EXPIRED,
  TOKEN_INVALID,
  TOO_MANY_WAIT,
  TOO_OFTEN,
} from "../problems.ts";
import type { Session } from "../sockets/session.ts";
import { hasText, type PrePublish } from "./pre_publish.ts";
import type { Room } from "./room.ts";
import type { RoomCommand } from "./room_options.ts";
import type { Rooms } from "./rooms.ts";
import { SenderQueues } from "./sender_queues.ts";

/** What dispatching needs. */
export interface DispatcherOptions {
  readonly rooms: Rooms;
  readonly admission: Admission;
  readonly prePublish: PrePublish;
  /** How often one socket may ask for something. */
  readonly rate: Rate | "off";
  /** Ends a session for good. */
  readonly end: (session: Session, code: CloseCode) => void;
  /** A session goes on under a newer token. */
  readonly refreshed: (session: Session) => void;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** Frames in a row that are no command before their socket is closed. */
const MAX_GARBAGE = 3;
/** Commands above the rate before their socket is closed. */
const MAX_STRIKES = 3;

/** Dispatches the frames of all sessions. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #queues = new SenderQueues<Session>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Does what a frame asks, or says why not. Never throws. */
  dispatch(
    session: Session,
    frame: string | ArrayBuffer,
  ): void | Promise<void> {
    if (!session.open) return;
    if (typeof frame !== "string") {
      return this.#options.end(session, CLOSE.UNSUPPORTED);
    }
    const parsed = parseCommand(frame);
    // An ack follows from what we sent; whether it does is not known yet.
    const isAck = !isRejected(parsed) && parsed.type === "ack";
    if (!isAck && this.#comesTooOften(session, parsed)) return;
    if (isRejected(parsed)) return this.#reject(session, parsed);
    if (session.garbage > 0) session.update({ garbage: 0 });
    if (parsed.type === "auth") {
      return this.#refresh(session, parsed.token).catch((fault) => {
        console.error("Command failed: auth", describeFault(fault));
        session.send(refusal(INTERNAL));
      });
    }
    if (this.#isTooLate(session)) return;
    const problem = this.#whyNot(session, parsed);
    if (problem) return session.send(refusal(problem, correlationOf(parsed)));
    if (parsed.type === "ack") return this.#ack(session, parsed);
    return this.#pass(session, parsed);
  }

  /** Takes an ack at once. One that says nothing new is no answer to what we sent: it counts. */
  #ack(session: Session, command: CommandOf<"ack">): void {
    const room = this.#options.rooms.get(session.room);
    perform({ session, command }, () => {
      if (room.ack(session, command.seq)) return;
      this.#comesTooOften(session, command);
    });
  }

  /** Has a command done in its turn, behind what its sender has waiting for the hook. */
  #pass(session: Session, command: RoomCommand): void | Promise<void> {
    // Asked for anew each time: when its last session has left, a room may be forgotten.
    const room = () => this.#options.rooms.get(session.room);
    const go = () => {
      // Nobody ends the session of who left, whatever became of their token since.
      if (session.gone && this.#isOut(session)) return;
      room().inTurn(command, () =>
        perform({ session, command }, () => room().handle(session, command)),
      );
    };
    const waits = this.#queues.run(session, () =>
      this.#screen(session, { room, command, go }),
    );
    if (waits === false) {
      return session.send(refusal(TOO_MANY_WAIT, correlationOf(command)));
    }
    return waits === true ? undefined : waits;
  }

  #isOut({ member: { id }, grant }: Session): boolean {
    return this.#options.admission.isOut({ id, grant });
  }

  /** Does a command, now or once the platform's hook lets it pass. */
  #screen(
    session: Session,
    asked: { room: () => Room; command: RoomCommand; go: () => void },
  ): Promise<void> | undefined {
    const { room, command, go } = asked;
    const verdict = hasText(command)
      ? this.#options.prePublish.whyNot({
          author: session,
          room: session.room,
          store: room().store,
          command,
        })
      : undefined;
    const refuse = (problem: Problem) =>
      room().answer(session, refusal(problem, correlationOf(command)));
    if (verdict instanceof Promise) {
      return verdict.then((problem) => (problem ? refuse(problem) : go()));
    }
    if (verdict) room().inTurn(command, () => refuse(verdict));
    else go();
    return undefined;
  }

  /** Why somebody like this may not ask for something like that. */
  #whyNot({ member, human }: Session, { type }: Command): Problem | undefined {
    const action = COMMAND_ACTIONS[type];
    if (!may(member.role, action)) return NOT_ALLOWED;
    if (action !== "send") return undefined;
    const { challenge } = this.#options.admission;
    return challenge.whyNotSpeak({ guest: member.guest, human });
  }

  /** Counts the frame; over the rate it is refused, and the third time in a row is the last. */
  #comesTooOften(session: Session, parsed: Command | Rejected): boolean {
    const { rate, now } = this.#options;
    if (rate === "off") return false;
    const taken = take(session.bucket, { rate, now: now() });
    session.update({ bucket: taken.bucket });
    if (taken.retryAfter === undefined) return false;
    const problem = { ...TOO_OFTEN, retryAfter: taken.retryAfter };
    session.send(refusal(problem, correlationOf(parsed)));
    if (taken.bucket.strikes >= MAX_STRIKES) {
      this.#options.end(session, CLOSE.RATE_LIMITED);
    }
    return true;
  }

  #reject(session: Session, rejected: Rejected): void {
    const { garbage, ...problem } = rejected;
    session.send({ type: "error", ...problem });
    if (problem.code === "too_large" && garbage) {
      return this.#options.end(session, CLOSE.TOO_BIG);
    }
    session.update({ garbage: garbage ? session.garbage + 1 : 0 });
    if (session.garbage >= MAX_GARBAGE) {
      this.#options.end(session, CLOSE.BAD_REQUEST);
    }
  }

  /** Ends a session whose token's time is over; its alarm may be a moment late. */
  #isTooLate(session: Session): boolean {
    const { expires = Number.POSITIVE_INFINITY } = session.grant ?? {};
    if (this.#options.now() < expires) return false;
    session.send(refusal(TOKEN_EXPIRED));
    this.#options.end(session, CLOSE.UNAUTHORIZED);
    return true;
  }

  /** Takes a newer token of the same member or guest. */
  async #refresh(session: Session, token: string): Promise<void> {
    const { admission, rooms, refreshed } = this.#options;
    const wish = { action: "read", room: session.room } as const;
    const identity = await admission.admit({ token }, wish);
    if (isProblem(identity)) return session.send(refusal(identity));
    const { id, guest } = session.member;
    if (identity.id !== id || identity.guest !== guest) {
      return session.send(refusal(TOKEN_INVALID));
    }
    if (!session.open) return;
    rooms.get(session.room).recognise(session, identity);
    refreshed(session);
  }
}

/** Does what a command asks. Were a fault thrown on, it would swallow those after it. */
function perform(
  asked: { session: Session; command: Command },
  task: () => void,
): void {
  const { session, command } = asked;
  if (session.dismissed) return;
  try {
    task();
  } catch (fault) {
    console.error("Command failed:", command.type, describeFault(fault));
    session.send(refusal(INTERNAL, correlationOf(command)));
  }
}

/** What tells the sender which of their commands is meant. */
function correlationOf(asked: Command | Rejected): {
  nonce?: string;
  ref?: string;
} {
  const { nonce, ref } = { nonce: undefined, ref: undefined, ...asked };
  return {
    ...(nonce !== undefined && { nonce }),
    ...(ref !== undefined && { ref }),
  };
}
