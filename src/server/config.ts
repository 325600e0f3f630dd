/** The operator's settings, read once from the Worker's variables. */

/** The variables of wrangler.toml, as text. */
export interface Variables {
  readonly HISTORY_LIMIT?: string;
  readonly STORAGE_LIMIT?: string;
  readonly SOCKET_LIMIT?: string;
}

/** What an operator may set. */
export interface Config {
  /** Newest messages kept per room. */
  readonly historyLimit: number;
  /** Bytes a project may hold. */
  readonly storageLimit: number;
  /** Open sockets a project takes. */
  readonly socketLimit: number;
}

/** The platform refuses more hibernatable sockets than this per object. */
const PLATFORM_SOCKET_LIMIT = 32_000;

/** Reads the variables. Throws a `RangeError` that names the first bad one. */
export function readConfig(env: Variables): Config {
  return {
    historyLimit: positive("HISTORY_LIMIT", env.HISTORY_LIMIT ?? "100000"),
    storageLimit: positive("STORAGE_LIMIT", env.STORAGE_LIMIT ?? "8000000000"),
    socketLimit: Math.min(
      positive("SOCKET_LIMIT", env.SOCKET_LIMIT ?? "10000"),
      PLATFORM_SOCKET_LIMIT,
    ),
  };
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new RangeError(
    `Cannot read variable "${name}" as it must be a positive integer: current value is "${value}"`,
  );
}
