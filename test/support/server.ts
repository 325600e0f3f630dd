/** The server as `npm start` runs it, as a child of a test. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const START = fileURLToPath(new URL("../../tools/start.ts", import.meta.url));
const POLL_MS = 50;
const PORT_TRIES = 5;
const REQUEST_TIMEOUT_MS = 5_000;
const START_TIMEOUT_MS = 60_000;

/** Where a server listens and keeps its state. */
export interface ServerOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Default: a directory that goes with the server. */
  readonly persistTo?: string;
  /** More options for `tools/start.ts`. */
  readonly args?: readonly string[];
}

/** A running server. */
export interface Server {
  readonly url: string;
  readonly port: number;
  /** Everything it has printed. */
  output(): string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it and its children as a power cut does. */
  kill(): Promise<void>;
}

/** Starts a server and waits until it answers. */
export async function startServer(
  options: ServerOptions = {},
): Promise<Server> {
  const { port } = options;
  if (port !== undefined) return await listen({ ...options, port });
  for (let tries = 1; ; tries++) {
    try {
      return await listen({ ...options, port: await findFreePort() });
    } catch (error) {
      // Somebody else was given the same free port and was quicker.
      if (tries === PORT_TRIES || !/Address already in use/.test(`${error}`))
        throw error;
    }
  }
}

async function listen({
  port,
  persistTo,
  args = [],
}: ServerOptions & { readonly port: number }): Promise<Server> {
  const state = persistTo ?? (await mkdtemp(join(tmpdir(), "project-chat-")));
  const child = spawn(
    process.execPath,
    [START, `--port=${port}`, `--persist-to=${state}`, ...args],
    // Its own process group, so that a power cut takes the runtime along.
    { cwd: ROOT, detached: true, stdio: ["ignore", "pipe", "pipe"] },
  );
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    await endGroup(child, signal);
    if (persistTo === undefined)
      await rm(state, { recursive: true, force: true });
  };
  const url = `http://localhost:${port}`;
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  try {
    await waitUntilReady(child, { url, output: () => output });
  } catch (error) {
    await end("SIGKILL");
    throw error;
  }
  return {
    url,
    port,
    output: () => output,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

/** A port that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string")
    throw new Error("No port is free");
  return address.port;
}

async function waitUntilReady(
  child: ChildProcess,
  server: { url: string; output: () => string },
): Promise<void> {
  const { url, output } = server;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    // Wrangler holds requests while it builds, for ever if that fails.
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const answer = await fetch(`${url}/healthz`, { signal }).catch(
      () => undefined,
    );
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Server did not start:\n${output()}`);
}

async function endGroup(
  child: ChildProcess,
  signal: "SIGTERM" | "SIGKILL",
): Promise<void> {
  const hasEnded = child.exitCode !== null || child.signalCode !== null;
  if (hasEnded || child.pid === undefined) return;
  const ended = once(child, "close");
  // SIGTERM goes to the leader alone, which ends its children in order.
  process.kill(signal === "SIGKILL" ? -child.pid : child.pid, signal);
  await ended;
}
