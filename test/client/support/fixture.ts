/** One client in a world of its own. */
import {
  ChatClient,
  type ChatClientOptions,
  reacted,
} from "../../../src/client/mod.ts";
import { FakeClock, settle } from "./fake_clock.ts";
import { FakeNetwork } from "./fake_network.ts";
import { FakePage } from "./fake_page.ts";
import { FakeServer } from "./fake_server.ts";
import { test } from "./suite.ts";

/** Everything that a test can move. */
export interface World {
  readonly clock: FakeClock;
  readonly page: FakePage;
  readonly server: FakeServer;
  readonly network: FakeNetwork;
  readonly client: (options?: ClientOptions) => ChatClient;
  /** A client that is online already. */
  readonly online: (options?: ClientOptions) => Promise<ChatClient>;
}

/** Options of a client, and its chance. */
interface ClientOptions extends Partial<ChatClientOptions> {
  /** Takes the place of `Math.random`. */
  readonly random?: () => number;
}

/** Registers a test that is given a world; it is taken down afterwards. */
export function worldTest(
  name: string,
  body: (world: World) => Promise<void>,
): void {
  test(name, () => inWorld(body));
}

/** Runs `body` in a fresh world. */
export async function inWorld(
  body: (world: World) => Promise<void>,
): Promise<void> {
  const clock = new FakeClock();
  const page = new FakePage();
  const server = new FakeServer();
  const network = new FakeNetwork(server);
  const chance = Math.random;
  const client = ({ random = seeded(1), ...options }: ClientOptions = {}) => {
    Math.random = random;
    return new ChatClient("https://chat.example", {
      project: "42",
      nickname: "me",
      WebSocket: network.WebSocket,
      changes: { reacted },
      ...options,
    });
  };
  const online = async (options?: ClientOptions) => {
    const one = client(options);
    one.connect();
    await settle();
    return one;
  };
  try {
    await body({ clock, page, server, network, client, online });
  } finally {
    Math.random = chance;
    page.restore();
    clock.restore();
  }
}

/** Storage in memory. */
export class FakeStorage {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

/** Random numbers that are the same in each run: uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
