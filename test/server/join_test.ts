import { expect, test } from "vitest";
import { Welcomer } from "../../src/server/room/welcome.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";
import { roomStoreOf } from "./support/room_store.ts";

test("[J1] welcome says where one is", async () => {
  const project = newProject();
  const { welcome } = await TestMember.join({ project, nickname: "철수" });
  expect(welcome).toMatchObject({
    type: "welcome",
    protocol: 1,
    project,
    room: "lobby",
    head: 0,
    oldest: 1,
    resumed: false,
    you: { nickname: "철수", role: "guest", guest: true },
    online: 1,
    limits: { text: 4000, frame: 32768, nickname: 32, page: 100 },
  });
  expect(welcome).not.toHaveProperty("reason");
  expect(welcome.epoch).toMatch(/^.{1,64}$/);
  const { session: _, token: __, ...you } = welcome.you;
  expect(welcome.members).toEqual([you]);
});

test("[J2] [J3] a fresh join is given the newest 50, ascending", async () => {
  const project = newProject();
  const writer = await TestMember.join({ project });
  for (let n = 1; n <= 53; n++) await writer.send(`${n}`);
  await evict(project);
  const reader = await TestMember.join({ project });
  expect(reader.backfill.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 50 }, (_, index) => index + 4),
  );
  expect(reader.welcome.head).toBe(53);
  expect(reader.frames.at(-1)).toContain('{"type":"live","head":53}');
});

test("[J2] messages are given in their current state", async () => {
  const project = newProject();
  const writer = await TestMember.join({ project });
  const { seq } = await writer.send("teh");
  await writer.send("gone");
  await writer.ask({ type: "edit", nonce: "e", seq, text: "the" });
  await writer.ask({ type: "delete", nonce: "d", seq: 2 });
  await evict(project);
  const reader = await TestMember.join({ project });
  expect(reader.backfill).toMatchObject([
    { type: "message", seq: 1, text: "the", editedAt: expect.any(Number) },
    { type: "message", seq: 2, text: "", deleted: true },
  ]);
  expect(reader.welcome.head).toBe(4);
});

test("[J2] [F3] a backfill that would not fit a frame is shorter", async () => {
  const project = newProject();
  const writer = await TestMember.join({ project });
  for (let n = 0; n < 10; n++) await writer.send("가".repeat(4000));
  const reader = await TestMember.join({ project });
  expect(reader.backfill.at(-1)).toMatchObject({ seq: 10 });
  for (const frame of reader.frames) {
    expect(new TextEncoder().encode(frame).length).toBeLessThanOrEqual(65_536);
  }
});

test("[J5] nothing is missing and nothing comes twice around live", async () => {
  const project = newProject();
  const writer = await TestMember.join({ project });
  for (let n = 0; n < 20; n++) await writer.send(`before ${n}`);
  const sending = Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      writer.command({ type: "send", nonce: `m${n}`, text: `${n}` }),
    ),
  );
  const readers = await Promise.all(
    Array.from({ length: 20 }, () => TestMember.join({ project })),
  );
  await sending;
  for (const reader of readers) {
    const last = reader.backfill.at(-1);
    const seqs = reader.backfill.map(({ seq }) => seq);
    let cursor = reader.welcome.head;
    expect(last?.seq).toBe(cursor);
    while (cursor < 220) {
      const { seq } = await reader.nextOf("message");
      seqs.push(seq);
      cursor = seq;
    }
    const first = seqs[0] ?? 0;
    expect(seqs).toEqual(seqs.map((_, index) => first + index));
  }
});

test("[O8] the larger the room, the longer its members spread their return", async () => {
  const project = newProject();
  await TestMember.join({ project });
  const spreads = await inside(project, (_, { storage }) => {
    const store = roomStoreOf(new Database(storage), { room: "lobby" });
    return [1, 500, 2000].map((online) => {
      const { entries } = new Welcomer(store.log).welcome({
        project,
        room: "lobby",
        epoch: "e",
        you: {
          id: "g_1",
          nickname: "a",
          role: "guest",
          guest: true,
          session: "s",
        },
        members: undefined,
        online,
        historyLimit: 10,
        rate: "off",
        settings: {},
        cursor: undefined,
      });
      const [welcome] = entries;
      return JSON.parse(welcome?.encoded ?? "{}").limits.spread;
    });
  });
  expect(spreads).toEqual([1_000, 1_000, 4_000]);
});

test("[J6] until a room goes on its newest messages are read once for all who join, also where people react", async () => {
  const project = newProject();
  const join = (token = "") => TestMember.join({ project, token });
  const reading = async (act: () => Promise<unknown>) => {
    const before = await statsOf(project);
    await act();
    return (await statsOf(project)).rowsRead - before.rowsRead;
  };
  const joining = (token?: string) => reading(() => join(token));
  const writer = await join();
  // An empty room is known to be empty.
  await join();
  expect(await joining()).toBe(0);
  const react = async (member: TestMember, seq: number) => {
    const nonce = crypto.randomUUID();
    await member.ask({ type: "react", nonce, seq, emoji: "👍", on: true });
  };
  for (let n = 0; n < 60; n++) await writer.send(`${n}`);
  const [one, ...crowd] = await Promise.all(
    Array.from({ length: 25 }, () => join()),
  );
  if (!one) throw new Error("Nobody reacts");
  for (const seq of [20, 30, 40]) await react(one, seq);
  // More than a summary knows.
  for (const member of [...crowd, writer]) await react(member, 60);
  await evict(project);
  await join();
  let reads = 0;
  for (let n = 0; n < 30; n++) reads += await joining();
  expect(reads).toBe(0);
  const mine = async (token: string) => {
    const seen = (await join(token)).backfill.filter(
      (event) => event.type === "message" && event.reactions?.["👍"]?.mine,
    );
    return seen.map(({ seq }) => seq);
  };
  expect(await mine(one.token)).toEqual([20, 30, 40]);
  expect(await mine(writer.token)).toEqual([60]);
  expect(await mine("")).toEqual([]);
  expect(await joining(one.token)).toBe(0);
  // The last who came is not among those whom the summary knows.
  expect(await joining(writer.token)).toBeLessThanOrEqual(2);
  const nonce = "back";
  await one.ask({ type: "react", nonce, seq: 30, emoji: "👍", on: false });
  expect(await mine(one.token)).toEqual([20, 40]);
});
