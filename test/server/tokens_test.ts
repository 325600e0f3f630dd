/** The token matrix: what is taken, what is not, and that the answer never says why. */
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { readTokenConfig } from "../../src/server/door/token_config.ts";
import { Verifier } from "../../src/server/door/verifier.ts";
import { base64url, forge } from "./support/forge.ts";
import { newProject, request, TestMember, upgrade } from "./support/member.ts";
import { bearer, sign, type TokenClaims } from "./support/tokens.ts";

const PROJECT = "42";
const INVALID = {
  code: "unauthorized",
  message: "Token is not valid here",
};
const EXPIRED = { ...INVALID, code: "token_expired" };
const NOW = Math.floor(Date.now() / 1000);
const DAY = 86_400;
const HEADER = '{"alg":"HS256","typ":"JWT"}';
const verifier = new Verifier(
  readTokenConfig({
    TOKEN_SECRET: env.TOKEN_SECRET,
    TOKEN_SECRET_PREVIOUS: "the-secret-before-it-was-rotated",
  }),
);

function verify(token: string, project = PROJECT) {
  return verifier.verify(token, { project, now: NOW * 1000 });
}

/** The text of good claims, changed. */
function claims(change: TokenClaims = {}): string {
  const good = { sub: "u1", project: PROJECT, iat: NOW, exp: NOW + 3600 };
  return JSON.stringify({ ...good, ...change });
}

function withHeader(header: object): Promise<string> {
  return forge(JSON.stringify({ alg: "HS256", ...header }), claims());
}

function withClaims(change: TokenClaims): Promise<string> {
  return forge(HEADER, claims(change));
}

async function cut(change: (parts: string[]) => string[]): Promise<string> {
  return change((await withClaims({})).split(".")).join(".");
}

function unsigned(alg: unknown, signature = ""): string {
  const header = base64url(JSON.stringify({ alg }));
  return `${header}.${base64url(claims())}.${signature}`;
}

/** Each is refused as `INVALID`. */
const REFUSED: Record<string, () => string | Promise<string>> = {
  "alg none": () => unsigned("none"),
  "alg None": () => unsigned("None"),
  "alg nOnE": () => unsigned("nOnE"),
  "alg NONE": () => unsigned("NONE"),
  "alg none with a signature": () => unsigned("none", "AAAA"),
  "alg HS256 and no signature": () => unsigned("HS256"),
  "no alg": () => forge("{}", claims()),
  "empty alg": () => withHeader({ alg: "" }),
  "alg in small letters": () => withHeader({ alg: "hs256" }),
  "alg as a list": () => withHeader({ alg: ["HS256"] }),
  "alg HS512 under the same secret": () =>
    forge('{"alg":"HS512"}', claims(), { hash: "SHA-512" }),
  "alg RS256 over an HMAC": () => withHeader({ alg: "RS256" }),
  "alg ES256 over an HMAC": () => withHeader({ alg: "ES256" }),
  "another secret": () => forge(HEADER, claims(), { secret: "x".repeat(32) }),
  "unknown crit": () => withHeader({ crit: ["magic"], magic: 1 }),
  "empty crit": () => withHeader({ crit: [] }),
  "unencoded payload": () => withHeader({ crit: ["b64"], b64: false }),
  "no exp": () => withClaims({ exp: undefined }),
  "exp as text": () => withClaims({ exp: `${NOW + 3600}` }),
  "exp 1e400": () => forge(HEADER, `${claims().slice(0, -1)},"exp":1e400}`),
  "exp negative": () => withClaims({ exp: -1 }),
  "exp null": () => withClaims({ exp: null }),
  "exp too far away": () => withClaims({ exp: NOW + DAY + 31 }),
  "iat 31 s ahead": () => withClaims({ iat: NOW + 31 }),
  "iat too long ago": () => withClaims({ iat: NOW - DAY - 31 }),
  "iat as text": () => withClaims({ iat: `${NOW}` }),
  "nbf 31 s ahead": () => withClaims({ nbf: NOW + 31 }),
  "nbf as text": () => withClaims({ nbf: "0" }),
  "no sub": () => withClaims({ sub: undefined }),
  "sub empty": () => withClaims({ sub: "" }),
  "sub a number": () => withClaims({ sub: 1 }),
  "sub of 129 characters": () => withClaims({ sub: "u".repeat(129) }),
  "sub with a space": () => withClaims({ sub: "u 1" }),
  "sub that cannot be seen": () => withClaims({ sub: "u\u200b1" }),
  "sub of a guest": () => withClaims({ sub: "g_AAAAAAAAAAAAAAAA" }),
  "sub of a guest by HTTP": () => withClaims({ sub: `g_${"0a".repeat(12)}` }),
  "neither aud nor project": () => withClaims({ project: undefined }),
  "aud of project B": () =>
    withClaims({ project: undefined, aud: "project-chat:43" }),
  "aud without our prefix": () => withClaims({ project: undefined, aud: "42" }),
  "aud a list without this": () =>
    withClaims({ project: undefined, aud: ["project-chat:43", "a"] }),
  "aud a number": () => withClaims({ aud: 42 }),
  "aud an object": () => withClaims({ aud: { "project-chat:42": true } }),
  "project B": () => withClaims({ project: "43" }),
  "project a number": () => withClaims({ project: 42 }),
  "project a list without this": () => withClaims({ project: ["4", "2"] }),
  "right project, wrong aud": () => withClaims({ aud: "project-chat:43" }),
  "right aud, wrong project": () =>
    withClaims({ aud: "project-chat:42", project: "43" }),
  "aud of a guest": () => withClaims({ aud: "project-chat:guest:42" }),
  "role guest": () => withClaims({ role: "guest" }),
  "role admin": () => withClaims({ role: "admin" }),
  "role in capitals": () => withClaims({ role: "OWNER" }),
  "role a list": () => withClaims({ role: ["owner"] }),
  "name empty": () => withClaims({ name: "" }),
  "name that deceives": () =>
    withClaims({ name: "q\u0316\u0317\u0318\u0319\u031c" }),
  "name too long": () => withClaims({ name: "x".repeat(33) }),
  "avatar by http": () => withClaims({ avatar: "http://a.example/1.png" }),
  "avatar a script": () => withClaims({ avatar: "javascript:alert(1)" }),
  "avatar too long": () =>
    withClaims({ avatar: `https://a.example/${"x".repeat(500)}` }),
  "rooms a text": () => withClaims({ rooms: "lobby" }),
  "rooms empty": () => withClaims({ rooms: [] }),
  "rooms malformed": () => withClaims({ rooms: ["a b"] }),
  "jti a number": () => withClaims({ jti: 1 }),
  "10 kB": () => withClaims({ pad: "x".repeat(10_000) }),
  "kid of 10 kB": () => withHeader({ kid: "x".repeat(10_000) }),
  "empty signature": () => cut(([head = "", body = ""]) => [head, body, ""]),
  "half a signature": () =>
    cut(([head = "", body = "", tail = ""]) => [head, body, tail.slice(0, 20)]),
  "another signature": () =>
    cut(([head = "", body = ""]) => [head, body, base64url("x".repeat(32))]),
  "trailing dot": () => cut((parts) => [...parts, ""]),
  "five parts": () => cut((parts) => [...parts, "a", "b"]),
  "two parts": () => cut((parts) => parts.slice(0, 2)),
  "one part": () => "x",
  "padded base64": () => cut(([head, ...rest]) => [`${head}=`, ...rest]),
  "header no JSON": () => forge("x", claims()),
  "header null": () => forge("null", claims()),
  "payload no JSON": () => forge(HEADER, "x"),
  "payload null": () => forge(HEADER, "null"),
  "payload a list": () => forge(HEADER, "[]"),
  "a name in __proto__": () =>
    forge(HEADER, '{"__proto__":{"sub":"u1","project":"42"},"exp":9999999999}'),
  "project twice, the last of B": () =>
    forge(HEADER, `${claims().slice(0, -1)},"project":"43"}`),
  "sub twice, the last a guest's": () =>
    forge(HEADER, `${claims().slice(0, -1)},"sub":"g_AAAAAAAAAAAAAAAA"}`),
};

describe("[I8] refused in one sentence", () => {
  test.each(Object.entries(REFUSED))("%s", async (_, make) => {
    expect(await verify(await make())).toEqual(INVALID);
  });
  test("and by HTTP, by socket and by auth alike", async () => {
    const project = newProject();
    const guest = await TestMember.join({ project });
    for (const [name, make] of Object.entries(REFUSED)) {
      const token = await make();
      const response = await request(`/project/${project}/messages`, {
        headers: bearer(token),
      });
      const body: unknown = await response.json();
      expect({ name, body }).toEqual({ name, body: INVALID });
      expect(response.status).toBe(401);
      guest.command({ type: "auth", token });
      expect(await guest.nextOf("error")).toMatchObject(INVALID);
    }
    const token = await REFUSED["project B"]?.();
    const { webSocket } = await upgrade({ project, token: token ?? "" });
    const closed = new Promise((resolve) =>
      webSocket?.addEventListener("close", ({ code }) => resolve(code)),
    );
    webSocket?.accept();
    expect(await closed).toBe(4401);
  });
});

test.each([
  ["30 s after exp", { exp: NOW - 30 }],
  ["long after exp", { exp: 1 }],
])("[I8] %s it is expired, in the same sentence", async (_, change) => {
  expect(await verify(await withClaims(change))).toEqual(EXPIRED);
});

test("[I8] exp twice: the last counts", async () => {
  const token = await forge(HEADER, `${claims().slice(0, -1)},"exp":1}`);
  expect(await verify(token)).toEqual(EXPIRED);
});

test("[I8] an expired token of project B does not even say that it is expired", async () => {
  const token = await withClaims({ exp: 1, project: "43" });
  expect(await verify(token)).toEqual(INVALID);
});

describe("[I9] taken", () => {
  test.each<[string, TokenClaims]>([
    ["project", {}],
    ["project in a list", { project: ["41", "42"] }],
    ["aud", { project: undefined, aud: "project-chat:42" }],
    ["aud in a list", { project: undefined, aud: ["x", "project-chat:42"] }],
    ["both", { aud: "project-chat:42" }],
    ["29 s after exp", { exp: NOW - 29 }],
    ["iat 30 s ahead", { iat: NOW + 30 }],
    ["nbf 30 s ahead", { nbf: NOW + 30 }],
    ["no iat", { iat: undefined }],
    ["the longest", { exp: NOW + DAY + 30 }],
    ["the oldest", { iat: NOW - DAY - 30 }],
    ["unknown claims", { email: "a@b.example", admin: true }],
    ["a role", { role: "owner" }],
    ["rooms", { rooms: ["lobby", "둘째"] }],
  ])("%s", async (_, change) => {
    expect(await verify(await withClaims(change))).toMatchObject({
      sub: "u1",
      role: change["role"] ?? "member",
    });
  });
  test("under the secret before, and with a kid that means nothing to us", async () => {
    const secret = "the-secret-before-it-was-rotated";
    expect(
      await verify(await forge(HEADER, claims(), { secret })),
    ).toHaveProperty("sub");
    for (const kid of ["../../etc/passwd", "' OR 1=1 --", "__proto__"]) {
      expect(await verify(await withHeader({ kid }))).toHaveProperty("sub");
    }
  });
});

test("[I8] a server without keys takes no member's token", async () => {
  const none = new Verifier(readTokenConfig({}));
  const options = { project: PROJECT, now: NOW * 1000 };
  expect(await none.verify(await withClaims({}), options)).toEqual(INVALID);
});

test("[I8] an issuer that is configured is required", async () => {
  const strict = new Verifier(
    readTokenConfig({
      TOKEN_SECRET: env.TOKEN_SECRET,
      TOKEN_ISSUER: "https://shop.example",
    }),
  );
  const options = { project: PROJECT, now: NOW * 1000 };
  for (const iss of [undefined, "https://shop.example.evil.example", 1]) {
    const token = await withClaims({ iss });
    expect(await strict.verify(token, options)).toEqual(INVALID);
  }
  const token = await withClaims({ iss: "https://shop.example" });
  expect(await strict.verify(token, options)).toHaveProperty("sub");
});

test("[I8] a guest cannot make the token of another guest", async () => {
  const project = newProject();
  const victim = await TestMember.join({ project });
  const [head = "", , tail = ""] = victim.token.split(".");
  const payload = JSON.stringify({
    sub: victim.id,
    aud: `project-chat:guest:${project}`,
    iat: NOW,
    exp: NOW + 3600,
  });
  for (const token of [
    `${head}.${base64url(payload)}.${tail}`,
    await forge(HEADER, payload),
    await forge(HEADER, payload, { secret: project.padEnd(32, "x") }),
    await sign(project, { sub: victim.id }),
  ]) {
    const response = await request(`/project/${project}/messages`, {
      headers: bearer(token),
    });
    expect(await response.json()).toEqual(INVALID);
  }
});

test("[I8] nothing that a token says makes the server fetch", async () => {
  const fetching = vi.spyOn(globalThis, "fetch");
  for (const header of [
    { jku: "https://evil.example/keys" },
    { x5u: "https://evil.example/cert" },
    { kid: "https://evil.example/key" },
  ]) {
    const secret = "y".repeat(32);
    const text = JSON.stringify({ alg: "HS256", ...header });
    const token = await forge(text, claims(), { secret });
    expect(await verify(token)).toEqual(INVALID);
  }
  expect(fetching).not.toHaveBeenCalled();
  fetching.mockRestore();
});
