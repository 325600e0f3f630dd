/** Thousands of reactions on one message: counted right, and for a handful of rows each. */
import { expect, test } from "vitest";
import type { Member, Reaction } from "../../src/protocol/mod.ts";
import { append } from "../../src/server/room/append.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, TestMember } from "./support/member.ts";
import type { Wish } from "./support/model.ts";
import { evict, inside } from "./support/project.ts";
import { roomStoreOf } from "./support/room_store.ts";
import { costOf, costTable } from "./support/seed.ts";

const CROWD = 10_000;
const EMOJI = "👍";

const somebody = (n: number): Member => ({
  id: `g_${n}`,
  nickname: `n${n}`,
  role: "guest",
  guest: true,
});

/** One room's log, and reactions to its only message. */
function storm(database: Database) {
  const store = roomStoreOf(database, { room: "lobby", historyLimit: 100 });
  let nonces = 0;
  const ask = (by: Member, wish: Wish) => {
    const command = { ...wish, nonce: `n${++nonces}` };
    const outcome = append(store, { by, command, now: 1_000, full: false });
    if (outcome.kind !== "appended") throw new Error("Cannot append it");
    return JSON.parse(outcome.event.encoded);
  };
  ask(somebody(0), { type: "send", text: "hi" });
  /** What somebody makes of the events who was there all the time. */
  const heard: { count: number; by: string[] } = { count: 0, by: [] };
  const react = (n: number, on: boolean) => {
    const wish = { type: "react", seq: 1, emoji: EMOJI, on } as const;
    const { by, names = [] } = ask(somebody(n), wish);
    heard.count += on ? 1 : -1;
    heard.by = on ? [...heard.by, by.nickname].slice(0, 3) : names;
  };
  const seen = (n: number): Reaction | undefined => {
    const { messages } = store.log.history.page({
      limit: 1,
      reader: `g_${n}`,
    });
    return JSON.parse(messages[0] ?? "{}").reactions?.[EMOJI];
  };
  return { react, seen, heard };
}

test("[C3] 10,000 reactions on one message are counted, named and taken back", async () => {
  const project = newProject();
  const costs = await inside(project, (_, { storage }) => {
    const database = new Database(storage);
    const { react, seen } = storm(database);
    const each = (name: string, on: boolean) => {
      const cost = costOf(database, () => {
        for (let n = 0; n < CROWD; n++) react(n, on);
      });
      const { read, written } = cost;
      return [name, { read: read / CROWD, written: written / CROWD }] as const;
    };
    const adding = each("react", true);
    expect(seen(CROWD - 1)).toEqual({
      count: CROWD,
      mine: true,
      by: ["n0", "n1", "n2"],
    });
    expect(seen(CROWD)).toMatchObject({ mine: false });
    // From the first: those whom the summary names go away all the time.
    const taking = each("take back", false);
    expect(seen(0)).toBeUndefined();
    return [adding, taking];
  });
  console.log(costTable(`${CROWD} reactions on one message, each`, costs));
  for (const [, { written }] of costs) {
    expect(written).toBeLessThanOrEqual(3.01);
  }
  const [adding, taking] = costs;
  expect(adding?.[1].read).toBeLessThanOrEqual(10);
  // All of them are read once in many, so that the first three can be named.
  expect(taking?.[1].read).toBeLessThanOrEqual(CROWD / 10);
  await evict(project);
  const { backfill } = await TestMember.join({ project });
  expect(backfill).toMatchObject([{ seq: 1 }]);
});

test("[C3] the first three are named whoever of a crowd goes and comes back", async () => {
  await inside(newProject(), (_, { storage }) => {
    const { react, seen, heard } = storm(new Database(storage));
    const order: number[] = [];
    const step = (n: number) => {
      const index = order.indexOf(n);
      if (index >= 0) order.splice(index, 1);
      else order.push(n);
      react(n, index < 0);
      const by = order.slice(0, 3).map((member) => `n${member}`);
      const shown = seen(n);
      // Who was there has been told the same.
      expect(heard).toMatchObject({ count: order.length, by });
      if (order.length === 0) expect(shown).toBeUndefined();
      else expect(shown).toEqual({ count: order.length, mine: index < 0, by });
    };
    for (let n = 0; n < 40; n++) step(n);
    // A walk that is the same every time, through more people than a summary knows.
    for (let n = 1; n < 1_500; n++) step((n * n * 7 + (n >> 3)) % 41);
    for (let n = 0; n < 41; n++) if (order.includes(n)) step(n);
    expect(order).toEqual([]);
  });
});
