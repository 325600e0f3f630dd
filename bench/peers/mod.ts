/** All peers, ready to start. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { unstable_readConfig as readConfig } from "wrangler";
import { memoryDirectory } from "../children.ts";
import { bundleOurs, bundleWorker } from "./bundle.ts";
import { startNodeServer } from "./node_server.ts";
import type { Peer, PeerId } from "./peer.ts";
import { startWorkerd } from "./workerd.ts";

export type { Peer, PeerId, RunningPeer } from "./peer.ts";

/** What keeps our server from refusing a load that no honest client makes. */
const UNLIMITED = {
  RATE_LIMIT: "off",
  HISTORY_LIMIT: "10000000",
  STORAGE_LIMIT: "9000000000",
  SOCKET_LIMIT: "32000",
};

const NO_COMPRESSION = "no_web_socket_compression";

/** Bundles what needs it and describes every peer. */
export async function loadPeers(): Promise<ReadonlyMap<PeerId, Peer>> {
  const config = readConfig({
    config: fileURLToPath(new URL("../../wrangler.toml", import.meta.url)),
  });
  const compatibilityDate = config.compatibility_date ?? "2026-10-01";
  const runtime = `workerd ${versionOf("workerd")}`;
  const ours = await bundleOurs();
  const raw = await bundleWorker("raw_worker");
  const rawStored = await bundleWorker("raw_stored_worker");
  const party = await bundleWorker("partyserver_worker");
  const product = createRequire(import.meta.url)("../../package.json");
  const startOurs: Peer["start"] = (options) =>
    startWorkerd({
      bundle: ours,
      durableObject: { class: "ProjectChat", binding: "PROJECTS" },
      compatibilityDate,
      compatibilityFlags: config.compatibility_flags,
      variables: { ...textsOf(config.vars), ...UNLIMITED },
      assets: true,
      ...options,
    });
  const startRaw =
    (
      bundle: string,
      options: { class: string; flags?: readonly string[] },
    ): Peer["start"] =>
    (state) =>
      startWorkerd({
        bundle,
        durableObject: { class: options.class, binding: "ROOMS" },
        compatibilityDate,
        compatibilityFlags: options.flags ?? [],
        ...state,
      });
  const peers: Peer[] = [
    {
      id: "project_chat",
      title: "project-chat",
      made: `${product.version}, bundle ${fingerprint(ours)}, ${runtime}`,
      dialect: "project_chat",
      start: startOurs,
    },
    {
      id: "project_chat_ram",
      title: "project-chat on a RAM disk",
      made: "the same, its state in /dev/shm",
      dialect: "project_chat",
      start: () => startOurs({ state: memoryDirectory() }),
    },
    {
      id: "raw",
      title: "raw broadcast",
      made: runtime,
      dialect: "plain",
      start: startRaw(raw, { class: "RawRoom" }),
    },
    {
      id: "raw_plain",
      title: "raw broadcast, compression off",
      made: `${runtime}, ${NO_COMPRESSION}`,
      dialect: "plain",
      start: startRaw(raw, { class: "RawRoom", flags: [NO_COMPRESSION] }),
    },
    {
      id: "raw_stored",
      title: "raw broadcast that stores",
      made: runtime,
      dialect: "plain",
      start: startRaw(rawStored, { class: "RawStoredRoom" }),
    },
    {
      id: "partyserver",
      title: "PartyServer",
      made: `partyserver ${versionOf("partyserver")}, ${runtime}`,
      dialect: "party",
      start: (options) =>
        startWorkerd({
          bundle: party,
          durableObject: { class: "Chat", binding: "Chat" },
          compatibilityDate,
          compatibilityFlags: [],
          ...options,
        }),
    },
    {
      id: "ws",
      title: "ws on Node",
      made: `ws ${versionOf("ws")}, Node ${process.versions.node}`,
      dialect: "plain",
      start: () => startNodeServer("./ws_server.ts"),
    },
    {
      id: "nest",
      title: "NestJS + Socket.IO",
      made: `@nestjs/websockets ${versionOf("@nestjs/websockets")}, socket.io ${versionOf("socket.io")}, Node ${process.versions.node}`,
      dialect: "nest",
      start: () => startNodeServer("./nest_server.ts"),
    },
  ];
  return new Map(peers.map((peer) => [peer.id, peer]));
}

/** Names a bundle, so that a result says which code it is about. */
function fingerprint(path: string): string {
  const hash = createHash("sha256").update(readFileSync(path));
  return hash.digest("hex").slice(0, 8);
}

function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  // A package may hide its manifest, so it is looked for where packages are.
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return require(`${folder}/${name}/package.json`).version;
    } catch {
      // Not in this one; the next is further up.
    }
  }
  throw new Error(`Package "${name}" is not installed`);
}

function textsOf(variables: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, String(value)]),
  );
}
