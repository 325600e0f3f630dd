import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { newProject, request, TestMember, upgrade } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";

test("[G1] [G2] the same token is the same guest", async () => {
  const project = newProject();
  const first = await TestMember.join({ project, nickname: "a" });
  await evict(project);
  const second = await TestMember.join({ project, token: first.token });
  expect(second.id).toBe(first.id);
  expect(second.welcome.online).toBe(1);
  expect(second.welcome.you.session).not.toBe(first.welcome.you.session);
  const other = await TestMember.join({ project });
  expect(other.id).not.toBe(first.id);
});

test("[G2] a token is worth nothing in another project", async () => {
  const { token } = await TestMember.join({ project: newProject() });
  const response = await request(`/project/${newProject()}/chat`, {
    headers: { Upgrade: "websocket", Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(401);
});

test("[G3] nobody forges a guest", async () => {
  const project = newProject();
  const victim = await TestMember.join({ project });
  const [header = "", body = ""] = victim.token.split(".");
  const none = btoa('{"alg":"none"}').replaceAll("=", "");
  const foreign = await new SignJWT({ sub: victim.id })
    .setProtectedHeader({ alg: "HS256" })
    .setAudience(`project-chat:guest:${project}`)
    .setIssuedAt()
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode("x".repeat(32)));
  for (const token of [
    "x",
    "a.b.c",
    `${header}.${body}.`,
    `${none}.${body}.`,
    `${header}.${body}.AAAA`,
    foreign,
    "x".repeat(9000),
  ]) {
    const response = await request(`/project/${project}/chat`, {
      headers: { Upgrade: "websocket", Authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
    await expect(response.json()).resolves.toEqual({
      code: "unauthorized",
      message: "Token is not valid here",
    });
  }
});

test("[G3] an expired token says so in the same sentence", async () => {
  const project = newProject();
  const { id } = await TestMember.join({ project });
  const key = await inside(project, (_, { storage: { sql } }) =>
    String(
      sql.exec("SELECT value FROM meta WHERE key = 'guest_key'").one()["value"],
    ),
  );
  const token = await new SignJWT()
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(id)
    .setAudience(`project-chat:guest:${project}`)
    .setIssuedAt(1)
    .setExpirationTime(2)
    .sign(new TextEncoder().encode(key));
  const response = await upgrade({
    project,
    token,
    protocols: [`project-chat.v1`, `bearer.${token}`],
  });
  expect(response.status).toBe(101);
  const refused = await request(`/project/${project}/chat`, {
    headers: { Upgrade: "websocket", Authorization: `Bearer ${token}` },
  });
  await expect(refused.json()).resolves.toEqual({
    code: "token_expired",
    message: "Token is not valid here",
  });
});

test("[G4] the key is made once and survives eviction", async () => {
  const project = newProject();
  await TestMember.join({ project });
  const read = () =>
    inside(project, (_, { storage: { sql } }) =>
      sql.exec("SELECT value FROM meta WHERE key = 'guest_key'").toArray(),
    );
  const before = await read();
  await evict(project);
  await TestMember.join({ project });
  expect(await read()).toEqual(before);
  expect(before).toHaveLength(1);
});

test("[X6] auth takes a token of the same guest only", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  await evict(project);
  a.command({ type: "auth", token: a.token });
  expect(await a.nextOf("you")).toMatchObject({ you: { id: a.id } });
  for (const token of [b.token, "nonsense"]) {
    a.command({ type: "auth", token });
    expect(await a.nextOf("error")).toMatchObject({ code: "unauthorized" });
  }
});
