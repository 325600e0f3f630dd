/** A room with 1,000,000 messages costs the rows of one with 1,000. */
import { expect, test } from "vitest";
import type { Member } from "../../src/protocol/mod.ts";
import { append } from "../../src/server/room/append.ts";
import { Welcomer } from "../../src/server/room/welcome.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";
import { roomStoreOf } from "./support/room_store.ts";
import { type Cost, costOf, costTable, seedMessages } from "./support/seed.ts";

const SMALL = 1_000;
const LARGE = 1_000_000;
const READER: Member = {
  id: "g_reader",
  nickname: "reader",
  role: "guest",
  guest: true,
};

/** The costs of what is done in a room, on a log that was just loaded. */
function measure(
  database: Database,
  options: { room: string; count: number },
): Map<string, Cost> {
  const { room, count } = options;
  const historyLimit = count;
  const load = () => roomStoreOf(database, { room, historyLimit });
  const costs = new Map<string, Cost>();
  const store = load();
  const { log } = store;
  const join = (cursor?: { epoch: string; after: number }) => () => {
    const { entries } = new Welcomer(load().log).welcome({
      project: "p",
      room,
      epoch: "e",
      you: { ...READER, session: "s" },
      members: undefined,
      online: 1,
      historyLimit,
      rate: "off",
      settings: {},
      cursor,
    });
    const backfill = cursor ? count - cursor.after : 50;
    const events: unknown[] = JSON.parse(
      `[${Array.from(entries, ({ encoded }) => encoded).join(",")}]`,
    );
    expect(events.length).toBe(1 + backfill + 1);
  };
  const page = (before: number) => () => {
    const { messages } = log.history.page({
      before,
      limit: 50,
      reader: READER.id,
    });
    expect(messages.length).toBe(50);
  };
  let nonces = 0;
  const send = (nonce = `new${++nonces}`) => {
    const command = { type: "send", nonce, text: "a" } as const;
    const outcome = append(store, {
      by: READER,
      command,
      now: Date.now(),
      full: false,
    });
    expect(outcome.kind).not.toBe("refused");
  };
  const target = Math.floor(count / 2);
  const react = (on: boolean) => () => {
    const emoji = "👍";
    const nonce = `react${++nonces}`;
    const outcome = append(store, {
      by: READER,
      command: { type: "react", nonce, seq: target, emoji, on },
      now: Date.now(),
      full: false,
    });
    expect(outcome.kind).toBe("appended");
  };
  const acts: [string, () => void][] = [
    ["load", () => void load().log.head],
    ["join", join()],
    ["resume at the head", join({ epoch: "e", after: count })],
    ["resume 100 behind", join({ epoch: "e", after: count - 100 })],
    ["page, newest", page(count + 1)],
    ["page, middle", page(target)],
    ["page, oldest", page(51)],
    ["send, first after a wake, at the limit", () => send()],
    ["send, at the limit", () => send()],
    ["retry", () => send("new2")],
    ["react to the middle", react(true)],
    ["take it back", react(false)],
  ];
  for (const [name, act] of acts) costs.set(name, costOf(database, act));
  return costs;
}

test("[L5] [J6] [L3] joining, paging, resuming and appending cost the same with 1,000,000 messages as with 1,000", async () => {
  const project = newProject();
  const [small, large] = await inside(project, (_, { storage }) => {
    const database = new Database(storage);
    // Both rooms have a neighbour in the table, where the oldest page ends.
    seedMessages(database, { room: "neighbour", count: 1 });
    return [SMALL, LARGE].map((count) => {
      const room = `room${count}`;
      seedMessages(database, { room, count });
      return measure(database, { room, count });
    });
  });
  if (!small || !large) throw new Error("Nothing was measured");
  console.log(costTable(`room of ${SMALL} messages`, small));
  console.log(costTable(`room of ${LARGE} messages`, large));
  expect(large).toEqual(small);
  expect(large.get("join")?.read).toBeLessThanOrEqual(60);

  // The same through the front door, where everything is kept that was seeded.
  await evict(project);
  const joined = [];
  for (const count of [SMALL, LARGE]) {
    const room = `room${count}`;
    await statsOf(project);
    await evict(project);
    const member = await TestMember.join({ project, room });
    // One message fell at the limit for each that was sent.
    expect(member.welcome.oldest).toBe(3);
    expect(member.backfill.length).toBe(50);
    const { rowsRead, rowsWritten } = await statsOf(project);
    joined.push({ rowsRead, rowsWritten });
  }
  // The guests' key was made by the first of them.
  expect(joined[1]?.rowsRead).toBeLessThanOrEqual(60);
  expect(
    Math.abs((joined[1]?.rowsRead ?? 0) - (joined[0]?.rowsRead ?? 0)),
  ).toBeLessThanOrEqual(1);
}, 120_000);
