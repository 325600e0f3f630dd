/** What a million of something costs, by the meter's counts and the prices. Prints a table. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PING } from "../../src/protocol/mod.ts";
import { Database } from "../../src/server/storage/database.ts";
import type { Account } from "../../src/server/storage/meter.ts";
import { png } from "./support/images.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, totalsOf } from "./support/project.ts";
import { seedMessages } from "./support/seed.ts";
import { sign } from "./support/tokens.ts";

/** US dollars per million, Workers paid plan of November 2026, beyond what it includes. */
const PRICE = {
  rowsWritten: 1,
  rowsRead: 0.001,
  requests: 0.15,
  workerRequests: 0.3,
  gigabyteSeconds: 12.5,
};
/** Frames that are billed as one request to the object. */
const FRAMES_PER_REQUEST = 20;
/** What an object is billed for, in GB. */
const MEMORY = 0.128;
const READERS = 10;
const TIMES = 50;
const GRACE = 5_000;

// The clock stands still, as the platform's does while code runs: each turn counts 1 ms.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** What `act` has used of `project`, without the question for it. */
async function used(
  project: string,
  act: () => Promise<unknown>,
): Promise<Account> {
  const before = await totalsOf(project);
  await act();
  const after = await totalsOf(project);
  const names = Object.keys(after) as (keyof Account)[];
  const counts = Object.fromEntries(
    names.map((name) => [name, after[name] - before[name]]),
    // Every count of an Account is a number, and all of them are there.
  ) as unknown as Account;
  const { requests, activeMs } = counts;
  return { ...counts, requests: requests - 1, activeMs: activeMs - 1 };
}

/** Dollars for a million of what was done `TIMES` times, `http` of them by the Worker. */
function bill(counts: Account, { http = 0 } = {}): number {
  const requests = counts.framesReceived / FRAMES_PER_REQUEST + counts.requests;
  const sum =
    counts.rowsWritten * PRICE.rowsWritten +
    counts.rowsRead * PRICE.rowsRead +
    requests * PRICE.requests +
    http * PRICE.workerRequests +
    (counts.activeMs / 1_000) * MEMORY * PRICE.gigabyteSeconds;
  return sum / TIMES;
}

/** Lets time pass inside the object, where its timers belong. */
async function later(project: string, time: number): Promise<void> {
  await inside(project, () => vi.advanceTimersByTimeAsync(time));
}

async function leave(member: TestMember): Promise<void> {
  member.close(1000);
  await member.closed;
}

/** Does something `TIMES` times, and slowly: under load messages wait for one another. */
async function repeat(act: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; n < TIMES; n++) {
    await act(n);
    vi.setSystemTime(Date.now() + 1_000);
  }
}

/** A project in which `count` members are and 1,000 messages were sent. */
async function talking(
  count: number,
): Promise<{ project: string; members: TestMember[]; writer: TestMember }> {
  const project = newProject();
  await inside(project, (_, { storage }) => {
    const messages = { room: "lobby", count: 1_000 };
    seedMessages(new Database(storage), messages);
  });
  await evict(project);
  const writer = await TestMember.join({ project });
  const members = [writer];
  while (members.length < count)
    members.push(await TestMember.join({ project }));
  // The first message reads the nonces.
  await writer.send("first");
  return { project, members, writer };
}

/** Prints what a million cost, and expects them to cost about that. */
function expectBill(title: string, costs: number, about: number): void {
  console.log(`${title.padEnd(56)}$${costs.toFixed(4)}`);
  expect(costs).toBeGreaterThan(about * 0.97 - 0.002);
  expect(costs).toBeLessThan(about * 1.03 + 0.002);
}

test("[W10] a million messages cost about a dollar, and little more to be read", async () => {
  const { project, members, writer } = await talking(READERS);
  const sending = await used(project, () =>
    repeat((n) => writer.send(`message ${n}`)),
  );
  expect(sending).toMatchObject({
    messages: TIMES,
    framesReceived: TIMES,
    framesSent: TIMES * READERS,
    alarmsSet: 0,
    requests: 0,
  });
  // One row in 64 has the totals.
  expect(sending.rowsWritten).toBeLessThanOrEqual(TIMES + 1);
  expectBill(`1 M messages to ${READERS}`, bill(sending), 1.02);

  const reading = await used(project, () =>
    repeat(async (n) => {
      for (const member of members) member.command({ type: "read", seq: n });
      await Promise.all(members.slice(1).map((member) => member.settled()));
    }),
  );
  // The questions whether it was handled are frames as well.
  expect(reading.framesReceived).toBe(TIMES * (2 * READERS - 1));
  expect(reading.rowsWritten).toBeLessThanOrEqual(1);
});

test("[W10] a frame that stores nothing costs a twentieth of a request and its time", async () => {
  const { project, writer } = await talking(1);
  const acks = await used(project, async () => {
    for (let n = 0; n < TIMES - 1; n++)
      writer.command({ type: "read", seq: 1 });
    await writer.ask({ type: "delete", nonce: "none", seq: 1e9 });
  });
  expect(acks).toMatchObject({ framesReceived: TIMES, rowsWritten: 0 });
  expectBill("1 M reads, acks or typings", bill(acks), 0.009);
});

test("[W10] a million messages, each of which wakes the object, cost half as much again", async () => {
  const { project, writer } = await talking(2);
  const waking = await used(project, () =>
    repeat(async (n) => {
      await evict(project);
      await writer.send(`message ${n}`);
    }),
  );
  expect(waking.rowsWritten).toBeLessThanOrEqual(TIMES + 1);
  expectBill("1 M messages more than 10 s apart", bill(waking), 1.53);
});

test("[W10] a million joins cost half a dollar, and departures that others see much more", async () => {
  const { project } = await talking(1);
  const joined: TestMember[] = [];
  const joining = await used(project, () =>
    repeat(async () => joined.push(await TestMember.join({ project }))),
  );
  expect(joining).toMatchObject({ joins: TIMES, rowsWritten: 0 });
  expectBill("1 M joins", bill(joining, { http: TIMES }), 0.453);

  const leaving = await used(project, async () => {
    for (const member of joined) {
      await leave(member);
      await later(project, 2 * GRACE);
    }
  });
  expectBill("1 M departures, each 5 s from any other", bill(leaving), 8.1);

  const together = await used(project, async () => {
    const crowd: TestMember[] = [];
    await repeat(async () => crowd.push(await TestMember.join({ project })));
    for (const member of crowd) await leave(member);
    await later(project, 2 * GRACE);
  });
  // They share one timer's time.
  expect(together.activeMs).toBeLessThan(GRACE + 10 * TIMES);
});

test("[W10] whoever leaves nobody behind keeps nothing awake", async () => {
  const { project, writer } = await talking(1);
  await leave(writer);
  const stays = await used(project, () =>
    repeat(async () => {
      await leave(await TestMember.join({ project }));
      await later(project, 2 * GRACE);
    }),
  );
  expectBill(
    "1 M stays of somebody alone",
    bill(stays, { http: TIMES }),
    0.514,
  );
});

test("[W10] a signed member's stay costs an alarm and what they have read", async () => {
  const { project } = await talking(1);
  const stays = await used(project, () =>
    repeat(async (n) => {
      const exp = Math.floor(Date.now() / 1000) + 600;
      const token = await sign(project, { sub: `u${n}`, exp });
      const member = await TestMember.join({ project, token });
      member.command({ type: "read", seq: 1 });
      await member.settled();
      await leave(member);
      await later(project, 610_000);
      await inside(project, (object) => object.alarm());
    }),
  );
  expect(stays).toMatchObject({ alarmsSet: TIMES, alarmsRung: TIMES });
  // One for the alarm, one for the mark, and one in 64 of all that is paid.
  expect(stays.rowsWritten).toBeLessThanOrEqual(2.2 * TIMES);
});

test("[W10] a million images cost four rows each, and a request each time they are seen", async () => {
  const { project, writer } = await talking(2);
  const headers = { Authorization: `Bearer ${writer.token}` };
  const images: string[] = [];
  const sending = await used(project, () =>
    repeat(async (n) => {
      const init = { method: "POST", headers, body: png() };
      const answer = await request(`/project/${project}/files`, init);
      const { key } = await answer.json<{ key: string }>();
      images.push(key);
      await writer.ask({ type: "send", nonce: `i${n}`, text: "", file: key });
    }),
  );
  expect(sending.requests).toBe(TIMES);
  expect(sending.rowsWritten).toBeLessThanOrEqual(4 * TIMES + 4);
  expectBill("1 M images", bill(sending, { http: TIMES }), 4.53);
  const viewing = await used(project, () =>
    repeat(async (n) => {
      const answer = await request(`/project/${project}/files/${images[n]}`);
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
    }),
  );
  expectBill(
    "1 M times an image is loaded",
    bill(viewing, { http: TIMES }),
    0.455,
  );
});

test("[W10] nobody pays for heartbeats", async () => {
  const { project, members, writer } = await talking(READERS);
  const idling = await used(project, async () => {
    for (const member of members) member.raw(PING);
    // Its answer comes after the heartbeats were answered.
    await writer.settled();
  });
  // The one frame is the question that shows that they were.
  expect(idling).toMatchObject({
    framesReceived: 1,
    messages: 0,
    rowsWritten: 0,
    activeMs: 1,
  });
});
