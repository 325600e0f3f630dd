/** What the Worker can refuse without waking a project. It knows less than the project's own door. */
import type { Problem } from "../protocol/mod.ts";
import type { Caller } from "./admission.ts";
import type { Config } from "./config.ts";
import { isProblem } from "./join_request.ts";
import { MEMBERS_ONLY, TOKEN_INVALID } from "./problems.ts";
import { isGuestToken, Verifier } from "./verifier.ts";

/** How long the Worker believes what a project told it, in ms. */
const BELIEF = 60_000;
/** Projects that the Worker remembers something of. */
const MAX_PROJECTS = 10_000;

/** One isolate's gate to all projects. */
export class Gate {
  readonly #config: Config;
  readonly #verifier: Verifier;
  /** Until when a project is held to be for members only, in ms since 1970. */
  readonly #closed = new Map<string, number>();

  constructor(config: Config) {
    this.#config = config;
    this.#verifier = new Verifier(config.tokens);
  }

  /** Why a caller need not be asked in, as far as the Worker can tell. */
  async check(
    caller: Caller,
    options: { project: string; now: number },
  ): Promise<Problem | undefined> {
    const { token } = caller;
    const isGuest = token ? isGuestToken(token) : true;
    if (isGuest === undefined) return TOKEN_INVALID;
    if (isGuest) return this.#isClosed(options) ? MEMBERS_ONLY : undefined;
    const claims = await this.#verifier.verify(token ?? "", options);
    return isProblem(claims) ? claims : undefined;
  }

  /** A project answered somebody who was let through: remembers what that says of its mode. */
  learn(
    answer: Problem | undefined,
    options: { project: string; now: number },
  ): void {
    const { project, now } = options;
    // The first is as good as any: it is only a shortcut that is lost.
    if (this.#closed.size >= MAX_PROJECTS) this.#closed.clear();
    if (answer?.message === MEMBERS_ONLY.message) {
      this.#closed.set(project, now + BELIEF);
    }
  }

  /** An owner changed something: what was believed may be wrong. */
  forget(project: string): void {
    this.#closed.delete(project);
  }

  #isClosed(options: { project: string; now: number }): boolean {
    const { project, now } = options;
    if (this.#config.mode === "members") return true;
    return (this.#closed.get(project) ?? 0) > now;
  }
}
