/** Tokens byte by byte, as a forger or a careless platform makes them. */
import { env } from "cloudflare:workers";

const ENCODER = new TextEncoder();

/** URL-safe base64 without padding. */
export function base64url(data: string | Uint8Array): string {
  const bytes = typeof data === "string" ? ENCODER.encode(data) : data;
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** A token of exactly these texts under an HMAC; `secret` may be a key of another kind. */
export async function forge(
  header: string,
  payload: string,
  options: { secret?: string | Uint8Array; hash?: string } = {},
): Promise<string> {
  const { secret = env.TOKEN_SECRET, hash = "SHA-256" } = options;
  const key = await crypto.subtle.importKey(
    "raw",
    typeof secret === "string" ? ENCODER.encode(secret) : secret,
    { name: "HMAC", hash },
    false,
    ["sign"],
  );
  const signed = `${base64url(header)}.${base64url(payload)}`;
  const signature = await crypto.subtle.sign(
    "HMAC",
    key,
    ENCODER.encode(signed),
  );
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}
