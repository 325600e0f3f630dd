/** What moderators do in one room: each act is an event of its log, and has its effect with it. */
import {
  isProblem,
  type Member,
  type Moderate,
  type Moderated,
  type ModerateOf,
  outranks,
  type Problem,
  type SanctionKind,
} from "../../protocol/mod.ts";
import type { Entry } from "../frames.ts";
import type { Log, Origin } from "../log/log.ts";
import {
  ENDS_BEFORE,
  NOT_BELOW,
  NOT_FOUND,
  NOT_HERE,
  NOT_SANCTIONED,
} from "../problems.ts";
import type { Database } from "../storage/database.ts";
import { audit } from "./audit.ts";
import { purgeMessages } from "./purge.ts";
import type { RoomSettingsStore } from "./room_settings.ts";
import type { Sanctions } from "./sanctions.ts";
import type { SlowMode } from "./slow_mode.ts";

/** A member of the project who has an open session, in whatever room. */
export interface Present {
  readonly member: Member;
  /** Hashes of the addresses of a guest's sessions. */
  readonly addresses: readonly string[];
}

/** What moderation needs. */
export interface ModerationOptions {
  readonly room: string;
  readonly log: Log;
  readonly settings: RoomSettingsStore;
  readonly sanctions: Sanctions;
  readonly slowMode: SlowMode;
  readonly find: (member: string) => Present | undefined;
}

/** The fields of an event that tell what was done. */
type Facts = Omit<Moderated, "type" | "seq" | "nonce" | "at" | "by" | "action">;
type Target = Pick<Member, "id" | "nickname"> & Partial<Pick<Member, "role">>;

/** How far back somebody who is not here is looked for, in messages. */
const LOOK_BACK = 1_000;

/** Does what moderators ask; whether they may is decided before. */
export class Moderation {
  readonly #database: Database;
  readonly #options: ModerationOptions;

  constructor(database: Database, options: ModerationOptions) {
    this.#database = database;
    this.#options = options;
  }

  /** Runs `change` whole or not at all. */
  atomically<Result>(change: () => Result): Result {
    const { log, settings, sanctions } = this.#options;
    try {
      return log.atomically(change);
    } catch (fault) {
      // What they remember was rolled back.
      settings.forget();
      sanctions.forget();
      throw fault;
    }
  }

  /** A message is gone: nothing points to it from the top of the room. */
  unpin(seq: number): void {
    const { settings } = this.#options;
    if (settings.current.pinned === seq) settings.change({ pinned: 0 });
  }

  /** Notes that somebody changed another's message. */
  note(by: Member, change: { action: string; target: number; at: number }) {
    const { action, target, at } = change;
    const { room } = this.#options;
    audit(this.#database, { at, by, action, room, details: { target } });
  }

  /** Does what a moderator asks and appends that it was done. */
  act(origin: Origin, command: Moderate): Entry | Problem {
    const { room, log } = this.#options;
    const facts = this.#do(origin, command);
    if (isProblem(facts)) return facts;
    const { action, reason } = command;
    const said = { ...facts, ...(reason && { reason }) };
    const { by, now: at } = origin;
    const details = {
      ...said,
      ...("address" in command && command.address && { address: true }),
    };
    audit(this.#database, { at, by, action, room, details });
    const event: Moderated = {
      type: "moderated",
      ...log.stamp(origin),
      action,
      ...said,
    };
    return log.appendChange(event, { origin });
  }

  #do(origin: Origin, command: Moderate): Facts | Problem {
    switch (command.action) {
      case "mute":
      case "ban":
        return this.#impose(origin, command);
      case "unmute":
      case "unban":
        return this.#lift(origin, command);
      case "kick": {
        const present = this.#options.find(command.member);
        if (!present) return NOT_HERE;
        return this.#below(origin.by, present.member);
      }
      case "purge":
        return this.#purge(origin, command);
      case "slow": {
        const { seconds } = command;
        this.#options.slowMode.forget();
        this.#options.settings.change({ slowMode: seconds });
        return { seconds };
      }
      case "lock":
      case "unlock":
        this.#options.settings.change({ locked: command.action === "lock" });
        return {};
      case "topic": {
        const { text } = command;
        this.#options.settings.change({ topic: text });
        return { text };
      }
      case "pin":
        return this.#pin(command.target);
      case "unpin":
        this.#options.settings.change({ pinned: 0 });
        return {};
    }
  }

  #impose(
    origin: Origin,
    command: ModerateOf<"mute" | "ban">,
  ): Facts | Problem {
    const { action: kind, until, address, reason } = command;
    const { by, now: at } = origin;
    if (until !== undefined && until <= at) return ENDS_BEFORE;
    const facts = this.#below(by, this.#known(command.member, LOOK_BACK));
    if (isProblem(facts)) return facts;
    // One that ends sooner would lift it.
    if (this.#isHigher(by, { kind, member: command.member, now: at })) {
      return NOT_BELOW;
    }
    const addresses = this.#options.find(command.member)?.addresses ?? [];
    this.#options.sanctions.impose({
      kind,
      member: facts.member,
      addresses: address ? addresses : [],
      until,
      at,
      by,
      reason,
    });
    return { ...facts, ...(until !== undefined && { until }) };
  }

  #lift(
    origin: Origin,
    command: ModerateOf<"unmute" | "unban">,
  ): Facts | Problem {
    const { member: id, action } = command;
    const { sanctions } = this.#options;
    const kind = action === "unmute" ? "mute" : "ban";
    const { by, now } = origin;
    const imposed = sanctions.imposed(kind, { member: id, now });
    if (!imposed) return NOT_SANCTIONED;
    if (this.#isHigher(by, { kind, member: id, now })) return NOT_BELOW;
    sanctions.lift(kind, id);
    return { member: { id, nickname: imposed.nickname } };
  }

  /** Whether somebody above `by` has imposed the sanction: it is not theirs to lift or replace. */
  #isHigher(
    by: Member,
    what: { kind: SanctionKind; member: string; now: number },
  ): boolean {
    const imposed = this.#options.sanctions.imposed(what.kind, what);
    return imposed !== undefined && outranks(imposed.role, by.role);
  }

  #purge(origin: Origin, command: ModerateOf<"purge">): Facts | Problem {
    const { member: id, since } = command;
    const { log, settings } = this.#options;
    const target = this.#known(id, Number.MAX_SAFE_INTEGER);
    const facts = this.#below(origin.by, target);
    if (isProblem(facts)) return facts;
    const purge = { room: log.id, member: id, since: since ?? 0 };
    const erased = purgeMessages(this.#database, purge);
    const isBounded = since !== undefined || erased > 0;
    const { pinned } = settings.current;
    if (pinned && log.history.message(pinned)?.deleted) this.unpin(pinned);
    return { ...facts, ...(isBounded && { since: erased }) };
  }

  #pin(target: number): Facts | Problem {
    const { log, settings } = this.#options;
    const message = log.history.message(target);
    if (!message || message.deleted) return NOT_FOUND;
    settings.change({ pinned: target });
    return { target };
  }

  /** Somebody who is to be sanctioned, if they stand below `by`. */
  #below(
    by: Member,
    target: Target,
  ): Required<Pick<Facts, "member">> | Problem {
    const { id, nickname, role } = target;
    if (id === by.id || (role && !outranks(by.role, role))) return NOT_BELOW;
    return { member: { id, nickname } };
  }

  /** What is known of a member who may not be here; of a stranger that is their id. */
  #known(id: string, lookBack: number): Target {
    const present = this.#options.find(id)?.member;
    return (
      present ??
      this.#options.log.history.latestBy(id, lookBack)?.author ?? {
        id,
        nickname: id,
      }
    );
  }
}
