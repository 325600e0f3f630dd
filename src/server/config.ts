/** The operator's settings, read once from the Worker's variables. */
import { MODES, type Mode } from "../protocol/mod.ts";
import { parseRate, type Rate } from "./rate.ts";
import {
  readTokenConfig,
  type TokenConfig,
  type TokenVariables,
} from "./token_config.ts";

/** The variables of wrangler.toml, as text. */
export interface Variables extends TokenVariables {
  readonly MODE?: string;
  readonly HISTORY_LIMIT?: string;
  readonly STORAGE_LIMIT?: string;
  readonly SOCKET_LIMIT?: string;
  readonly RATE_LIMIT?: string;
  readonly ROOM_RATE_LIMIT?: string;
}

/** What an operator may set. */
export interface Config {
  /** Who may come into any project at most. */
  readonly mode: Mode;
  readonly tokens: TokenConfig;
  /** Newest messages kept per room. */
  readonly historyLimit: number;
  /** Bytes a project may hold. */
  readonly storageLimit: number;
  /** Open sockets a project takes. */
  readonly socketLimit: number;
  /** Commands of one socket. */
  readonly rate: Rate | "off";
  /** Log events of one room. */
  readonly roomRate: Rate | "off";
}

/** The platform refuses more hibernatable sockets than this per object. */
const PLATFORM_SOCKET_LIMIT = 32_000;

/** Reads the variables. Throws a `RangeError` that names the first bad one. */
export function readConfig(env: Variables): Config {
  return {
    mode: mode("MODE", env.MODE ?? "open"),
    tokens: readTokenConfig(env),
    historyLimit: positive("HISTORY_LIMIT", env.HISTORY_LIMIT ?? "100000"),
    storageLimit: positive("STORAGE_LIMIT", env.STORAGE_LIMIT ?? "8000000000"),
    socketLimit: Math.min(
      positive("SOCKET_LIMIT", env.SOCKET_LIMIT ?? "10000"),
      PLATFORM_SOCKET_LIMIT,
    ),
    rate: rate("RATE_LIMIT", env.RATE_LIMIT ?? "600/20"),
    roomRate: rate(
      "ROOM_RATE_LIMIT",
      // Turning the limits off for a benchmark is one variable.
      env.RATE_LIMIT === "off" ? "off" : (env.ROOM_RATE_LIMIT ?? "1000/200"),
    ),
  };
}

function mode(name: string, value: string): Mode {
  const known = MODES.find((other) => other === value);
  if (known) return known;
  throw new RangeError(
    `Cannot read variable "${name}" as it must be one of ${MODES.join(", ")}: current value is "${value}"`,
  );
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new RangeError(
    `Cannot read variable "${name}" as it must be a positive integer: current value is "${value}"`,
  );
}

function rate(name: string, value: string): Rate | "off" {
  const parsed = parseRate(value);
  if (parsed !== undefined) return parsed;
  throw new RangeError(
    `Cannot read variable "${name}" as it must be "burst/perSecond" or "off": current value is "${value}"`,
  );
}
