/** What the Worker can refuse without waking a project. It knows less than the project itself. */
import { isProblem, type Problem } from "../../protocol/mod.ts";
import type { Config } from "../config.ts";
import type { Caller } from "../door/caller.ts";
import { isOwn, mayAsk, type Origins } from "../door/origins.ts";
import { isGuestToken, Verifier } from "../door/verifier.ts";
import {
  CONNECTS_TOO_OFTEN,
  isMembersOnly,
  MEMBERS_ONLY,
  TOKEN_INVALID,
} from "../problems.ts";

/** How long the Worker believes what a project told it, in ms. */
const BELIEF = 60_000;
/** Projects that the Worker remembers something of. */
const MAX_PROJECTS = 10_000;
/** How long a caller waits whom the platform's counter refused, in ms. */
const LIMITER_PERIOD = 10_000;

/** What the platform's counter says. */
export const TOO_BUSY_HERE: Problem = {
  ...CONNECTS_TOO_OFTEN,
  retryAfter: LIMITER_PERIOD,
};

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

/** What one isolate checks for all projects. */
export class EdgeCheck {
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
    if (await this.isTooBusy(address, options.limiter)) return TOO_BUSY_HERE;
    const isGuest = token === undefined || isGuestToken(token);
    if (isGuest === undefined) return TOKEN_INVALID;
    if (isGuest) return this.#isClosed(options) ? MEMBERS_ONLY : undefined;
    const claims = await this.#verifier.verify(token ?? "", options);
    return isProblem(claims) ? claims : undefined;
  }

  /** Whether the platform's counter has had enough of an address. */
  async isTooBusy(
    address: string | undefined,
    limiter: Limiter | undefined,
  ): Promise<boolean> {
    if (!address || !limiter) return false;
    const { success } = await limiter.limit({ key: address });
    return !success;
  }

  /** Whether a page may use a project, as far as the Worker knows; nothing is woken. */
  admitsPage(
    request: Request,
    options: { project: string; now: number },
  ): boolean {
    const { url } = request;
    const known = this.#recall(options)?.origins ?? [];
    const lists = [this.config.origins, known];
    return mayAsk(request.headers.get("Origin"), { url, lists });
  }

  /** The same for sure: `ask` asks the project unless it was asked lately. */
  async surelyAdmitsPage(
    request: Request,
    options: { project: string; now: number; ask: () => Promise<Origins> },
  ): Promise<boolean> {
    const origin = request.headers.get("Origin");
    if (origin !== null && !isOwn(origin, request.url)) {
      const known = this.#recall(options)?.origins;
      const origins = known ?? (await options.ask());
      this.#remember({ origins }, options);
    }
    return this.admitsPage(request, options);
  }

  /** A project refused somebody who was let through: remembers what that says of its mode. */
  learn(problem: Problem, options: { project: string; now: number }): void {
    if (isMembersOnly(problem)) this.#remember({ isClosed: true }, options);
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
