/** Turnstile: guests show that they are persons before they say something (TURNSTILE_*, vitest.config.ts). */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readConfig } from "../../src/server/config.ts";
import { newProject, request, TestMember } from "../server/support/member.ts";
import { evict } from "../server/support/project.ts";
import { bearer, sign } from "../server/support/tokens.ts";

const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  // Cloudflare's answer to its test keys: what passes and what does not.
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const body = new URLSearchParams(String(init?.body));
    asked.push(`${url} ${body.get("secret")}`);
    return Response.json({ success: body.get("response") === "passed" });
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function pass(project: string, response: unknown, token?: string) {
  const answer = await request(`/project/${project}/challenge`, {
    method: "POST",
    headers: token ? bearer(token) : {},
    body: JSON.stringify({ response }),
  });
  const body = await answer.json<{ token: string }>();
  return { status: answer.status, ...body };
}

test("[D6] a guest reads, passes, and is the same guest who may speak", async () => {
  const project = newProject();
  const drawn = await request(`/project/${project}/challenge`);
  await expect(drawn.json()).resolves.toEqual({
    sitekey: "1x00000000000000000000AA",
  });
  const guest = await TestMember.join({ project });
  const send = { type: "send", nonce: "n", text: "hi" };
  const refused = {
    code: "forbidden",
    message: "Guest has to pass the challenge first",
  };
  expect(await guest.ask(send)).toMatchObject(refused);
  await evict(project);
  expect(await pass(project, "failed", guest.token)).toMatchObject({
    status: 403,
  });
  const { token } = await pass(project, "passed", guest.token);
  guest.command({ type: "auth", token });
  await guest.nextOf("you");
  await evict(project);
  expect(await guest.ask(send)).toMatchObject({ author: { id: guest.id } });
  const again = await TestMember.join({ project, token });
  expect((await again.send("still a person")).author.id).toBe(guest.id);
  expect(asked).toEqual(
    Array(2).fill(
      "https://challenges.cloudflare.com/turnstile/v0/siteverify 1x0000000000000000000000000000000AA",
    ),
  );
});

test("[D6] by HTTP it is the same, and who is nobody becomes a guest by passing", async () => {
  const project = newProject();
  const post = (token?: string) =>
    request(`/project/${project}/messages`, {
      method: "POST",
      headers: token ? bearer(token) : {},
      body: '{"text":"hi"}',
    });
  expect((await post()).status).toBe(403);
  const { token } = await pass(project, "passed");
  expect((await post(token)).status).toBe(201);
});

test.each([[""], [1], [undefined], ["x".repeat(3_000)]])(
  "[D6] the response %j is not even asked about",
  async (response) => {
    expect(await pass(newProject(), response)).toMatchObject({
      status: 403,
      code: "forbidden",
    });
    expect(asked).toEqual([]);
  },
);

test("[D6] members are not asked", async () => {
  const project = newProject();
  const token = await sign(project);
  const member = await TestMember.join({ project, token });
  await member.send("hi");
  expect(await pass(project, "passed", token)).toMatchObject({ status: 403 });
});

test("both keys are needed", () => {
  expect(() => readConfig({ TURNSTILE_SITEKEY: "x" })).toThrow(
    '"TURNSTILE_SECRET"',
  );
  expect(() => readConfig({ TURNSTILE_SECRET: "x" })).toThrow(
    '"TURNSTILE_SITEKEY"',
  );
});

test("[D4] an address tries so often, whoever it says to be", async () => {
  const project = newProject();
  const attempt = async () => {
    const answer = await request(`/project/${project}/challenge`, {
      method: "POST",
      headers: { "CF-Connecting-IP": "203.0.113.9" },
      body: '{"response":"failed"}',
    });
    return { status: answer.status, retry: answer.headers.get("Retry-After") };
  };
  for (let count = 0; count < 5; count++) {
    expect(await attempt()).toEqual({ status: 403, retry: null });
  }
  expect(await attempt()).toEqual({ status: 429, retry: "1" });
  expect(asked).toHaveLength(5);
});
