/** How sessions end: told why, gone from their room, and only then closed. */
import {
  CLOSE,
  type CloseCode,
  ERRORS,
  type Problem,
  type Revocation,
} from "../../protocol/mod.ts";
import { concerns } from "../door/revocations.ts";
import { refusal, TOKEN_INVALID } from "../problems.ts";
import type { Session } from "./session.ts";
import type { Sockets } from "./sockets.ts";

/** What sessions leave. */
export interface SessionCloserOptions {
  readonly sockets: Sockets;
  /** The session leaves its room. */
  readonly leave: (session: Session) => void;
}

/** Ends sessions of one project. */
export class SessionCloser {
  readonly #options: SessionCloserOptions;

  constructor(options: SessionCloserOptions) {
    this.#options = options;
  }

  /** Ends a session: it has left before its socket is closed, whatever its client does. */
  end(session: Session, code: CloseCode): void {
    this.leave(session);
    session.close(code);
  }

  /** Tells sessions why they end, and ends them. */
  dismiss(sessions: Iterable<Session>, problem: Problem): void {
    for (const session of sessions) {
      session.send(refusal(problem));
      // What it sent before and is still on its way is not to be heard.
      this.#leave(session, "dismissed");
      session.close(ERRORS[problem.code].close);
    }
  }

  /** The same for all sessions that `isMeant` picks, in whatever room. */
  dismissWhere(isMeant: (session: Session) => boolean, problem: Problem): void {
    this.dismiss(this.#options.sockets.all().filter(isMeant), problem);
  }

  /** Ends the sessions that came with a token that is worth nothing any more. */
  revoke(revocation: Revocation): void {
    this.dismissWhere(
      ({ member: { id }, grant }) => concerns(revocation, { id, grant }),
      TOKEN_INVALID,
    );
  }

  /** The session leaves; safe to call for every sign of it. */
  leave(session: Session | undefined): void {
    if (session) this.#leave(session, "left");
  }

  #leave(session: Session, ended: "left" | "dismissed"): void {
    if (session.gone) return;
    session.update({ ended });
    this.#options.sockets.forget(session);
    this.#options.leave(session);
  }

  /** Ends sessions whose client has gone silent; costs nothing while nobody talks. */
  reap(now: number): void {
    for (const session of this.#options.sockets.silent(now)) {
      this.end(session, CLOSE.REAPED);
    }
  }
}
