/** Runs a server of this folder in a Node process of its own. */
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { endChild, startChild } from "../children.ts";
import type { RunningPeer } from "./peer.ts";

/** Starts `module` (a file beside this one) and waits until it listens. */
export async function startNodeServer(module: string): Promise<RunningPeer> {
  const file = fileURLToPath(new URL(module, import.meta.url));
  const child = startChild(process.execPath, {
    args: [file],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const failed = once(child, "exit").then(() => {
    throw new Error(`${module} did not start`);
  });
  const [told] = await Promise.race([once(child, "message"), failed]);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${module} did not start`);
  failed.catch(() => {
    // It listens, so its end is wanted or will be seen by who is connected.
  });
  return { pid, port: told.port, stop: () => endChild(child) };
}
