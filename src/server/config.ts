/** The operator's settings, read once from the Worker's variables. */
import { MODES, type Mode } from "../protocol/mod.ts";
import { type Origins, spellOrigin } from "./door/origins.ts";
import { parseRate, type Rate } from "./door/rate.ts";
import {
  readTokenConfig,
  type TokenConfig,
  type TokenVariables,
} from "./door/token_config.ts";
import {
  readTurnstileKeys,
  type TurnstileKeys,
  type TurnstileVariables,
} from "./door/turnstile_config.ts";
import {
  type HookConfig,
  type HookVariables,
  readHookConfig,
} from "./moderation/hook_config.ts";
import { cannotRead } from "./variables.ts";

/** The variables of wrangler.toml, as text. */
export interface Variables
  extends TokenVariables,
    HookVariables,
    TurnstileVariables {
  readonly MODE?: string;
  readonly ORIGINS?: string;
  readonly ADDRESS_HEADER?: string;
  readonly ADDRESS_SOCKET_LIMIT?: string;
  readonly USER_SOCKET_LIMIT?: string;
  readonly CONNECT_RATE?: string;
  readonly HISTORY_LIMIT?: string;
  readonly STORAGE_LIMIT?: string;
  readonly FILE_LIMIT?: string;
  readonly SOCKET_LIMIT?: string;
  readonly RATE_LIMIT?: string;
  readonly ROOM_RATE_LIMIT?: string;
}

/** What an operator may set. */
export interface Config {
  /** Who may come into any project at most. */
  readonly mode: Mode;
  readonly tokens: TokenConfig;
  /** Who is asked about messages first; absent for nobody. */
  readonly hook: HookConfig | undefined;
  /** Absent where guests are not asked whether they are persons. */
  readonly turnstile: TurnstileKeys | undefined;
  /** Pages that may use any project at most; empty for all. */
  readonly origins: Origins;
  /** The header in which whoever stands before us says where a request comes from. */
  readonly addressHeader: string;
  /** Open sockets of one address in a project. */
  readonly addressSocketLimit: number;
  /** Open sockets of one member in a project. */
  readonly memberSocketLimit: number;
  /** Connects from one address to a project. */
  readonly connectRate: Rate | "off";
  /** Newest messages kept per room. */
  readonly historyLimit: number;
  /** Bytes a project may hold. */
  readonly storageLimit: number;
  /** Bytes that a project's files may have. */
  readonly fileLimit: number;
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
    hook: readHookConfig(env),
    turnstile: readTurnstileKeys(env),
    origins: origins("ORIGINS", env.ORIGINS ?? ""),
    addressHeader: header(
      "ADDRESS_HEADER",
      env.ADDRESS_HEADER ?? "CF-Connecting-IP",
    ),
    // Turning the limits off for a benchmark is one variable.
    ...(env.RATE_LIMIT === "off" ? NO_LIMITS : readLimits(env)),
    historyLimit: positive("HISTORY_LIMIT", env.HISTORY_LIMIT ?? "100000"),
    storageLimit: positive("STORAGE_LIMIT", env.STORAGE_LIMIT ?? "8000000000"),
    fileLimit: positive("FILE_LIMIT", env.FILE_LIMIT ?? "100000000"),
    socketLimit: Math.min(
      positive("SOCKET_LIMIT", env.SOCKET_LIMIT ?? "10000"),
      PLATFORM_SOCKET_LIMIT,
    ),
  };
}

/** How often and how many, where it is limited at all. */
type LimitsOfUse = Pick<
  Config,
  | "rate"
  | "roomRate"
  | "connectRate"
  | "addressSocketLimit"
  | "memberSocketLimit"
>;

const NO_LIMITS: LimitsOfUse = {
  rate: "off",
  roomRate: "off",
  connectRate: "off",
  addressSocketLimit: Number.POSITIVE_INFINITY,
  memberSocketLimit: Number.POSITIVE_INFINITY,
};

function readLimits(env: Variables): LimitsOfUse {
  return {
    rate: rate("RATE_LIMIT", env.RATE_LIMIT ?? "600/20"),
    roomRate: rate("ROOM_RATE_LIMIT", env.ROOM_RATE_LIMIT ?? "1000/200"),
    connectRate: rate("CONNECT_RATE", env.CONNECT_RATE ?? "300/5"),
    addressSocketLimit: positive(
      "ADDRESS_SOCKET_LIMIT",
      env.ADDRESS_SOCKET_LIMIT ?? "300",
    ),
    memberSocketLimit: positive(
      "USER_SOCKET_LIMIT",
      env.USER_SOCKET_LIMIT ?? "20",
    ),
  };
}

function origins(name: string, value: string): Origins {
  return value
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((text) => {
      const origin = spellOrigin(text);
      if (origin !== undefined) return origin;
      throw cannotRead(
        name,
        `it must be a list of origins like "https://shop.example": current value has "${text}"`,
      );
    });
}

function header(name: string, value: string): string {
  if (/^[A-Za-z0-9-]{1,64}$/.test(value)) return value;
  throw cannotRead(
    name,
    `it must be the name of a header: current value is "${value}"`,
  );
}

function mode(name: string, value: string): Mode {
  const known = MODES.find((other) => other === value);
  if (known) return known;
  throw cannotRead(
    name,
    `it must be one of ${MODES.join(", ")}: current value is "${value}"`,
  );
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw cannotRead(
    name,
    `it must be a positive integer: current value is "${value}"`,
  );
}

function rate(name: string, value: string): Rate | "off" {
  const parsed = parseRate(value);
  if (parsed !== undefined) return parsed;
  throw cannotRead(
    name,
    `it must be "burst/perSecond" or "off": current value is "${value}"`,
  );
}
