/** Whom the operator lets see messages first, read from the Worker's variables. Pure. */
import { cannotRead, isPrivate } from "../variables.ts";

/** The variables about the hook, as text. */
export interface HookVariables {
  readonly HOOK_URL?: string;
  readonly HOOK_SECRET?: string;
  readonly HOOK_TIMEOUT?: string;
}

/** Where the hook is asked, and how long its answer may take. */
export interface HookConfig {
  readonly url: string;
  /** Signs what it is asked. */
  readonly secret: Uint8Array;
  /** In ms. */
  readonly timeout: number;
}

const MIN_SECRET_BYTES = 32;
const DEFAULT_TIMEOUT = "1000";
/** The sender waits all that time. */
const MAX_TIMEOUT = 10_000;

/** Reads the variables; `undefined` without a hook. Throws a `RangeError` that names the bad one. */
export function readHookConfig(env: HookVariables): HookConfig | undefined {
  if (!env.HOOK_URL) return undefined;
  if (!URL.canParse(env.HOOK_URL))
    throw cannotRead("HOOK_URL", "it must be a URL");
  const url = new URL(env.HOOK_URL);
  if (!isPrivate(url)) {
    throw cannotRead("HOOK_URL", "it must begin with https:");
  }
  if (url.username || url.password) {
    throw cannotRead("HOOK_URL", "it must have no user or password");
  }
  const secret = new TextEncoder().encode(env.HOOK_SECRET ?? "");
  if (secret.length < MIN_SECRET_BYTES) {
    throw cannotRead(
      "HOOK_SECRET",
      `it must have at least ${MIN_SECRET_BYTES} bytes`,
    );
  }
  const timeout = Number(env.HOOK_TIMEOUT ?? DEFAULT_TIMEOUT);
  if (!Number.isSafeInteger(timeout) || timeout <= 0 || timeout > MAX_TIMEOUT) {
    throw cannotRead("HOOK_TIMEOUT", `it must be 1 to ${MAX_TIMEOUT} ms`);
  }
  return { url: url.href, secret, timeout };
}
