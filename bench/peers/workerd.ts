/** Runs a Worker bundle under plain `workerd serve`: no proxy stands between it and the load. */
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { endChild, startChild, workDirectory } from "../children.ts";
import type { RunningPeer } from "./peer.ts";

/** The path of the binary; the package comes without types. */
const WORKERD: string = createRequire(import.meta.url)("workerd").default;
const START_TIMEOUT_MS = 20_000;
/** The descriptor on which workerd says what it listens on. */
const CONTROL_FD = 3;

/** A bundle and what it is bound to. */
export interface WorkerOptions {
  /** The bundle: one ES module. */
  readonly bundle: string;
  /** Class and binding of its one Durable Object. */
  readonly durableObject: { readonly class: string; readonly binding: string };
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Whether it is bound to static assets, which a benchmark never asks for. */
  readonly assets?: boolean;
  /** A directory with the state of an earlier start. */
  readonly state?: string | undefined;
}

/** Starts the runtime and waits until it listens. */
export async function startWorkerd(
  options: WorkerOptions,
): Promise<RunningPeer> {
  const directory = mkdtempSync(join(workDirectory(), "workerd-"));
  const state = options.state ?? join(directory, "state");
  mkdirSync(state, { recursive: true });
  cpSync(options.bundle, join(directory, "worker.js"));
  writeFileSync(
    join(directory, "config.capnp"),
    configText({ ...options, state }),
  );
  const child = startChild(WORKERD, {
    args: ["serve", "config.capnp", `--control-fd=${CONTROL_FD}`],
    cwd: directory,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let complaints = "";
  // Drained for good: a full pipe would stop the server in the middle of a round.
  child.stderr?.on("data", (chunk) => {
    if (complaints.length < 10_000) complaints += chunk;
  });
  const port = await Promise.race([
    portOf(child.stdio[CONTROL_FD] as NodeJS.ReadableStream),
    once(child, "exit").then(() => undefined),
    new Promise<undefined>((resolve) =>
      setTimeout(resolve, START_TIMEOUT_MS, undefined).unref(),
    ),
  ]);
  if (port === undefined || child.pid === undefined) {
    throw new Error(`workerd did not start:\n${complaints}`);
  }
  return { pid: child.pid, port, state, stop: () => endChild(child) };
}

async function portOf(
  control: NodeJS.ReadableStream,
): Promise<number | undefined> {
  let told = "";
  for await (const chunk of control) {
    told += chunk;
    const port = /"event":\s*"listen".*?"port":\s*(\d+)/.exec(told)?.[1];
    if (port) return Number(port);
  }
  return undefined;
}

function configText(options: WorkerOptions & { state: string }): string {
  const { durableObject, variables = {}, assets } = options;
  const bindings = [
    `(name = ${quote(durableObject.binding)}, durableObjectNamespace = ${quote(durableObject.class)})`,
    ...Object.entries(variables).map(
      ([name, value]) => `(name = ${quote(name)}, text = ${quote(value)})`,
    ),
    ...(assets ? [`(name = "ASSETS", service = "assets")`] : []),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "assets", worker = .nothing),
    (name = "state", disk = (path = ${quote(options.state)}, writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = ${quote(options.compatibilityDate)},
  compatibilityFlags = [${options.compatibilityFlags.map(quote).join(", ")}],
  bindings = [
    ${bindings.join(",\n    ")},
  ],
  durableObjectNamespaces = [
    (className = ${quote(durableObject.class)}, uniqueKey = "bench", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "state"),
);

const nothing :Workerd.Worker = (
  serviceWorkerScript = "addEventListener('fetch', (e) => e.respondWith(new Response(null, { status: 404 })))",
  compatibilityDate = ${quote(options.compatibilityDate)},
);
`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
