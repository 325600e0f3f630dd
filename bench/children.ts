/** The processes this benchmark starts, and the directory it works in: both go when it ends. */
import {
  type ChildProcess,
  type SpawnOptions,
  spawn,
} from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const alive = new Set<ChildProcess>();
const REMOVE = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 };
/** A file system that knows no disk. */
const MEMORY = "/dev/shm";
/** Directories that go when this process ends. */
const directories: string[] = [];
let workspace: string | undefined;

/** A directory of this run alone. */
export function workDirectory(): string {
  workspace ??= newDirectory(tmpdir());
  return workspace;
}

/** A new directory in memory: what is written there waits for no disk. */
export function memoryDirectory(): string {
  return newDirectory(MEMORY);
}

function newDirectory(parent: string): string {
  const directory = mkdtempSync(join(parent, "project-chat-bench-"));
  directories.push(directory);
  return directory;
}

/** Starts a process that does not outlive this one. */
export function startChild(
  command: string,
  options: SpawnOptions & { readonly args: readonly string[] },
): ChildProcess {
  const { args, ...rest } = options;
  const child = spawn(command, args, rest);
  alive.add(child);
  child.once("exit", () => alive.delete(child));
  return child;
}

/** Ends a child at once: a drain would only wait for sockets nobody reads any more. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (!alive.has(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** Ends whatever is still running. */
export async function endChildren(): Promise<void> {
  await Promise.all([...alive].map(endChild));
}

/** Ends all children and removes the work directory when this process ends, however it does. */
export function cleanUpOnExit(): void {
  process.once("exit", () => {
    for (const child of alive) child.kill("SIGKILL");
    // A child that is just ending may still create a file.
    for (const directory of directories) rmSync(directory, REMOVE);
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.exit(130));
  }
}
