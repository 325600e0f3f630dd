/** Tells the benchmark where a server of its own listens. */
import type { Server } from "node:net";

export function sayPort(server: Server): void {
  const address = server.address();
  if (address === null || typeof address === "string") {
    throw new Error("Server has no port");
  }
  process.send?.({ port: address.port });
}
