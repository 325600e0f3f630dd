/** Asks the operator's platform about a message before anybody sees it. */
import type { Member } from "../../protocol/mod.ts";
import { Hmac, toHex } from "../hmac.ts";
import type { HookConfig } from "./hook_config.ts";

/** What the platform is asked. */
export interface HookQuestion {
  readonly type: "send" | "edit";
  readonly project: string;
  readonly room: string;
  readonly member: Member;
  readonly nonce: string;
  readonly text: string;
  /** The message that gets a new text. */
  readonly seq?: number;
  /** The message that is answered. */
  readonly replyTo?: number;
}

/** `silent`: no answer in time, or none that can be understood. */
export type Verdict = "accept" | "reject" | "silent";

/** One platform that wants to be asked. */
export class Hook {
  readonly #config: HookConfig;
  readonly #hmac: Hmac;

  constructor(config: HookConfig) {
    this.#config = config;
    this.#hmac = new Hmac(() => config.secret);
  }

  /** Posts a question, signed, and reads `{accept: boolean}`. Never throws. */
  async ask(question: HookQuestion, now: number): Promise<Verdict> {
    const { url, timeout } = this.#config;
    const body = JSON.stringify(question);
    try {
      const signature = await this.#hmac.sign(`${now}.${body}`);
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "Content-Type": "application/json; charset=utf-8",
          "Project-Chat-Timestamp": String(now),
          "Project-Chat-Signature": `v1=${toHex(signature)}`,
        },
        body,
        // A signed question is for nobody else.
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
      });
      if (!response.ok) {
        await response.body?.cancel();
        return "silent";
      }
      return verdictOf(await response.json());
    } catch (fault) {
      // Neither the text nor the address of the hook is anybody's to read in a log.
      console.error("Hook failed:", fault instanceof Error ? fault.name : "");
      return "silent";
    }
  }
}

function verdictOf(answer: unknown): Verdict {
  if (typeof answer !== "object" || answer === null) return "silent";
  const { accept } = { accept: undefined, ...answer };
  if (typeof accept !== "boolean") return "silent";
  return accept ? "accept" : "reject";
}
