/** What a million of something costs, by the meter's counts and the prices. Prints a table. */
import { expect, test } from "vitest";
import { PING } from "../../src/protocol/mod.ts";
import type { Stats } from "../../src/server/storage/meter.ts";
import { newProject, TestMember } from "./support/member.ts";
import { statsOf } from "./support/project.ts";

/** US dollars per million, Workers paid plan of November 2026, beyond what it includes. */
const PRICE = {
  rowsWritten: 1,
  rowsRead: 0.001,
  requests: 0.15,
  workerRequests: 0.3,
};
/** Frames that are billed as one request to the object. */
const FRAMES_PER_REQUEST = 20;
const READERS = 10;
const SENDS = 100;
const JOINS = 50;
const PINGS = 5;

type Counts = Pick<Stats, "rowsRead" | "rowsWritten" | "framesReceived">;

/** What `act` has used of `project`. */
async function used(
  project: string,
  act: () => Promise<unknown>,
): Promise<Stats> {
  const before = await statsOf(project);
  await act();
  const after = await statsOf(project);
  const names = Object.keys(after) as (keyof Stats)[];
  return Object.fromEntries(
    names.map((name) => [name, after[name] - before[name]]),
    // Every count of a Stats is a number, and all of them are there.
  ) as unknown as Stats;
}

/** Dollars for a million of what was done `times` times. */
function bill(counts: Counts, { times, joins }: Record<string, number>) {
  const upgrades = joins ?? 0;
  const requests = counts.framesReceived / FRAMES_PER_REQUEST + upgrades;
  const sum =
    counts.rowsWritten * PRICE.rowsWritten +
    counts.rowsRead * PRICE.rowsRead +
    requests * PRICE.requests +
    upgrades * PRICE.workerRequests;
  return sum / (times ?? 1);
}

test("[W10] a million messages cost about a dollar, joins half of it, idling nothing", async () => {
  const project = newProject();
  const members: TestMember[] = [];
  for (let n = 0; n < READERS; n++) {
    members.push(await TestMember.join({ project }));
  }
  const [writer] = members;
  // The first message makes the room and reads the nonces.
  await writer?.send("first");

  const sending = await used(project, async () => {
    for (let n = 0; n < SENDS; n++) await writer?.send(`message ${n}`);
  });
  expect(sending).toMatchObject({
    messages: SENDS,
    framesReceived: SENDS,
    framesSent: SENDS * READERS,
    rowsWritten: SENDS,
    alarms: 0,
  });
  const messages = bill(sending, { times: SENDS });
  expect(messages).toBeLessThan(1.01);

  const joining = await used(project, async () => {
    for (let n = 0; n < JOINS; n++) await TestMember.join({ project });
  });
  expect(joining).toMatchObject({ joins: JOINS, rowsWritten: 0 });
  const joins = bill(joining, { times: JOINS, joins: JOINS });
  expect(joins).toBeLessThan(0.52);

  const idling = await used(project, async () => {
    for (let n = 0; n < PINGS; n++) {
      for (const member of members) member.raw(PING);
    }
    // Its answer comes after the heartbeats were answered.
    await writer?.settled();
  });
  // The one frame is the question that shows that they were.
  expect(idling).toMatchObject({
    framesReceived: 1,
    messages: 0,
    rowsWritten: 0,
  });
  console.log(
    [
      `1 M messages to ${READERS} readers  $${messages.toFixed(4)}`,
      `1 M joins                    $${joins.toFixed(4)}`,
      "1 M heartbeats               $0",
    ].join("\n"),
  );
});
