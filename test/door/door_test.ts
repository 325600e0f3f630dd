/** Runs with MODE=members, ORIGINS, 3 sockets an address, 2 a member, 8 connects at once (vitest.config.ts). */
import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import {
  newProject,
  request,
  TestMember,
  upgrade,
} from "../server/support/member.ts";
import { evict, stubOf } from "../server/support/project.ts";
import { bearer, sign } from "../server/support/tokens.ts";

/** Whether the object of a project was ever made. */
async function exists(project: string): Promise<boolean> {
  const ids = await listDurableObjectIds(env.PROJECTS);
  return ids.some((id) => id.equals(env.PROJECTS.idFromName(project)));
}

async function isRunning(project: string): Promise<boolean> {
  try {
    await evict(project);
    return true;
  } catch {
    return false;
  }
}

function from(address: string) {
  return { "CF-Connecting-IP": address };
}

async function closeCode(response: Response): Promise<number> {
  const closed = new Promise<number>((resolve) =>
    response.webSocket?.addEventListener("close", ({ code }) => resolve(code)),
  );
  response.webSocket?.accept();
  return await closed;
}

/** Somebody of their own from an address, or the status of the refusal. */
async function connect(
  project: string,
  options: { address: string; sub?: string },
): Promise<TestMember | Response> {
  const { address, sub = crypto.randomUUID() } = options;
  const wish = {
    project,
    token: await sign(project, { sub }),
    headers: from(address),
  };
  const response = await upgrade({
    ...wish,
    protocols: [],
    headers: { ...wish.headers, ...bearer(wish.token) },
  });
  if (!response.webSocket) return response;
  const member = new TestMember(response.webSocket);
  await member.arrive();
  return member;
}

describe("[A3] a project for members, and somebody who is none", () => {
  test("is refused by the Worker: no object is made", async () => {
    const project = newProject();
    const guests = [undefined, "nonsense", await sign(newProject())];
    for (const token of guests) {
      const headers = token ? bearer(token) : {};
      const refused = [
        await request(`/project/${project}/messages`, { headers }),
        await request(`/project/${project}/messages`, {
          method: "POST",
          headers,
          body: '{"text":"hi"}',
        }),
        await upgrade({ project, protocols: [], headers }),
      ];
      for (const response of refused) {
        expect(response.status).toBe(token ? 401 : 403);
        await expect(response.json()).resolves.toMatchObject({
          code: token ? "unauthorized" : "forbidden",
        });
      }
    }
    // A page may ask, and that is not worth making anything for it.
    const Origin = "https://shop.example";
    const path = `/project/${project}/messages`;
    const asked = await request(path, { headers: { Origin } });
    expect(asked.status).toBe(403);
    expect(asked.headers.get("Access-Control-Allow-Origin")).toBe(Origin);
    const preflight = await request(path, {
      method: "OPTIONS",
      headers: { Origin, "Access-Control-Request-Method": "GET" },
    });
    expect(preflight.status).toBe(204);
    const file = await request(`/project/${project}/files/no-key`);
    expect(file.status).toBe(404);
    expect(await closeCode(await upgrade({ project }))).toBe(4403);
    expect(await exists(project)).toBe(false);
  });

  test("nor is one woken", async () => {
    const project = newProject();
    const token = await sign(project);
    const member = await TestMember.join({ project, token });
    expect(await isRunning(project)).toBe(true);
    await upgrade({ project, protocols: [] });
    await upgrade({
      project,
      protocols: [],
      headers: bearer(await sign(newProject())),
    });
    expect(await isRunning(project)).toBe(false);
    await member.send("still here");
  });

  test("an owner cannot open what the operator closed", async () => {
    const project = newProject();
    const response = await request(`/project/${project}/settings`, {
      method: "PATCH",
      headers: bearer(await sign(project, { role: "owner" })),
      body: '{"mode":"open"}',
    });
    await expect(response.json()).resolves.toMatchObject({ mode: "members" });
    expect((await request(`/project/${project}/rooms`)).status).toBe(403);
  });
});

test("[D3] an address has so many sockets, an IPv6 network is one address", async () => {
  for (const [own, other] of [
    [["192.0.2.1", "192.0.2.1", "::ffff:192.0.2.1"], "192.0.2.2"],
    [["2001:db8::1", "2001:db8::2", "2001:DB8:0:0:ffff::3"], "2001:db8:0:1::1"],
  ] as const) {
    const project = newProject();
    const members = [];
    for (const address of own)
      members.push(await connect(project, { address }));
    await evict(project);
    const refused = await connect(project, { address: own[0] });
    expect(refused).toHaveProperty("status", 429);
    expect((refused as Response).headers.get("Retry-After")).toBe("30");
    expect(await connect(project, { address: other })).toBeInstanceOf(
      TestMember,
    );
    const [first] = members as TestMember[];
    first?.close(1000);
    await first?.closed;
    expect(await connect(project, { address: own[0] })).toBeInstanceOf(
      TestMember,
    );
  }
});

test("[D3] a member has so many sockets, from wherever", async () => {
  const project = newProject();
  const sub = "u1";
  await connect(project, { sub, address: "192.0.2.1" });
  await connect(project, { sub, address: "192.0.2.2" });
  await evict(project);
  const address = "192.0.2.3";
  expect(await connect(project, { sub, address })).toHaveProperty(
    "status",
    429,
  );
  expect(await connect(project, { address })).toBeInstanceOf(TestMember);
});

test("[D3] this machine's own address and none are not counted", async () => {
  const project = newProject();
  for (const address of ["127.0.0.1", "::1", "", "unknown", "127.9.9.9"]) {
    expect(await connect(project, { address })).toBeInstanceOf(TestMember);
  }
});

test("[D2] connects that come too often wait, others do not", async () => {
  const project = newProject();
  const address = "198.51.100.7";
  for (let n = 0; n < 8; n++) {
    const member = await connect(project, { address });
    if (!(member instanceof TestMember)) throw new Error(`refused at ${n}`);
    member.close(1000);
    await member.closed;
  }
  const token = await sign(project, { sub: "late" });
  const wish = { project, token, headers: from(address) };
  const plain = await upgrade({
    ...wish,
    protocols: ["project-chat.v1", `bearer.${token}`],
  });
  expect(await closeCode(plain)).toBe(4429);
  const other = "198.51.100.8";
  expect(await connect(project, { address: other })).toBeInstanceOf(TestMember);
});

test("[D4] who posts too often by HTTP waits, by member and not by connection", async () => {
  const project = newProject();
  const post = async (sub: string) =>
    await request(`/project/${project}/messages`, {
      method: "POST",
      headers: {
        ...bearer(await sign(project, { sub })),
        ...from("192.0.2.9"),
      },
      body: '{"text":"hi"}',
    });
  const statuses = [];
  for (let n = 0; n < 7; n++) statuses.push((await post("u1")).status);
  expect(statuses.slice(0, 5)).toEqual([201, 201, 201, 201, 201]);
  expect(statuses).toContain(429);
  expect((await post("u2")).status).toBe(201);
});

test("[D1] a page that the operator does not know wakes nothing", async () => {
  const project = newProject();
  const token = await sign(project);
  for (const Origin of ["https://evil.example", "null"]) {
    const headers = { Origin, ...bearer(token) };
    const read = await request(`/project/${project}/rooms`, { headers });
    expect(read.status).toBe(403);
    expect(read.headers.has("Access-Control-Allow-Origin")).toBe(false);
    const preflight = await request(`/project/${project}/rooms`, {
      method: "OPTIONS",
      headers: { Origin, "Access-Control-Request-Method": "GET" },
    });
    expect(preflight.status).toBe(403);
    const upgraded = await upgrade({ project, token, headers: { Origin } });
    expect(await closeCode(upgraded)).toBe(4403);
  }
  expect(await exists(project)).toBe(false);
  for (const Origin of [
    "https://shop.example",
    "https://xn--vv4b11d.example",
  ]) {
    const headers = { Origin, ...bearer(token) };
    const read = await request(`/project/${project}/rooms`, { headers });
    expect({ Origin, status: read.status }).toEqual({ Origin, status: 200 });
    await TestMember.join({ project, token, headers: { Origin } });
  }
});

test("[D1] a project may let in fewer pages than the operator, not more", async () => {
  const project = newProject();
  const owner = await sign(project, { role: "owner" });
  await request(`/project/${project}/settings`, {
    method: "PATCH",
    headers: bearer(owner),
    body: '{"origins":["https://evil.example"]}',
  });
  for (const Origin of ["https://evil.example", "https://shop.example"]) {
    const response = await request(`/project/${project}/rooms`, {
      headers: { Origin, ...bearer(owner) },
    });
    expect(response.status).toBe(403);
  }
  // The attachments hold a hash of the address, and nothing else does.
  expect(await stubOf(project).origins()).toEqual(["https://evil.example"]);
});
