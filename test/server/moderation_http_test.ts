/** Keeping order by HTTP: the same rules, and what may be looked up. */
import { describe, expect, test } from "vitest";
import { may, ROLES } from "../../src/protocol/mod.ts";
import { newProject, TestMember } from "./support/member.ts";
import { enforce, http, join, lobby } from "./support/staff.ts";

const POST = { method: "POST" };

describe("[M16] who may ask", () => {
  for (const role of [...ROLES.filter((role) => role !== "guest"), undefined]) {
    test(role ?? "guest, without a token", async () => {
      const project = newProject();
      const as = { ...(role && { role }) };
      const acted = await http(project, "moderation", {
        ...as,
        ...POST,
        body: { action: "lock" },
      });
      const statuses = [acted.status];
      for (const path of ["sanctions", "reports", "audit"]) {
        statuses.push((await http(project, path, as)).status);
      }
      const of = (action: "steer" | "oversee" | "audit", status = 200) =>
        may(role ?? "guest", action) ? status : 403;
      const oversee = of("oversee");
      expect(statuses).toEqual([
        of("steer", 201),
        oversee,
        oversee,
        of("audit"),
      ]);
    });
  }
});

test("[M16] an act by HTTP is the same act, once", async () => {
  const { project, guest } = await lobby();
  const body = { action: "mute", member: guest.id, reason: "spam" };
  const headers = { "Idempotency-Key": "key-1" };
  const options = { role: "owner", ...POST, body, headers };
  const first = await http(project, "moderation", options);
  expect(first).toMatchObject({
    status: 201,
    body: { type: "moderated", nonce: "key-1", member: { id: guest.id } },
  });
  expect(await guest.nextOf("moderated")).toEqual(first.body);
  expect(await http(project, "moderation", options)).toEqual(first);
  const other = { ...options, body: { ...body, action: "unmute" } };
  expect((await http(project, "moderation", other)).status).toBe(409);
});

test.each([
  [{ action: "explode" }, 400],
  [{}, 400],
  [[], 400],
  [{ action: "slow", seconds: 1e300 }, 400],
  [{ action: "kick", member: "nobody" }, 404],
  [{ action: "pin", target: 1 }, 404],
  [{ action: "mute", member: "moderator" }, 403],
  [{ action: "topic", text: "x".repeat(201) }, 413],
])("[M16] %j is refused with %i", async (body, status) => {
  const options = { role: "moderator", ...POST, body };
  const answer = await http(newProject(), "moderation", options);
  expect(answer.status).toBe(status);
});

test("[M16] sanctions in force are listed, without an address", async () => {
  const project = newProject();
  const moderator = await join(project, "moderator");
  const headers = { "CF-Connecting-IP": "203.0.113.7" };
  const guest = await TestMember.join({ project, headers });
  const until = Date.now() + 60_000;
  const member = guest.id;
  await enforce(moderator, "mute", { member, until, address: true });
  await enforce(moderator, "ban", { member: "u9", reason: "spam" });
  await enforce(moderator, "mute", { member: "u8" });
  await enforce(moderator, "unmute", { member: "u8" });
  const { body } = await http(project, "sanctions", { role: "moderator" });
  const at = expect.any(Number);
  const by = "moderator";
  expect(body["sanctions"]).toHaveLength(2);
  expect(body["sanctions"]).toEqual(
    expect.arrayContaining([
      {
        ...{ kind: "ban", member: { id: "u9", nickname: "u9" } },
        ...{ address: false, at, by, reason: "spam" },
      },
      {
        ...{ kind: "mute", address: true, until, at, by },
        member: { id: member, nickname: guest.welcome.you.nickname },
      },
    ]),
  );
});

test("[M14] [M16] an owner reads who did what, settings and revocations included", async () => {
  const { project, moderator, guest } = await lobby();
  await guest.send("geheim");
  await moderator.ask({ type: "delete", nonce: "d", seq: 1 });
  const role = "owner";
  const change = { links: "nobody" };
  await http(project, "settings", { role, method: "PATCH", body: change });
  await http(project, "revoke", { role, ...POST, body: { sub: "u7" } });
  const first = await http(project, "audit?limit=2", { role });
  expect(first.body).toEqual({
    acts: [
      expect.objectContaining({ action: "revoke", details: { sub: "u7" } }),
      expect.objectContaining({
        ...{ id: 2, action: "settings", details: change },
        by: { id: "owner", nickname: "owner", role, guest: false },
      }),
    ],
    more: true,
  });
  const rest = await http(project, "audit?before=2", { role });
  expect(rest.body).toMatchObject({
    acts: [{ id: 1, action: "delete", room: "lobby", details: { target: 1 } }],
    more: false,
  });
  for (const range of ["limit=0", "limit=101", "before=x", "before=-1"]) {
    const { status } = await http(project, `audit?${range}`, { role });
    expect(status).toBe(400);
  }
});

test("[M13] [M16] what an owner filters is filtered at once, everywhere", async () => {
  const { project, moderator, guest } = await lobby();
  const change = { blockedWords: ["바보"], links: "members" };
  const role = "owner";
  await http(project, "settings", { role, method: "PATCH", body: change });
  for (const text of ["너 바 보", "spam.com"]) {
    const said = { type: "send", nonce: crypto.randomUUID(), text };
    expect(await guest.ask(said)).toMatchObject({ code: "rejected" });
    const post = { ...POST, body: { text } };
    expect((await http(project, "messages", post)).status).toBe(403);
    expect(await moderator.send(text)).toMatchObject({ text });
  }
  expect((await guest.send("안녕")).seq).toBe(3);
});
