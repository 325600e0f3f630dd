/** Tokens under public keys: inline or fetched, several at once, and never mistaken for a secret. */
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  SignJWT,
} from "jose";
import { afterEach, describe, expect, test, vi } from "vitest";
import { readTokenConfig } from "../../src/server/door/token_config.ts";
import { Verifier } from "../../src/server/door/verifier.ts";
import { base64url, forge } from "./support/forge.ts";

const NOW = Math.floor(Date.now() / 1000);
const CLAIMS = { sub: "u1", project: "42", iat: NOW, exp: NOW + 3600 };
const INVALID = { code: "unauthorized", message: "Token is not valid here" };

interface Pair {
  readonly alg: string;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

async function pair(alg: string, kid?: string): Promise<Pair> {
  const keys = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(keys.publicKey);
  return { alg, ...keys, jwk: { ...jwk, ...(kid && { kid }) } };
}

function signBy({ alg, privateKey }: Pair, header: object = {}) {
  return new SignJWT(CLAIMS)
    .setProtectedHeader({ alg, ...header })
    .sign(privateKey);
}

function verifierOf(keys: JWK[] | string): Verifier {
  const TOKEN_JWKS = typeof keys === "string" ? keys : JSON.stringify({ keys });
  return new Verifier(readTokenConfig({ TOKEN_JWKS }));
}

function verify(verifier: Verifier, token: string) {
  return verifier.verify(token, { project: "42", now: NOW * 1000 });
}

afterEach(() => {
  vi.restoreAllMocks();
});

test.each(["ES256", "EdDSA", "RS256"])("[I9] %s is taken", async (alg) => {
  const keys = await pair(alg);
  const verifier = verifierOf([keys.jwk]);
  expect(await verify(verifier, await signBy(keys))).toHaveProperty("sub");
  const stranger = await signBy(await pair(alg));
  expect(await verify(verifier, stranger)).toEqual(INVALID);
});

test.each(["ES384", "RS512", "PS256"])("[I8] %s is not taken", async (alg) => {
  const keys = await pair(alg);
  const token = await signBy(keys);
  expect(await verify(verifierOf([keys.jwk]), token)).toEqual(INVALID);
});

test("[I9] two keys are valid at once, with a kid and without", async () => {
  const [old, next] = [await pair("ES256", "old"), await pair("ES256", "next")];
  const verifier = verifierOf([old.jwk, next.jwk]);
  for (const [keys, kid] of [
    [old, "old"],
    [next, "next"],
    [old, undefined],
    [next, undefined],
  ] as const) {
    const token = await signBy(keys, kid ? { kid } : {});
    expect(await verify(verifier, token)).toHaveProperty("sub");
  }
  for (const kid of [
    "next",
    "../old",
    "' OR 1=1 --",
    "__proto__",
    "x".repeat(5_000),
  ]) {
    const token = await signBy(old, { kid });
    expect(await verify(verifier, token)).toEqual(INVALID);
  }
});

describe("[I8] a public key is no secret", () => {
  test.each(["RS256", "ES256"])("%s", async (alg) => {
    const keys = await pair(alg);
    const verifier = verifierOf([keys.jwk]);
    const pem = await exportSPKI(keys.publicKey);
    const der = Uint8Array.from(
      atob(pem.replace(/-----[^-]+-----|\s/g, "")),
      (character) => character.charCodeAt(0),
    );
    for (const secret of [pem, pem.trim(), der, JSON.stringify(keys.jwk)]) {
      const header = '{"alg":"HS256"}';
      const token = await forge(header, JSON.stringify(CLAIMS), { secret });
      expect(await verify(verifier, token)).toEqual(INVALID);
    }
  });
});

test("[I8] a key that the token brings along is not looked at", async () => {
  const fetching = vi.spyOn(globalThis, "fetch");
  const [ours, theirs] = [await pair("RS256", "k"), await pair("RS256", "k")];
  const verifier = verifierOf([ours.jwk]);
  const x5c = [base64url("certificate")];
  for (const header of [
    { jwk: theirs.jwk },
    { jku: "https://evil.example/keys", kid: "k" },
    { x5u: "https://evil.example/cert" },
    { x5c },
  ]) {
    const token = await signBy(theirs, header);
    expect(await verify(verifier, token)).toEqual(INVALID);
  }
  expect(fetching).not.toHaveBeenCalled();
});

test("[I9] keys are fetched once, from where the operator says", async () => {
  const keys = await pair("EdDSA", "k");
  const fetching = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(async () => Response.json({ keys: [keys.jwk] }));
  const verifier = verifierOf("https://shop.example/jwks.json");
  for (let n = 0; n < 3; n++) {
    const token = await signBy(keys, { kid: "k" });
    expect(await verify(verifier, token)).toHaveProperty("sub");
  }
  expect(await verify(verifier, await signBy(keys, { kid: "x" }))).toEqual(
    INVALID,
  );
  expect(fetching).toHaveBeenCalledTimes(1);
});

test("[I9] keys that cannot be had are not the token's fault", async () => {
  const keys = await pair("EdDSA");
  vi.spyOn(globalThis, "fetch").mockImplementation(
    async () => new Response("down", { status: 503 }),
  );
  const verifier = verifierOf("https://shop.example/jwks.json");
  await expect(verify(verifier, await signBy(keys))).rejects.toThrow();
});

describe("a bad variable is named, and its value is not told", () => {
  const SECRET = "planted-and-too-short";
  test.each([
    [{ TOKEN_SECRET: SECRET }, 'variable "TOKEN_SECRET"'],
    [{ TOKEN_SECRET: "비밀".repeat(5) }, "at least 32 bytes: it has 30"],
    [
      { TOKEN_SECRET: "x".repeat(32), TOKEN_SECRET_PREVIOUS: SECRET },
      'variable "TOKEN_SECRET_PREVIOUS"',
    ],
    [{ TOKEN_JWKS: `{${SECRET}}` }, 'variable "TOKEN_JWKS"'],
    [{ TOKEN_JWKS: '{"keys":[]}' }, 'variable "TOKEN_JWKS"'],
    [{ TOKEN_JWKS: '{"keys":["x"]}' }, 'variable "TOKEN_JWKS"'],
    [{ TOKEN_JWKS: "http://shop.example/keys" }, 'variable "TOKEN_JWKS"'],
    [{ TOKEN_JWKS: SECRET }, 'variable "TOKEN_JWKS"'],
    [
      { TOKEN_JWKS: `{"keys":[{"kty":"EC","d":"${SECRET}"}]}` },
      "public keys only",
    ],
    [{ TOKEN_MAX_AGE: "1h" }, 'variable "TOKEN_MAX_AGE"'],
  ])("%j", (variables, message) => {
    const read = () => readTokenConfig(variables);
    expect(read).toThrow(message);
    expect(read).not.toThrow(SECRET);
  });
});
