/** Messages that are reported: to moderators, and to nobody else. */
import { expect, test } from "vitest";
import { request, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";
import { enforce, http, join, lobby } from "./support/staff.ts";
import { bearer, sign } from "./support/tokens.ts";

const REPORT = { type: "report", seq: 1, reason: "욕설" };

test("[M15] a report reaches the moderators in every room, and nobody else", async () => {
  const { project, moderator, guest } = await lobby();
  const owner = await join(project, "owner", { room: "other" });
  const member = await join(project, "member");
  const reader = await join(project, "reader");
  await guest.send("나쁜 말");
  await reader.settled();
  await evict(project);
  const answer = await reader.ask({ ...REPORT, nonce: "r" });
  const by = { id: "reader", nickname: "reader", role: "reader", guest: false };
  expect(answer).toEqual({ type: "reported", nonce: "r", by, target: 1 });
  const told = {
    type: "reported",
    id: 1,
    room: "lobby",
    target: 1,
    by,
    reason: "욕설",
  };
  expect(await moderator.nextOf("reported")).toEqual(told);
  expect(await owner.nextOf("reported")).toEqual(told);
  for (const other of [guest, member]) {
    const seen = (await other.settled()).map(({ type }) => type);
    expect(seen).not.toContain("reported");
  }
  const { body } = await http(project, "reports", { role: "moderator" });
  expect(body).toEqual({
    reports: [
      {
        ...{ id: 1, at: expect.any(Number), room: "lobby", target: 1, by },
        reason: "욕설",
        message: expect.objectContaining({ seq: 1, text: "나쁜 말" }),
      },
    ],
  });
});

test("[M15] the same member reports the same message once", async () => {
  const { project, moderator, guest } = await lobby();
  await guest.send("나쁜 말");
  for (const nonce of ["a", "a", "b"]) {
    const answer = await guest.ask({ ...REPORT, nonce });
    expect(answer).toMatchObject({ type: "reported", nonce });
  }
  const seen = (await moderator.settled()).map(({ type }) => type);
  expect(seen.filter((type) => type === "reported")).toHaveLength(1);
  const { body } = await http(project, "reports", { role: "owner" });
  expect(body["reports"]).toHaveLength(1);
});

test("[M15] nothing is reported that is not there", async () => {
  const { guest, moderator } = await lobby();
  await guest.send("bye");
  await guest.ask({ type: "delete", nonce: "d", seq: 1 });
  await moderator.settled();
  for (const seq of [1, 2, 99]) {
    const asked = { ...REPORT, nonce: `n${seq}`, seq };
    expect(await guest.ask(asked)).toMatchObject({ code: "not_found" });
  }
  for (const reason of [undefined, 1, "x".repeat(201)]) {
    const answer = await guest.ask({ ...REPORT, nonce: "n", reason });
    expect(answer).toMatchObject({ type: "error", nonce: "n" });
  }
  expect(await moderator.settled()).toEqual([]);
});

test("[M15] a report has no copy of the text, so a deletion leaves nothing", async () => {
  const { project, guest } = await lobby();
  await guest.send("geheim");
  await guest.ask({ ...REPORT, nonce: "r" });
  await guest.ask({ type: "delete", nonce: "d", seq: 1 });
  const rows = await inside(project, (_, { storage: { sql } }) =>
    JSON.stringify(sql.exec("SELECT * FROM reports").toArray()),
  );
  expect(rows).not.toContain("geheim");
  const { body } = await http(project, "reports", { role: "owner" });
  expect(body["reports"]).toMatchObject([{ message: { deleted: true } }]);
});

test("[M15] the newest 500 are kept", async () => {
  const { project, guest } = await lobby();
  await guest.send("a");
  await inside(project, (_, { storage: { sql } }) => {
    for (let id = 1; id <= 500; id++) {
      sql.exec(
        "INSERT INTO reports (id, room, target, author, at, body) VALUES (?, 1, 1, ?, 0, '{}')",
        id,
        `u${id}`,
      );
    }
  });
  await guest.ask({ ...REPORT, nonce: "r" });
  const ids = await inside(project, (_, { storage: { sql } }) =>
    sql.exec("SELECT min(id) AS first, max(id) AS last FROM reports").one(),
  );
  expect(ids).toEqual({ first: 2, last: 501 });
  expect(await TestMember.join({ project })).toBeDefined();
});

test("[M15] of one member 20 are kept, so that nobody's pushes the others' out", async () => {
  const { project, guest, moderator } = await lobby();
  for (let count = 0; count < 22; count++) await guest.send("a");
  const ask = (seq: number) =>
    guest.ask({ ...REPORT, nonce: `n${crypto.randomUUID()}`, seq });
  for (let seq = 1; seq <= 20; seq++) {
    expect(await ask(seq)).toMatchObject({ type: "reported" });
  }
  await evict(project);
  expect(await ask(21)).toMatchObject({ type: "error", code: "rejected" });
  // A repetition is answered all the same.
  expect(await ask(20)).toMatchObject({ type: "reported" });
  const seen = (await moderator.settled()).map(({ type }) => type);
  expect(seen.filter((type) => type === "reported")).toHaveLength(20);
  const gone = { role: "moderator", method: "DELETE" };
  expect((await http(project, "reports/1", gone)).status).toBe(200);
  expect(await ask(21)).toMatchObject({ type: "reported" });
});

test("[M15] a report that is dealt with is gone, and the audit says by whom", async () => {
  const { project, guest } = await lobby();
  await guest.send("나쁜 말");
  await guest.ask({ ...REPORT, nonce: "r" });
  const role = "moderator";
  const gone = { role, method: "DELETE" };
  expect(await http(project, "reports/1", gone)).toEqual({
    status: 200,
    body: {},
  });
  await evict(project);
  const { body } = await http(project, "reports", { role });
  expect(body).toEqual({ reports: [] });
  expect((await http(project, "reports/1", gone)).status).toBe(404);
  expect((await http(project, "reports/x", gone)).status).toBe(400);
  const { body: audit } = await http(project, "audit", { role: "owner" });
  expect(audit["acts"]).toMatchObject([
    { action: "dismiss", room: "lobby", by: { id: role } },
  ]);
});

test("[M15] [I4] a moderator of some rooms hears nothing of the others", async () => {
  const { project, guest, moderator } = await lobby();
  const token = await sign(project, {
    ...{ sub: "elsewhere", role: "owner", rooms: ["other"] },
  });
  const elsewhere = await TestMember.join({ project, room: "other", token });
  await guest.send("geheim");
  await evict(project);
  await guest.ask({ ...REPORT, nonce: "r" });
  await enforce(moderator, "topic", { text: "geheim" });
  const seen = (await elsewhere.settled()).map(({ type }) => type);
  expect(seen).not.toContain("reported");
  const read = async (path: string, method = "GET") => {
    const init = { method, headers: bearer(token) };
    const response = await request(`/project/${project}/${path}`, init);
    return response.json();
  };
  expect(await read("reports")).toEqual({ reports: [] });
  expect(await read("audit")).toEqual({ acts: [], more: false });
  expect(await read("reports/1", "DELETE")).toMatchObject({
    code: "not_found",
  });
});
