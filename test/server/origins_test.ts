/** The origin matrix: exactly the listed pages, and the server's own. */
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/server/config.ts";
import { countedAddress } from "../../src/server/door/address.ts";
import { mayAsk, spellOrigin } from "../../src/server/door/origins.ts";
import { EdgeCheck } from "../../src/server/http/edge_check.ts";
import { newProject, request, TestMember, upgrade } from "./support/member.ts";
import { evict } from "./support/project.ts";
import { bearer, sign } from "./support/tokens.ts";

const URL_OF_SERVER = "https://chat.example/project/42/chat";
const LIST = [
  "https://good.example",
  "https://a.example:8443",
  "http://local.example",
];

describe("[D1] with a list", () => {
  test.each<[string | null, boolean]>([
    [null, true],
    ["https://good.example", true],
    ["https://a.example:8443", true],
    ["http://local.example", true],
    ["https://chat.example", true],
    ["null", false],
    ["", false],
    ["https://good.example.evil.example", false],
    ["https://evilgood.example", false],
    ["https://sub.good.example", false],
    ["https://good.example:8443", false],
    ["https://a.example", false],
    ["http://good.example", false],
    ["https://local.example", false],
    ["https://good.example/", false],
    ["https://GOOD.example", false],
    ["https://good.example@evil.example", false],
    ["https://xn--good-.example", false],
    ["https://gооd.example", false],
    ["*", false],
    ["http://chat.example", false],
    ["https://chat.example:444", false],
  ])("%s: %s", (origin, expected) => {
    expect(mayAsk(origin, { url: URL_OF_SERVER, lists: [[], LIST] })).toBe(
      expected,
    );
  });
  test("without one, everybody", () => {
    for (const origin of [null, "null", "https://any.example"]) {
      expect(mayAsk(origin, { url: URL_OF_SERVER, lists: [[]] })).toBe(true);
    }
  });
});

test.each([
  ["https://Good.Example/", "https://good.example"],
  ["https://good.example:443", "https://good.example"],
  ["http://good.example:8080", "http://good.example:8080"],
  ["https://예시.한국", "https://xn--vv4b11d.xn--3e0b707e"],
  ["https://good.example/path", undefined],
  ["https://u@good.example", undefined],
  ["https://*.example", undefined],
  ["wss://good.example", undefined],
  ["null", undefined],
])("[D1] %s is listed as %s", (text, spelled) => {
  expect(spellOrigin(text)).toBe(spelled);
});

test("[D1] [V2] the project's own list holds for HTTP and connections, after eviction too", async () => {
  const project = newProject();
  const owner = bearer(await sign(project, { role: "owner" }));
  const changed = await request(`/project/${project}/settings`, {
    method: "PATCH",
    headers: owner,
    body: JSON.stringify({ origins: ["https://Good.example/"] }),
  });
  await expect(changed.json()).resolves.toMatchObject({
    origins: ["https://good.example"],
  });
  await evict(project);
  for (const [Origin, status] of [
    ["https://good.example", 200],
    ["https://chat.example", 200],
    ["https://evil.example", 403],
    ["null", 403],
  ] as const) {
    const path = `/project/${project}/rooms`;
    const response = await request(path, { headers: { Origin } });
    expect({ Origin, status: response.status }).toEqual({ Origin, status });
    const upgraded = await upgrade({
      project,
      protocols: [],
      headers: { Origin },
    });
    expect(upgraded.status).toBe(status === 200 ? 101 : status);
    upgraded.webSocket?.accept();
    upgraded.webSocket?.close();
  }
});

test("[D5] pages of other origins may use HTTP, without cookies", async () => {
  const project = newProject();
  const Origin = "https://any.example";
  const path = `/project/${project}/messages`;
  const preflight = await request(path, {
    method: "OPTIONS",
    headers: {
      Origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,idempotency-key",
    },
  });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    "access-control-allow-origin": Origin,
    "access-control-allow-methods": expect.stringContaining("PATCH"),
    "access-control-allow-headers": expect.stringContaining("Idempotency-Key"),
    vary: "Origin",
  });
  const token = (await TestMember.join({ project })).token;
  for (const response of [
    await request(path, { headers: { Origin } }),
    await request(path, { headers: { Origin, ...bearer("nonsense") } }),
    await request(path, {
      method: "POST",
      headers: { Origin, Cookie: `token=${token}` },
      body: '{"text":"hi"}',
    }),
  ]) {
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(Origin);
    expect(response.headers.has("Access-Control-Allow-Credentials")).toBe(
      false,
    );
    expect(response.headers.has("Set-Cookie")).toBe(false);
    expect(response.headers.get("Vary")).toContain("Origin");
  }
  const page = await request(path, { headers: { Origin } });
  expect(page.headers.get("Vary")).toBe("Authorization, Origin");
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  [" 203.0.113.9 ", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["127.0.0.1", undefined],
  ["::ffff:127.0.0.1", undefined],
  ["::1", undefined],
  ["::", undefined],
  ["", undefined],
  [null, undefined],
  ["203.0.113.256", undefined],
  // What a caller writes into the header comes before what the proxy appends.
  ["127.0.0.1, 203.0.113.9", "203.0.113.9"],
  ["203.0.113.9,", undefined],
  ["2001:db8::1]/x", undefined],
  ["localhost", undefined],
])("[D3] the address %s counts as %s", (value, counted) => {
  expect(countedAddress(value)).toBe(counted);
});

test("[D2] where the platform counts, its answer comes first", async () => {
  const edge = new EdgeCheck(readConfig({}));
  const asked: string[] = [];
  const limiter = {
    async limit({ key }: { key: string }) {
      asked.push(key);
      return { success: asked.length < 2 };
    },
  };
  const options = { project: "42", now: 0, limiter };
  const caller = { address: "203.0.113.9" };
  expect(await edge.check(caller, options)).toBeUndefined();
  expect(await edge.check(caller, options)).toMatchObject({
    code: "rate_limited",
    retryAfter: 10_000,
  });
  expect(await edge.check({}, options)).toBeUndefined();
  expect(asked).toEqual(["203.0.113.9", "203.0.113.9"]);
});

test("[A3] the Worker believes a project for a minute", async () => {
  const edge = new EdgeCheck(readConfig({}));
  const at = (now: number) => ({ project: "42", now, limiter: undefined });
  const refused = {
    code: "forbidden",
    message: "Project is for members only",
  } as const;
  edge.learn(refused, at(0));
  expect(await edge.check({}, at(59_999))).toEqual(refused);
  expect(await edge.check({}, at(60_000))).toBeUndefined();
  edge.learn(refused, at(0));
  edge.forget("42");
  expect(await edge.check({}, at(1))).toBeUndefined();
  edge.learn({ code: "forbidden", message: "Role does not allow this" }, at(0));
  expect(await edge.check({}, at(1))).toBeUndefined();
});

test("[A3] a project that its owner closed refuses guests without waking", async () => {
  const project = newProject();
  const owner = bearer(await sign(project, { role: "owner" }));
  await request(`/project/${project}/settings`, {
    method: "PATCH",
    headers: owner,
    body: '{"mode":"members"}',
  });
  const refused = await upgrade({ project, protocols: [] });
  expect(refused.status).toBe(403);
  await evict(project);
  expect((await upgrade({ project, protocols: [] })).status).toBe(403);
  expect((await request(`/project/${project}/rooms`)).status).toBe(403);
  await expect(evict(project)).rejects.toThrow();
});
