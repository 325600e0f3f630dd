/** Edits, deletions and reactions that come by HTTP. */
import { expect, test } from "vitest";
import type { LogEvent } from "../../src/protocol/mod.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";

const THUMB = encodeURIComponent("👍");

async function scene() {
  const project = newProject();
  const author = await TestMember.join({ project, nickname: "철수" });
  const reader = await TestMember.join({ project, nickname: "영희" });
  await author.send("first");
  await reader.nextOf("message");
  const ask = (
    method: string,
    path: string,
    options: { token?: string; key?: string; body?: unknown } = {},
  ) => {
    const { token = author.token, key, body } = options;
    return request(`/project/${project}/messages/${path}`, {
      method,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(key && { "Idempotency-Key": key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  };
  return { project, author, reader, ask };
}

test("[W11] a message is edited, reacted to and deleted by HTTP", async () => {
  const { project, author, reader, ask } = await scene();
  await evict(project);
  const edit = await ask("PATCH", "1", { key: "e", body: { text: "둘째" } });
  expect(edit.status).toBe(200);
  const edited = await edit.json<LogEvent>();
  expect(edited).toMatchObject({
    type: "edited",
    seq: 2,
    nonce: "e",
    by: { id: author.id, nickname: "철수" },
    target: 1,
    text: "둘째",
  });
  expect(await reader.nextOf("edited")).toEqual(edited);
  const token = reader.token;
  await ask("PUT", `1/reactions/${THUMB}`, { token });
  expect(await reader.nextOf("reacted")).toMatchObject({
    by: { id: reader.id },
    emoji: "👍",
    on: true,
  });
  const back = await ask("DELETE", `1/reactions/${THUMB}`, { token });
  await expect(back.json()).resolves.toMatchObject({ seq: 4, on: false });
  const gone = await ask("DELETE", "1");
  await expect(gone.json()).resolves.toMatchObject({ type: "deleted", seq: 5 });
  const late = await TestMember.join({ project });
  expect(late.backfill).toMatchObject([{ seq: 1, text: "", deleted: true }]);
});

test("[W11] a change comes once, however often it is asked for", async () => {
  const { project, reader, ask } = await scene();
  const again = () => ask("PATCH", "1", { key: "e", body: { text: "x" } });
  const first = await (await again()).json();
  await evict(project);
  expect(await (await again()).json()).toEqual(first);
  const other = await ask("DELETE", "1", { key: "e" });
  expect(other.status).toBe(409);
  await reader.nextOf("edited");
  expect(await reader.settled()).toEqual([]);
});

test.each([
  ["PATCH", "1", {}, 400, "bad_request"],
  ["PATCH", "1", { text: " " }, 400, "bad_request"],
  ["PATCH", "1", { text: "x".repeat(4_001) }, 413, "too_large"],
  ["PATCH", "0", { text: "x" }, 400, "bad_request"],
  ["PATCH", "1e1", { text: "x" }, 400, "bad_request"],
  ["PATCH", "2", { text: "x" }, 404, "not_found"],
  ["DELETE", "9", undefined, 404, "not_found"],
  ["PUT", "1/reactions/ab", undefined, 400, "bad_request"],
  ["PUT", `1/reactions/${THUMB}${THUMB}`, undefined, 400, "bad_request"],
  ["PUT", "1/reactions/%F0%9F", undefined, 400, "bad_request"],
  ["PUT", `9/reactions/${THUMB}`, undefined, 404, "not_found"],
  ["PUT", `1/reactions/${THUMB}?room=other`, undefined, 404, "not_found"],
  ["DELETE", "1?room=a/b", undefined, 400, "bad_request"],
] as const)("[W11] [C4] %s %s %j is refused", async (...asked) => {
  const [method, path, body, status, code] = asked;
  const { reader, ask } = await scene();
  const response = await ask(method, path, { body });
  expect(response.status).toBe(status);
  await expect(response.json()).resolves.toMatchObject({ code });
  expect(await reader.settled()).toEqual([]);
});

test("[W11] [C4] nobody else's, and nobody's", async () => {
  const { reader, ask } = await scene();
  const { token } = reader;
  const other = await ask("DELETE", "1", { token });
  expect(other.status).toBe(403);
  for (const [method, path] of [
    ["DELETE", "1"],
    ["PUT", `1/reactions/${THUMB}`],
  ] as const) {
    expect((await ask(method, path, { token: "" })).status).toBe(401);
    expect((await ask(method, path, { token: "forged" })).status).toBe(401);
  }
  expect(await reader.settled()).toEqual([]);
});
