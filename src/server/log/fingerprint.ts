/** What a command asks, as one number: tells its retry from another command. Pure. */
import type { LogCommand } from "../../protocol/mod.ts";
import { hash32 } from "./hash.ts";

/** Equal for a command and its retry; whether it is one is not part of what it asks. */
export function fingerprint(command: LogCommand): number {
  const { nonce: _, retry: __, ...asked } = command;
  return hash32(JSON.stringify(Object.entries(asked).sort()));
}
