/** Where callers come from, as far as it counts. Pure but for the hash. */
import { Hmac } from "../hmac.ts";
import type { Database } from "../storage/database.ts";
import { randomId, remembered } from "../storage/meta.ts";

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
/** IPv6 addresses of one household or host share their first groups. */
const NETWORK_GROUPS = 4;
const GROUPS = 8;
const KEY_BYTES = 32;
const HASH_BYTES = 9;

/**
 * `value` as it is counted: an IPv4 address whole, an IPv6 address by its /64. `undefined`
 * for this machine's own and for what is no address: these are not counted.
 */
export function countedAddress(value: string | null): string | undefined {
  // Proxies append: what comes before the last one is the caller's to write.
  const text = value?.split(",").at(-1)?.trim() ?? "";
  return IPV4.test(text) ? countedIpv4(text) : countedIpv6(text);
}

function countedIpv4(text: string): string | undefined {
  const bytes = text.split(".").map(Number);
  if (bytes.some((byte) => byte > 255) || bytes[0] === 127) return undefined;
  return bytes.join(".");
}

function countedIpv6(text: string): string | undefined {
  if (!text.includes(":") || /[[\]/?#@\s]/.test(text)) return undefined;
  const [bare = ""] = text.split("%");
  const host = URL.parse(`http://[${bare}]/`)?.hostname;
  if (host === undefined) return undefined;
  const groups = expand(host.slice(1, -1));
  if (groups.slice(0, -1).every((group) => group === 0)) return undefined;
  const mapped = groups.slice(0, 5).every((group) => group === 0);
  if (mapped && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return countedIpv4([high >> 8, high & 255, low >> 8, low & 255].join("."));
  }
  const network = groups.slice(0, NETWORK_GROUPS);
  return `${network.map((group) => group.toString(16)).join(":")}::/64`;
}

/** The eight groups of an address that is written as browsers write it. */
function expand(address: string): number[] {
  const [left = "", right] = address.split("::");
  const [head, tail] = [groupsOf(left), groupsOf(right ?? "")];
  const gap = new Array<number>(GROUPS - head.length - tail.length).fill(0);
  return [...head, ...(right === undefined ? [] : gap), ...tail];
}

function groupsOf(text: string): number[] {
  return text ? text.split(":").map((group) => Number.parseInt(group, 16)) : [];
}

/** Hashes addresses with the project's own key: they are compared and never kept. */
export class AddressBook {
  readonly #hmac: Hmac;

  constructor(database: Database) {
    const secret = () =>
      remembered(database, "address_key", () => randomId(KEY_BYTES));
    this.#hmac = new Hmac(() => new TextEncoder().encode(secret()));
  }

  /** The hash of a counted address. */
  async hash(address: string): Promise<string> {
    const signature = await this.#hmac.sign(address);
    return btoa(String.fromCharCode(...signature.subarray(0, HASH_BYTES)));
  }
}
