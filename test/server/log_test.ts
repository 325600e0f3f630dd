import { expect, test } from "vitest";
import type { Member } from "../../src/protocol/mod.ts";
import { Log } from "../../src/server/log/log.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, stubOf } from "./support/project.ts";
import { sign } from "./support/tokens.ts";

const by: Member = { id: "g_1", nickname: "철수", role: "guest", guest: true };

/** Runs `look` with a log of its own over the object's real SQLite. */
async function withLog<Result>(
  options: { historyLimit: number },
  look: (log: Log, reopen: () => Log, database: Database) => Result,
) {
  const project = newProject();
  await stubOf(project).rooms({});
  return await inside(project, (_, state) => {
    const database = new Database(state.storage);
    const open = () => new Log(database, { room: "lobby", ...options });
    return look(open(), open, database);
  });
}

function say(log: Log, options: { now?: number; nonce?: string } = {}) {
  const { now = 1, nonce = crypto.randomUUID() } = options;
  log.open(by);
  const { seq = 0 } = log.appendMessage(
    { by, nonce, print: 1, now },
    { text: "hi" },
  );
  const message = log.history.message(seq);
  if (!message) throw new Error("Cannot find what was said");
  return message;
}

test("[L1] seq is dense and shared by messages and changes", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  const answers = [
    await a.send("one"),
    await a.ask({ type: "edit", nonce: "e", seq: 1, text: "uno" }),
    await a.ask({ type: "react", nonce: "r", seq: 1, emoji: "👍", on: true }),
  ];
  await evict(project);
  answers.push(await a.send("two"));
  answers.push(await a.ask({ type: "delete", nonce: "d", seq: 1 }));
  expect(answers.map((answer) => "seq" in answer && answer.seq)).toEqual([
    1, 2, 3, 4, 5,
  ]);
});

test("[L2] at never goes back, whatever the clock does", async () => {
  const ats = await withLog({ historyLimit: 100 }, (log, reopen) => {
    const before = [1000, 5000, 2000].map((now) => say(log, { now }).at);
    const after = [3000, 6000].map((now) => say(reopen(), { now }).at);
    return [...before, ...after];
  });
  expect(ats).toEqual([1000, 5000, 5000, 5000, 6000]);
});

test("[L4] the newest messages are kept, and honestly said to be", async () => {
  const kept = await withLog({ historyLimit: 10 }, (log, reopen) => {
    for (let n = 0; n < 25; n++) say(log);
    const read = (from: Log) => [
      from.head,
      from.oldest,
      [...from.history.after(0)].length,
    ];
    return [read(log), read(reopen())];
  });
  expect(kept).toEqual([
    [25, 16, 10],
    [25, 16, 10],
  ]);
});

test("[L4] changes go with the messages before them", async () => {
  const left = await withLog({ historyLimit: 3 }, (log, _, database) => {
    for (let n = 0; n < 3; n++) {
      const target = say(log);
      const origin = { by, nonce: `r${n}`, print: 2, now: 1 };
      log.changes.react(origin, { target, emoji: "👍", on: true });
    }
    say(log);
    say(log);
    return ["messages", "changes", "reactions"].map(
      (table) => database.all(`SELECT * FROM ${table}`).length,
    );
  });
  expect(left).toEqual([3, 1, 1]);
});

test("[L4] however much was changed, an append drops a bounded number of rows", async () => {
  const dropped = await withLog({ historyLimit: 2 }, (log, _, database) => {
    const target = say(log);
    say(log);
    for (let n = 0; n < 2_500; n++) {
      const origin = { by, nonce: `e${n}`, print: 2, now: 1 };
      log.changes.edit(origin, { target, text: `${n}` });
    }
    return [1, 2, 3, 4].map(() => {
      const before = database.rowsWritten;
      say(log);
      return database.rowsWritten - before;
    });
  });
  // The message that comes, the one that goes, and a thousand of what hung on it.
  expect(dropped).toEqual([2, 1_002, 1_002, 502]);
});

test("[L4] a lowered limit is reached in steps", async () => {
  const sizes = await withLog({ historyLimit: 1000 }, (log, _, database) => {
    for (let n = 0; n < 300; n++) say(log);
    const lowered = new Log(database, { room: "lobby", historyLimit: 10 });
    const kept: number[] = [];
    for (let n = 0; n < 6; n++) {
      say(lowered);
      kept.push(lowered.head - lowered.oldest + 1);
    }
    return kept;
  });
  expect(sizes.slice(0, 2)).toEqual([237, 174]);
  expect(sizes.at(-1)).toBe(10);
});

test("[L6] rooms and projects do not leak into one another", async () => {
  const project = newProject();
  const lobby = await TestMember.join({ project, nickname: "a" });
  const other = await TestMember.join({
    project,
    room: "other",
    nickname: "b",
  });
  const foreign = await TestMember.join({ project: newProject() });
  await evict(project);
  await lobby.send("for the lobby");
  for (const member of [other, foreign]) {
    expect(await member.settled()).toEqual([]);
    expect(member.welcome.members).toHaveLength(1);
  }
  expect((await other.send("first here")).seq).toBe(1);
  const list = await request(`/project/${project}/rooms`);
  await expect(list.json()).resolves.toMatchObject({
    rooms: [
      { room: "lobby", head: 1, online: 1 },
      { room: "other", head: 1, online: 1 },
    ],
  });
});

test("[L6] a room begins with its first message", async () => {
  const project = newProject();
  const member = await TestMember.join({ project, room: "quiet" });
  await expect(stubOf(project).rooms({})).resolves.toEqual({ rooms: [] });
  await member.send("hello?");
  await expect(stubOf(project).rooms({})).resolves.toMatchObject({
    rooms: [{ room: "quiet", head: 1 }],
  });
});

test("[L6] a project has at most 1,000 rooms", async () => {
  const project = newProject();
  await stubOf(project).rooms({});
  await inside(project, (_, state) => {
    state.storage.sql.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
       INSERT INTO rooms (id, name) SELECT i, 'r' || i FROM n`,
    );
  });
  const token = await sign(project);
  const last = await TestMember.join({
    ...{ project, token, room: "the-thousandth" },
  });
  expect((await last.send("made it")).seq).toBe(1);
  const late = await TestMember.join({ project, token, room: "one-more" });
  expect(await late.ask({ type: "send", nonce: "n", text: "?" })).toMatchObject(
    {
      code: "storage_full",
    },
  );
});

test("[L6] guests leave half of them to others", async () => {
  const project = newProject();
  await stubOf(project).rooms({});
  await inside(project, (_, state) => {
    state.storage.sql.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 499)
       INSERT INTO rooms (id, name) SELECT i, 'r' || i FROM n`,
    );
  });
  const ask = async (room: string, token?: string) => {
    const member = await TestMember.join({
      ...{ project, room, ...(token && { token }) },
    });
    return member.ask({ type: "send", nonce: crypto.randomUUID(), text: "?" });
  };
  expect(await ask("the-500th")).toMatchObject({ seq: 1 });
  expect(await ask("one-more")).toMatchObject({ code: "storage_full" });
  expect(await ask("the-500th")).toMatchObject({ seq: 2 });
  expect(await ask("one-more", await sign(project))).toMatchObject({ seq: 1 });
});
