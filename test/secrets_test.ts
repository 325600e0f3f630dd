/** Secrets: made when there are none, and in no line that is printed. */
import { mkdtemp, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeyPair, SignJWT } from "jose";
import { expect, test } from "vitest";
import { readDevVars } from "../tools/dev_vars.ts";
import { startServer } from "./support/server.ts";

/** In everything that must not be printed. */
const CANARY = "canary4711";

test("a secret is made once, for its owner's eyes", async () => {
  const file = join(
    await mkdtemp(join(tmpdir(), "project-chat-")),
    ".dev.vars",
  );
  const made = readDevVars(file);
  expect(made["TOKEN_SECRET"]).toMatch(/^[\w-]{43}$/);
  expect(readDevVars(file)).toEqual(made);
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect(await readFile(file, "utf8")).toContain(made["TOKEN_SECRET"]);
});

test("[X5] no token, text, address or secret is in any line", async () => {
  const secret = `${CANARY}-secret-of-more-than-thirty-two-bytes`;
  const server = await startServer({
    args: [
      `--var=TOKEN_SECRET:${secret}`,
      // Nobody listens there, so that a token under a public key is a fault.
      "--var=TOKEN_JWKS:http://127.0.0.1:9/keys",
      "--var=RATE_LIMIT:20/1",
    ],
  });
  try {
    const now = Math.floor(Date.now() / 1000);
    const claims = { sub: `${CANARY}-sub`, project: "42", name: CANARY };
    const signer = (role: string) =>
      new SignJWT({ ...claims, role, iat: now, exp: now + 600 })
        .setProtectedHeader({ alg: "HS256" })
        .sign(new TextEncoder().encode(secret));
    const token = await signer("owner");
    const { privateKey } = await generateKeyPair("ES256");
    const faulty = await new SignJWT({ ...claims, exp: now + 600 })
      .setProtectedHeader({ alg: "ES256" })
      .sign(privateKey);
    const ask = (path: string, init: RequestInit = {}, bearer = token) =>
      fetch(`${server.url}/project/42${path}`, {
        ...init,
        headers: {
          Authorization: `Bearer ${bearer}`,
          "CF-Connecting-IP": "203.0.113.77",
        },
      });
    const post = { method: "POST", body: JSON.stringify({ text: CANARY }) };
    const statuses = [];
    for (const answer of [
      await ask("/messages", post),
      await ask("/messages", { method: "POST", body: `{${CANARY}` }),
      await ask("/messages"),
      await ask(`/search?q=${CANARY}`),
      await ask("/messages", {}, `${token}x`),
      await ask("/messages", {}, CANARY),
      await ask("/messages", {}, faulty),
      await ask("/settings", {
        method: "PATCH",
        body: JSON.stringify({ blockedWords: [CANARY] }),
      }),
    ]) {
      statuses.push(answer.status);
      await answer.arrayBuffer();
    }
    expect(statuses).toEqual([201, 400, 200, 200, 401, 401, 500, 200]);
    await talk(server.url, token);
    const revoked = await ask("/revoke", {
      method: "POST",
      body: JSON.stringify({ sub: claims.sub }),
    });
    expect(revoked.status).toBe(200);
    expect((await ask("/messages")).status).toBe(401);
  } finally {
    await server.stop();
  }
  const printed = server.output();
  // It did print, and of the fault in particular.
  expect(printed).toContain("Request failed: GET");
  expect(printed).not.toContain(CANARY);
  expect(printed).not.toContain("203.0.113.77");
  expect(printed).not.toContain("eyJ");
});

/** Says everything that a socket can be told, and some that it cannot. */
async function talk(url: string, token: string): Promise<void> {
  const socket = new WebSocket(
    `${url.replace("http", "ws")}/project/42/chat?nickname=${CANARY}`,
    ["project-chat.v1", `bearer.${token}`],
  );
  const closed = new Promise((resolve) =>
    socket.addEventListener("close", resolve),
  );
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  for (const frame of [
    { type: "send", nonce: CANARY, text: CANARY },
    { type: "edit", nonce: "e", seq: 1, text: CANARY },
    { type: "auth", token: `${token}${CANARY}` },
    { type: CANARY },
    { type: CANARY },
  ]) {
    socket.send(JSON.stringify(frame));
  }
  // The third frame in a row that is no command closes the socket.
  socket.send(CANARY);
  await closed;
}
