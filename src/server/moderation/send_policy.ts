/** What may be said in one room, and by whom: why a command may not enter its log. */
import {
  type LogCommand,
  type ModerationAction,
  may,
  type Problem,
} from "../../protocol/mod.ts";
import {
  FILTERED,
  LOCKED,
  NOT_ALLOWED,
  SLOW_MODE,
  sanctioned,
} from "../problems.ts";
import { type Filters, passes } from "./filters.ts";
import type { RoomSettingsStore } from "./room_settings.ts";
import type { Sanctions, Subject } from "./sanctions.ts";
import type { SlowMode } from "./slow_mode.ts";

/** What the policy goes by. */
export interface SendPolicyOptions {
  readonly settings: RoomSettingsStore;
  readonly sanctions: Sanctions;
  readonly slowMode: SlowMode;
  readonly filters: () => Filters;
}

/** Actions on a member; the others set something in the room. */
const ON_MEMBERS: ReadonlySet<ModerationAction> = new Set([
  "mute",
  "unmute",
  "ban",
  "unban",
  "kick",
  "purge",
]);

/** Judges commands by the member who asks; it appends nothing. */
export class SendPolicy {
  readonly #options: SendPolicyOptions;

  constructor(options: SendPolicyOptions) {
    this.#options = options;
  }

  /** Why `subject` may not do what `command` asks; `undefined` when they may. */
  objection(
    subject: Subject,
    asked: { command: LogCommand; now: number },
  ): Problem | undefined {
    const { command, now } = asked;
    const { role } = subject.member;
    const banned = this.sanction("ban", { subject, now });
    if (banned) return banned;
    if (command.type === "moderate") {
      const need = ON_MEMBERS.has(command.action) ? "sanction" : "steer";
      return may(role, need) ? undefined : NOT_ALLOWED;
    }
    // Whoever may not speak may still take back what they said.
    if (!speaks(command)) return may(role, "send") ? undefined : NOT_ALLOWED;
    const silence = this.silence(subject, now);
    if (silence) return silence;
    if (may(role, "unhindered")) return undefined;
    if (this.#options.settings.current.locked) return LOCKED;
    if (command.type === "react") return undefined;
    const filters = this.#options.filters();
    if (!passes(command.text, { filters, role })) return FILTERED;
    return command.type === "send" ? this.#tooSoon(subject, now) : undefined;
  }

  /** Why `subject` may not be heard at all; `undefined` when they may. */
  silence(subject: Subject, now: number): Problem | undefined {
    if (!may(subject.member.role, "send")) return NOT_ALLOWED;
    return this.sanction("mute", { subject, now });
  }

  /** The sanction that binds `subject` now, as a problem. */
  sanction(
    kind: "mute" | "ban",
    options: { subject: Subject; now: number },
  ): Problem | undefined {
    const end = this.#options.sanctions.end(kind, options);
    return end === undefined ? undefined : sanctioned(kind, end);
  }

  /** What somebody may come in as: who is muted says nothing by a name, and has the one they had. */
  wishOf(
    subject: Subject,
    options: { wanted: string | undefined; now: number },
  ): string | undefined {
    const { wanted, now } = options;
    if (!this.sanction("mute", { subject, now })) return wanted;
    const { id } = subject.member;
    const asked = { member: id, now };
    const nickname = this.#options.sanctions.imposed("mute", asked)?.nickname;
    // Somebody who was not seen before was called by their id.
    return nickname === id ? undefined : nickname;
  }

  #tooSoon({ member }: Subject, now: number): Problem | undefined {
    const { slowMode: seconds } = this.#options.settings.current;
    if (seconds === 0) return undefined;
    const retryAfter = this.#options.slowMode.wait(member.id, { seconds, now });
    return retryAfter > 0 ? { ...SLOW_MODE, retryAfter } : undefined;
  }
}

/** Whether others would see something of the sender's making. */
function speaks(
  command: Exclude<LogCommand, { type: "moderate" }>,
): command is Exclude<LogCommand, { type: "moderate" | "delete" }> {
  return !(
    command.type === "delete" ||
    (command.type === "react" && !command.on)
  );
}
