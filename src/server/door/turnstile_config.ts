/** Whether guests have to show that they are persons, read from the Worker's variables. Pure. */
import { cannotRead } from "../variables.ts";

/** The variables about Turnstile, as text. */
export interface TurnstileVariables {
  readonly TURNSTILE_SITEKEY?: string;
  readonly TURNSTILE_SECRET?: string;
}

/** The operator's keys. */
export interface TurnstileKeys {
  /** Shown to everybody: it draws the challenge. */
  readonly sitekey: string;
  readonly secret: string;
}

/** The keys, if there are both. Throws a `RangeError` that names the one that is missing. */
export function readTurnstileKeys(
  env: TurnstileVariables,
): TurnstileKeys | undefined {
  const { TURNSTILE_SITEKEY: sitekey, TURNSTILE_SECRET: secret } = env;
  if (sitekey && secret) return { sitekey, secret };
  if (!sitekey && !secret) return undefined;
  const missing = sitekey ? "TURNSTILE_SECRET" : "TURNSTILE_SITEKEY";
  throw cannotRead(
    missing,
    "both TURNSTILE_SITEKEY and TURNSTILE_SECRET are needed",
  );
}
