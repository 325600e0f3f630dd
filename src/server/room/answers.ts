/** Answers to one session alone, after all that it is owed. */
import type { Problem, RoomEvent } from "../../protocol/mod.ts";
import type { Outcome } from "../log/append.ts";
import { refusal, TOO_SLOW } from "../problems.ts";
import type { Session } from "../sockets/session.ts";
import type { Audience } from "./audience.ts";
import type { Encoded } from "./frames.ts";

/** Answers the sessions of one room. */
export class Answers {
  readonly #audience: Audience;

  constructor(audience: Audience) {
    this.#audience = audience;
  }

  /** Something small: also to a session that is behind. */
  tell(session: Session, event: RoomEvent): void {
    const encoded = JSON.stringify(event);
    if (!this.#audience.answer(session, encoded)) session.tell(event);
  }

  /** What was asked for with a nonce or a ref, or that the session cannot take it now. */
  give(
    session: Session,
    answer: { encoded: Encoded; nonce?: string; ref?: string | undefined },
  ): void {
    const { encoded, nonce, ref } = answer;
    if (this.#audience.answer(session, encoded)) return;
    const address = { ...(nonce && { nonce }), ...(ref && { ref }) };
    this.tell(session, refusal(TOO_SLOW, address));
  }

  /** What a session's member is now, to a session that gave a ref; or why they are not. */
  change(
    session: Session,
    answer: { problem: Problem | undefined; ref: string | undefined },
  ): void {
    const { problem, ref } = answer;
    if (problem)
      return this.tell(session, refusal(problem, ref ? { ref } : {}));
    if (!ref) return;
    const you = { ...session.member, session: session.id };
    this.tell(session, { type: "you", ref, you });
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
        return this.tell(session, refusal(outcome.problem, { nonce }));
    }
  }
}
