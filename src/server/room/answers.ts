/** Answers to one session alone, after all that it is owed. */
import {
  type CommandOf,
  DEFAULT_PAGE_SIZE,
  type Problem,
  type RoomEvent,
} from "../../protocol/mod.ts";
import type { Encoded } from "../frames.ts";
import type { History } from "../log/history.ts";
import { encodePage } from "../log/pages.ts";
import { refusal, TOO_SLOW } from "../problems.ts";
import type { Session } from "../sockets/session.ts";
import type { Outcome } from "./append.ts";
import type { FanOut } from "./fan_out.ts";

/** Answers the sessions of one room. */
export class Answers {
  readonly #fanOut: FanOut;

  constructor(fanOut: FanOut) {
    this.#fanOut = fanOut;
  }

  /** Sends something small: also to a session that is behind. */
  send(session: Session, event: RoomEvent): void {
    const encoded = JSON.stringify(event);
    if (!this.#fanOut.answer(session, encoded)) session.send(event);
  }

  /** What was asked for with a nonce or a ref, or that the session cannot take it now. */
  give(
    session: Session,
    answer: { encoded: Encoded; nonce?: string; ref?: string | undefined },
  ): void {
    const { encoded, nonce, ref } = answer;
    if (this.#fanOut.answer(session, encoded)) return;
    const correlation = { ...(nonce && { nonce }), ...(ref && { ref }) };
    this.send(session, refusal(TOO_SLOW, correlation));
  }

  /** The page of `history` that a session asks for, as its member sees it. */
  page(
    session: Session,
    asked: { history: History; command: CommandOf<"history"> },
  ): void {
    const { history, command } = asked;
    const { limit = DEFAULT_PAGE_SIZE, ref } = command;
    const reader = session.member.id;
    const page = history.page({ ...command, limit, reader });
    this.give(session, {
      encoded: encodePage({ type: "history", ref }, page),
      ref,
    });
  }

  /** What a session's member is now, to a session that gave a ref; or why they are not. */
  change(
    session: Session,
    answer: { problem: Problem | undefined; ref: string | undefined },
  ): void {
    const { problem, ref } = answer;
    if (problem)
      return this.send(session, refusal(problem, ref ? { ref } : {}));
    if (!ref) return;
    const you = { ...session.member, session: session.id };
    this.send(session, { type: "you", ref, you });
  }

  /** What became of a command, unless everybody was told. */
  outcome(session: Session, answer: { outcome: Outcome; nonce: string }): void {
    const { outcome, nonce } = answer;
    switch (outcome.kind) {
      case "appended":
        return;
      case "repeated":
        return this.give(session, { encoded: outcome.event.encoded, nonce });
      case "refused":
        return this.send(session, refusal(outcome.problem, { nonce }));
    }
  }
}
