/** Signs with a secret: HMAC with SHA-256. */

/** One secret, made into a key when it is first needed. */
export class Hmac {
  readonly #secret: () => Uint8Array;
  #imported: Promise<CryptoKey> | undefined;

  constructor(secret: () => Uint8Array) {
    this.#secret = secret;
  }

  /** The key; it signs and verifies. */
  get key(): Promise<CryptoKey> {
    this.#imported ??= crypto.subtle.importKey(
      "raw",
      this.#secret(),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign", "verify"],
    );
    return this.#imported;
  }

  /** The 32 bytes of a signature. */
  async sign(text: string): Promise<Uint8Array> {
    const bytes = new TextEncoder().encode(text);
    const signature = await crypto.subtle.sign("HMAC", await this.key, bytes);
    return new Uint8Array(signature);
  }
}

/** Two hexadecimal digits for each byte. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}
