/** Names for one's own requests. */

/** A nonce that nobody has used. */
export function createNonce(): string {
  // Not randomUUID(), which browsers keep from pages without TLS.
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** Whether the room would take `nonce`. */
export function isNonce(nonce: string): boolean {
  return /^[\w-]{1,64}$/.test(nonce);
}
