/** What the Worker can refuse without waking a project. It knows less than the project's own door. */
import type { Problem } from "../protocol/mod.ts";
import type { Caller } from "./caller.ts";
import type { Config } from "./config.ts";
import { isProblem } from "./join_request.ts";
import { isOwn, mayAsk, type Origins } from "./origins.ts";
import { CONNECTS_TOO_OFTEN, MEMBERS_ONLY, TOKEN_INVALID } from "./problems.ts";
import { isGuestToken, Verifier } from "./verifier.ts";

/** How long the Worker believes what a project told it, in ms. */
const BELIEF = 60_000;
/** Projects that the Worker remembers something of. */
const MAX_PROJECTS = 10_000;
/** How long a caller waits whom the platform's counter refused, in ms. */
const LIMITER_PERIOD = 10_000;

/** The platform's own counter of requests, where it has one. */
export interface Limiter {
  limit(options: { key: string }): Promise<{ success: boolean }>;
}

/** What a project told the Worker. */
interface Told {
  /** When it said the first of it, in ms since 1970. */
  readonly at: number;
  readonly isClosed?: boolean;
  readonly origins?: Origins;
}

/** One isolate's gate to all projects. */
export class Gate {
  readonly config: Config;
  readonly #verifier: Verifier;
  readonly #told = new Map<string, Told>();

  constructor(config: Config) {
    this.config = config;
    this.#verifier = new Verifier(config.tokens);
  }

  /** Why a caller need not be asked in, as far as the Worker can tell. */
  async check(
    caller: Caller,
    options: { project: string; now: number; limiter: Limiter | undefined },
  ): Promise<Problem | undefined> {
    const { token, address } = caller;
    if (address && options.limiter) {
      const { success } = await options.limiter.limit({ key: address });
      if (!success)
        return { ...CONNECTS_TOO_OFTEN, retryAfter: LIMITER_PERIOD };
    }
    const isGuest = token ? isGuestToken(token) : true;
    if (isGuest === undefined) return TOKEN_INVALID;
    if (isGuest) return this.#isClosed(options) ? MEMBERS_ONLY : undefined;
    const claims = await this.#verifier.verify(token ?? "", options);
    return isProblem(claims) ? claims : undefined;
  }

  /**
   * Whether a page may use a project; `ask` asks the project when it was not asked lately.
   * A connection is not worth asking for: the project looks at it anyway.
   */
  async admitsPage(
    request: Request,
    options: { project: string; now: number; ask?: () => Promise<Origins> },
  ): Promise<boolean> {
    const { url } = request;
    const origin = request.headers.get("Origin");
    if (origin === null || isOwn(origin, url)) return true;
    const floor = this.config.origins;
    if (!mayAsk(origin, { url, lists: [floor] })) return false;
    const known = this.#recall(options)?.origins;
    const list = known ?? (await options.ask?.());
    if (list === undefined) return true;
    this.#remember({ origins: list }, options);
    return mayAsk(origin, { url, lists: [list] });
  }

  /** A project refused somebody who was let through: remembers what that says of its mode. */
  learn(problem: Problem, options: { project: string; now: number }): void {
    if (problem.message !== MEMBERS_ONLY.message) return;
    this.#remember({ isClosed: true }, options);
  }

  /** An owner changed something: what was believed may be wrong. */
  forget(project: string): void {
    this.#told.delete(project);
  }

  #isClosed(options: { project: string; now: number }): boolean {
    if (this.config.mode === "members") return true;
    return this.#recall(options)?.isClosed ?? false;
  }

  #recall(options: { project: string; now: number }): Told | undefined {
    const told = this.#told.get(options.project);
    return told && options.now - told.at < BELIEF ? told : undefined;
  }

  #remember(
    news: Omit<Told, "at">,
    options: { project: string; now: number },
  ): void {
    const { project, now } = options;
    const known = this.#recall(options);
    // It is only a shortcut that is lost.
    if (this.#told.size >= MAX_PROJECTS) this.#told.clear();
    this.#told.set(project, { at: now, ...known, ...news });
  }
}
