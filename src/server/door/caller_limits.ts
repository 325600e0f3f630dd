/** Who comes too often, or with too many, however welcome. Counts in memory; a wake counts anew. */
import type { Problem } from "../../protocol/mod.ts";
import type { Config } from "../config.ts";
import {
  CONNECTS_TOO_OFTEN,
  PROJECT_FULL,
  TOO_MANY_FROM_ADDRESS,
  TOO_MANY_OF_MEMBER,
  TOO_OFTEN,
} from "../problems.ts";
import type { Identity } from "./identity.ts";
import { type Bucket, type Rate, take } from "./rate.ts";

/** Buckets that are remembered: an address is one, and so is a member who posts by HTTP. */
const MAX_BUCKETS = 10_000;

/** The project's open sockets, as far as limits care. */
interface OpenSockets {
  readonly count: number;
  ofMember(id: string): number;
  /** Given the hash of the address. */
  fromAddress(hash: string): number;
}

/** What the limits are, and what is counted. */
export interface CallerLimitsOptions {
  readonly config: Config;
  readonly sockets: OpenSockets;
  /** The clock, in ms since 1970. */
  readonly now: () => number;
}

/** Counts what callers ask of one project. */
export class CallerLimits {
  readonly #options: CallerLimitsOptions;
  readonly #connects = new Map<string, Bucket>();
  readonly #requests = new Map<string, Bucket>();

  constructor(options: CallerLimitsOptions) {
    this.#options = options;
  }

  /** Why one more socket of somebody is not taken. */
  whyNotConnect(identity: Identity): Problem | undefined {
    const { config, sockets } = this.#options;
    const { address } = identity;
    if (address !== undefined) {
      const retryAfter = this.#take(this.#connects, {
        key: address,
        rate: config.connectRate,
      });
      if (retryAfter !== undefined) {
        return { ...CONNECTS_TOO_OFTEN, retryAfter };
      }
      if (sockets.fromAddress(address) >= config.addressSocketLimit) {
        return TOO_MANY_FROM_ADDRESS;
      }
    }
    if (sockets.ofMember(identity.id) >= config.memberSocketLimit) {
      return TOO_MANY_OF_MEMBER;
    }
    return sockets.count >= config.socketLimit ? PROJECT_FULL : undefined;
  }

  /** Why one more command by HTTP is not taken. */
  whyNotCommand(
    identity: Pick<Identity, "id" | "address">,
  ): Problem | undefined {
    const key = identity.id || identity.address;
    if (key === undefined) return undefined;
    const { rate } = this.#options.config;
    const retryAfter = this.#take(this.#requests, { key, rate });
    return retryAfter === undefined ? undefined : { ...TOO_OFTEN, retryAfter };
  }

  /** Takes one from the bucket of `key`; how long to wait when it is empty, in ms. */
  #take(
    buckets: Map<string, Bucket>,
    options: { key: string; rate: Rate | "off" },
  ): number | undefined {
    const { key, rate } = options;
    if (rate === "off") return undefined;
    const now = this.#options.now();
    const { bucket, retryAfter } = take(buckets.get(key), { rate, now });
    // Whoever has that many addresses is not stopped by counting them.
    if (buckets.size >= MAX_BUCKETS) buckets.clear();
    buckets.set(key, bucket);
    return retryAfter;
  }
}
