/** Whether a message is shown to the operator's hook first, and what follows from its verdict. */
import type {
  Command,
  CommandOf,
  LogCommand,
  Problem,
} from "../../protocol/mod.ts";
import type { Config } from "../config.ts";
import { Hook, type HookQuestion } from "../moderation/hook.ts";
import { HOOK_REJECTS, HOOK_SILENT } from "../problems.ts";
import type { SettingsStore } from "../settings.ts";
import { foresee } from "./append.ts";
import type { RoomStore } from "./room_store.ts";
import type { Author } from "./writer.ts";

/** What is to be written, by whom and where. */
export interface Draft {
  readonly author: Author;
  readonly room: string;
  readonly store: RoomStore;
  readonly command: LogCommand;
}

/** What the check before publishing needs. */
export interface PrePublishOptions {
  readonly project: string;
  readonly config: Config;
  readonly settings: SettingsStore;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** Has what is said in one project checked before it is published. */
export class PrePublish {
  readonly #options: PrePublishOptions;
  /** Absent where the operator has none. */
  readonly #hook: Hook | undefined;

  constructor(options: PrePublishOptions) {
    this.#options = options;
    const { hook } = options.config;
    this.#hook = hook && new Hook(hook);
  }

  /**
   * Why a draft may not be written, perhaps once the hook has been asked; `undefined`
   * where nobody has to be.
   */
  whyNot(draft: Draft): Promise<Problem | undefined> | Problem | undefined {
    const { settings, now } = this.#options;
    const { command, author, store } = draft;
    const hook = this.#hook;
    if (!hook || !hasText(command)) return undefined;
    if (settings.current.hook === "off") return undefined;
    const { member: by, address } = author;
    const asked = { by, address, command, now: now() };
    const fate = foresee(store, asked);
    if (fate === "repeated") return undefined;
    // What may not be said now is refused now: a moment later it might be let through unasked.
    if (fate) return fate;
    return this.#ask(hook, { ...draft, command });
  }

  async #ask(
    hook: Hook,
    draft: Draft & { command: CommandOf<"send" | "edit"> },
  ): Promise<Problem | undefined> {
    const { project, settings, now } = this.#options;
    const { room, author, command } = draft;
    const { type, nonce, text } = command;
    const question: HookQuestion = {
      ...{ type, project, room, member: author.member, nonce, text },
      ...(command.type === "edit" && { seq: command.seq }),
      ...(command.type === "send" &&
        command.replyTo !== undefined && { replyTo: command.replyTo }),
    };
    const verdict = await hook.ask(question, now());
    if (verdict === "reject") return HOOK_REJECTS;
    const isOpen =
      verdict === "accept" || settings.current.hook === "fail-open";
    return isOpen ? undefined : HOOK_SILENT;
  }
}

/** Whether a command says something in words. */
export function hasText(
  command: Command,
): command is CommandOf<"send" | "edit"> {
  return command.type === "send" || command.type === "edit";
}
