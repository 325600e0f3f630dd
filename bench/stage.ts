/** What a scenario works with: servers, and loads on them. Everything on it ends in bounded time. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { endChild, startChild } from "./children.ts";
import type { Place } from "./load/dialect.ts";
import type { Job, Report } from "./load/job.ts";
import type { Faults } from "./load/ledger.ts";
import { cpuMs } from "./measure/server_cost.ts";
import type { Peer, PeerId, RunningPeer } from "./peers/mod.ts";

export type Numbers = Readonly<Record<string, number>>;

/** A load without what the stage knows better. */
export type Load = Omit<Job, "dialect" | "port" | "pid">;

const LOAD = fileURLToPath(new URL("./load/main.ts", import.meta.url));
const LOAD_LIMIT_MS = 90_000;
const SETTLE_LIMIT_MS = 6_000;
const SETTLE_PERIOD_MS = 100;
/** Share of a core below which a server counts as quiet. */
const QUIET_SHARE = 0.03;

/** A load whose connections are still open. */
export interface Held {
  readonly numbers: Numbers;
  end(): Promise<void>;
}

let projects = 0;

/** `count` conversations that nobody had before: rooms of one project. */
export function newPlaces(count = 1): Place[] {
  const project = `bench${projects++}`;
  return Array.from({ length: count }, (_, room) => ({
    project,
    room: `room${room}`,
  }));
}

export class Stage {
  round = 0;
  readonly quick: boolean;
  readonly #peers: ReadonlyMap<PeerId, Peer>;
  readonly #servers = new Map<PeerId, RunningPeer>();
  readonly #faults = new Map<PeerId, Faults>();
  readonly #failures: string[] = [];

  constructor(
    peers: ReadonlyMap<PeerId, Peer>,
    options: { readonly quick: boolean },
  ) {
    this.#peers = peers;
    this.quick = options.quick;
  }

  /** What went wrong in any load of a peer so far. */
  get faults(): Record<string, Faults> {
    return Object.fromEntries(this.#faults);
  }

  /** Rounds that could not be measured, and why. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  /** A server for all rounds of the scenario. */
  async server(id: PeerId): Promise<RunningPeer> {
    const known = this.#servers.get(id) ?? (await this.start(id));
    this.#servers.set(id, known);
    return known;
  }

  /** A server for one purpose; whoever starts it stops it. */
  start(id: PeerId, options?: { state?: string }): Promise<RunningPeer> {
    return this.#peer(id).start(options);
  }

  /** Takes a server that was started for one purpose as the one for all rounds. */
  adopt(id: PeerId, server: RunningPeer): void {
    this.#servers.set(id, server);
  }

  /** Does something with a peer; a failure costs this peer this round and nobody else anything. */
  async attempt<Result>(
    id: PeerId,
    action: () => Promise<Result>,
  ): Promise<Result | undefined> {
    try {
      return await action();
    } catch (error) {
      this.#failures.push(
        `${this.#peer(id).title}, round ${this.round + 1}: ${error}`,
      );
      const server = this.#servers.get(id);
      this.#servers.delete(id);
      await server?.stop();
      return undefined;
    }
  }

  /** Puts a load on a peer and waits until the server is quiet again. */
  async run(id: PeerId, load: Load, server?: RunningPeer): Promise<Numbers> {
    const target = server ?? (await this.server(id));
    const held = await this.hold(id, load, target);
    await held.end();
    await settle(target.pid);
    return held.numbers;
  }

  /** Puts a load on a server and leaves its connections open. */
  async hold(id: PeerId, load: Load, server: RunningPeer): Promise<Held> {
    const { port, pid } = server;
    const { dialect } = this.#peer(id);
    const job: Job = { ...load, dialect, port, pid };
    const child = startChild(process.execPath, {
      args: [LOAD, JSON.stringify(job)],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    try {
      const { numbers, faults } = await reportOf(child);
      this.#book(id, faults);
      return { numbers, end: () => endChild(child) };
    } catch (error) {
      await endChild(child);
      throw error;
    }
  }

  /** Stops the servers that were started for all rounds. */
  async clear(): Promise<void> {
    for (const server of this.#servers.values()) await server.stop();
    this.#servers.clear();
    this.#faults.clear();
    this.#failures.length = 0;
  }

  #peer(id: PeerId): Peer {
    const peer = this.#peers.get(id);
    if (!peer) throw new RangeError(`There is no peer "${id}"`);
    return peer;
  }

  #book(id: PeerId, faults: Faults): void {
    const known = this.#faults.get(id);
    const sum = { ...faults };
    for (const key of Object.keys(sum) as (keyof Faults)[]) {
      sum[key] += known?.[key] ?? 0;
    }
    this.#faults.set(id, sum);
  }
}

async function reportOf(child: ChildProcess): Promise<Report> {
  const seconds = LOAD_LIMIT_MS / 1_000;
  const signal = AbortSignal.timeout(LOAD_LIMIT_MS);
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`Load ended with ${code}`);
  });
  const told = once(child, "message", { signal });
  ended.catch(() => undefined);
  told.catch(() => undefined);
  try {
    const [report] = await Promise.race([told, ended]);
    return report;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error(`Load was not done after ${seconds} s`, { cause: error });
  }
}

/** Waits until a server has dealt with the end of a load, so that the next is alone. */
async function settle(pid: number): Promise<void> {
  for (let waited = 0; waited < SETTLE_LIMIT_MS; waited += SETTLE_PERIOD_MS) {
    const before = cpuMs(pid);
    await sleep(SETTLE_PERIOD_MS);
    if (cpuMs(pid) - before < SETTLE_PERIOD_MS * QUIET_SHARE) return;
  }
}
