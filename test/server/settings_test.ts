/** What an owner decides about a project. */
import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "../../src/protocol/mod.ts";
import { Database } from "../../src/server/storage/database.ts";
import { migrate } from "../../src/server/storage/schema.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";
import { bearer, sign } from "./support/tokens.ts";

async function settings(
  project: string,
  options: { role?: string; change?: unknown } = {},
): Promise<{ status: number; body: unknown }> {
  const { role = "owner", change } = options;
  const response = await request(`/project/${project}/settings`, {
    headers: bearer(await sign(project, { role })),
    ...(change !== undefined && {
      method: "PATCH",
      body: JSON.stringify(change),
    }),
  });
  return { status: response.status, body: await response.json() };
}

test("[V1] [V2] settings begin with their defaults, change one by one and survive", async () => {
  const project = newProject();
  expect(await settings(project)).toEqual({
    status: 200,
    body: DEFAULT_SETTINGS,
  });
  const change = { links: "members", blockedWords: [" 욕 "] };
  const changed = {
    ...DEFAULT_SETTINGS,
    links: "members",
    blockedWords: ["욕"],
  };
  expect((await settings(project, { change })).body).toEqual(changed);
  await evict(project);
  expect((await settings(project)).body).toEqual(changed);
});

test("[V2] settings of version 6, a row each, survive the move into one row", async () => {
  const project = newProject();
  await inside(project, async (_, { storage }) => {
    await storage.deleteAll();
    const database = new Database(storage);
    migrate(database, 6);
    const insert = "INSERT INTO project_settings (name, value) VALUES (?, ?)";
    database.run(insert, "links", '"members"');
    database.run(insert, "blockedWords", '["욕"]');
  });
  await evict(project);
  expect((await settings(project)).body).toEqual({
    ...DEFAULT_SETTINGS,
    links: "members",
    blockedWords: ["욕"],
  });
});

test("[V2] a project of version 6 without settings has the defaults", async () => {
  const project = newProject();
  await inside(project, async (_, { storage }) => {
    await storage.deleteAll();
    migrate(new Database(storage), 6);
  });
  await evict(project);
  expect((await settings(project)).body).toEqual(DEFAULT_SETTINGS);
});

test.each([
  [{}],
  [{ mode: "closed" }],
  [{ unknown: true }],
  [{ mode: "open", toString: 1 }],
  [{ origins: "https://a.example" }],
  [{ origins: ["null"] }],
  [{ origins: ["*"] }],
  [{ origins: ["https://*.example"] }],
  [{ origins: ["https://a.example/path"] }],
  [{ origins: ["ftp://a.example"] }],
  [{ origins: ["https://user@a.example"] }],
  [{ blockedWords: [""] }],
  [{ blockedWords: ["x".repeat(65)] }],
  [{ links: "some" }],
  [{ hook: "on" }],
  [{ readReceipts: 1 }],
  [[]],
])("[V2] the change %j is refused", async (change) => {
  const project = newProject();
  const { status, body } = await settings(project, { change });
  expect({ status, body }).toMatchObject({
    status: 400,
    body: { code: "bad_request" },
  });
  expect((await settings(project)).body).toEqual(DEFAULT_SETTINGS);
});

test("[V2] a refusal says which setting is wrong, and which entry of a list", async () => {
  const change = { origins: ["https://a.example", "a.example"] };
  const { body } = await settings(newProject(), { change });
  expect(body).toMatchObject({ code: "bad_request", field: "origins.1" });
});

test("[V3] everybody is told of a new mode, and guests leave a project for members", async () => {
  const project = newProject();
  const token = await sign(project, { role: "reader" });
  const guest = await TestMember.join({ project });
  const reader = await TestMember.join({ project, token, room: "둘째" });
  expect(guest.welcome.settings).toMatchObject({ mode: "open" });
  await evict(project);
  await settings(project, { change: { mode: "members" } });
  expect(await guest.nextOf("error")).toMatchObject({ code: "forbidden" });
  expect((await guest.closed).code).toBe(4403);
  expect(await reader.nextOf("room")).toMatchObject({ mode: "members" });
});
