/** Finding what was said, in a room and in the project. */
import { afterEach, expect, test, vi } from "vitest";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";
import { search, searchAll } from "./support/search.ts";
import { sign } from "./support/tokens.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A room in which each text was said by somebody. */
async function scene(texts: readonly string[], room = "lobby") {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
  const project = newProject();
  const member = await TestMember.join({ project, room, nickname: "철수" });
  for (const text of texts) {
    vi.setSystemTime(Date.now() + 1_000);
    await member.send(text);
  }
  const seqs = async (more: Record<string, string>) =>
    (await searchAll(project, { more })).map(({ seq }) => seq);
  return { project, member, seqs };
}

test("[Q1] [W6] parts of words are found, newest first", async () => {
  const { project, seqs } = await scene([
    "배포했습니다",
    "ＤＥＰＬＯＹ done",
    "다시 배포",
  ]);
  await evict(project);
  expect(await seqs({ q: "배포" })).toEqual([3, 1]);
  expect(await seqs({ q: "배포를" })).toEqual([3, 1]);
  expect(await seqs({ q: "deploy" })).toEqual([2]);
  expect(await seqs({ q: ".*" })).toEqual([]);
  expect(await seqs({ q: "%%" })).toEqual([]);
});

test("[Q3] what was edited is found by what it says now, what was deleted never", async () => {
  const { project, member, seqs } = await scene([
    "사과나무",
    "사과나무",
    "감나무",
  ]);
  await member.ask({ type: "edit", nonce: "e", seq: 3, text: "사과나무 셋" });
  await member.ask({ type: "delete", nonce: "d", seq: 1 });
  await member.ask({
    type: "react",
    nonce: "r",
    seq: 2,
    emoji: "👍",
    on: true,
  });
  await evict(project);
  expect(await seqs({ q: "사과나무" })).toEqual([3, 2]);
  expect(await seqs({ q: "감나무" })).toEqual([]);
  expect(await seqs({ author: member.id })).toEqual([3, 2]);
  const { token } = member;
  const { messages } = await search(project, { more: { q: "사과" }, token });
  expect(messages[1]).toMatchObject({
    seq: 2,
    reactions: { "👍": { count: 1, mine: true } },
  });
  expect(messages[0]).toMatchObject({ text: "사과나무 셋" });
});

test("[Q4] author and time narrow it down", async () => {
  const { project, member, seqs } = await scene(["a1", "a2", "a3", "a4"]);
  const other = await TestMember.join({ project, nickname: "영희" });
  vi.setSystemTime(Date.now() + 1_000);
  await other.send("a5");
  await evict(project);
  const { backfill } = await TestMember.join({ project });
  const at = (seq: number) => String(backfill[seq - 1]?.at);
  expect(await seqs({ q: "a4", author: other.id })).toEqual([]);
  expect(await seqs({ author: other.id })).toEqual([5]);
  expect(await seqs({ author: member.id, from: at(2) })).toEqual([4, 3, 2]);
  expect(await seqs({ author: member.id, to: at(3) })).toEqual([2, 1]);
  const between = { from: at(2), to: at(5) };
  expect(await seqs({ author: member.id, ...between })).toEqual([4, 3, 2]);
  expect(await seqs({ author: "nobody" })).toEqual([]);
});

test("[Q5] pages lead through all of it, each message once", async () => {
  const texts = Array.from({ length: 150 }, (_, n) => `hit ${n}`);
  const { project } = await scene(texts);
  const first = await search(project, { more: { q: "hit", limit: "100" } });
  expect(first.messages).toHaveLength(100);
  expect(first.more).toBe(true);
  await evict(project);
  const hits = await searchAll(project, { more: { q: "hit", limit: "7" } });
  expect(hits.map(({ seq }) => seq)).toEqual(texts.map((_, n) => 150 - n));
  // A page that ends with the last message is the last one.
  const oldest = hits.at(-1)?.at ?? 0;
  const end = (n: number) => ({ q: "hit", limit: "1", to: String(oldest + n) });
  const last = await search(project, { more: end(1) });
  expect(last).toMatchObject({ messages: [{ seq: 1 }], more: false });
  const lastButOne = await search(project, { more: end(1_001) });
  expect(lastButOne).toMatchObject({ messages: [{ seq: 2 }], more: true });
});

test("[Q2] [W6] in a room a search goes on before a seq, too", async () => {
  const { project, seqs } = await scene(["hit", "hit", "miss", "hit"]);
  await evict(project);
  const room = "lobby";
  expect(await seqs({ q: "hit", room, before: "4" })).toEqual([2, 1]);
  expect(await seqs({ q: "hit", room, before: "1" })).toEqual([]);
  const top = String(Number.MAX_SAFE_INTEGER);
  const more = { q: "hit", room, before: top, limit: "2" };
  const found = await search(project, { more });
  expect(found.messages.map(({ seq }) => seq)).toEqual([4, 2]);
  // Where it goes on is said as ever.
  expect(found.before).toMatch(/^\w+-\w+-\w+$/);
  expect(await seqs({ ...more, before: found.before ?? "" })).toEqual([1]);
});

test("[Q6] without a room the whole project is searched, in one order", async () => {
  const { project, member } = await scene([]);
  const rooms = ["lobby", "dev", "잡담"];
  const members = [];
  for (const room of rooms) {
    members.push(await TestMember.join({ project, room, token: member.token }));
  }
  const said: string[] = [];
  for (let n = 0; n < 60; n++) {
    // Several in the same moment.
    if (n % 4 === 0) vi.setSystemTime(Date.now() + 1_000);
    const speaker = members[(n * 7) % 3];
    const { seq } = (await speaker?.send(`hit ${n}`)) ?? { seq: 0 };
    said.unshift(`${rooms[(n * 7) % 3]} ${seq}`);
  }
  await evict(project);
  for (const limit of ["1", "7", "100"]) {
    const hits = await searchAll(project, { more: { q: "hit", limit } });
    expect(hits.map(({ room, seq }) => `${room} ${seq}`).sort()).toEqual(
      [...said].sort(),
    );
    const times = hits.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, other) => other - one));
  }
  const dev = await searchAll(project, { more: { q: "hit", room: "dev" } });
  expect(dev).toHaveLength(20);
  expect(dev[0]).not.toHaveProperty("room");
});

test("[Q6] a token for some rooms finds nothing in the others", async () => {
  const { project } = await scene(["hit"], "secret");
  await (await TestMember.join({ project, room: "open" })).send("hit");
  const token = await sign(
    project,
    { rooms: ["open"], name: "n" },
    { now: Date.now() },
  );
  const hits = await searchAll(project, { more: { q: "hit" }, token });
  expect(hits.map(({ room }) => room)).toEqual(["open"]);
  const query = new URLSearchParams({ q: "hit", room: "secret" });
  const refused = await request(`/project/${project}/search?${query}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(refused.status).toBe(403);
});

test.each([
  "",
  "q=",
  "q=%20",
  "q=a",
  `q=${"x".repeat(101)}`,
  `q=${"가".repeat(10_000)}`,
  "q=ab&before=x",
  "q=ab&before=1-2",
  "q=ab&before=3",
  "q=ab&room=lobby&before=0",
  "q=ab&room=lobby&before=9007199254740992",
  "q=ab&before=%00",
  "q=ab&limit=0",
  "q=ab&limit=101",
  "q=ab&from=-1",
  "q=ab&to=x",
  "q=ab&room=a/b",
])("[Q2] [W6] search?%s is refused", async (query) => {
  const response = await request(`/project/42/search?${query}`);
  expect(response.status).toBe(400);
  await expect(response.json()).resolves.toMatchObject({ code: "bad_request" });
});

test("[Q2] an unknown room and an unknown place are merely empty", async () => {
  const { project, seqs } = await scene(["hit"]);
  expect(await seqs({ q: "hit", room: "nowhere" })).toEqual([]);
  expect(await seqs({ q: "hit", before: "0-0-0" })).toEqual([]);
  expect(await seqs({ q: "hit", before: "zzzzzzzzzz-zz-zz" })).toEqual([1]);
  expect(await searchAll(newProject(), { more: { q: "hit" } })).toEqual([]);
  await evict(project);
});
