/** What a project has used, over wakes and restarts. */
import { evictDurableObject } from "cloudflare:test";
import { afterEach, expect, test, vi } from "vitest";
import { abort } from "./support/abort.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, statsOf, stubOf, totalsOf } from "./support/project.ts";
import { sign } from "./support/tokens.ts";

const GRACE = 5_000;

afterEach(() => {
  vi.useRealTimers();
});

/** Closes a connection and waits until the room knows. */
async function leave(member: TestMember): Promise<void> {
  member.close(1000);
  await member.closed;
}

test("[W10] totals go on from wake to wake, for no row", async () => {
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  const { since } = await totalsOf(project);
  for (const speaker of [a, b, a]) {
    await speaker.send("hi");
    await evict(project);
  }
  const total = await totalsOf(project);
  expect(total).toMatchObject({ since, joins: 2, messages: 3 });
  expect(total.framesReceived).toBe(3);
  // The keys of a new project and its first tables come on top.
  const before = total.rowsWritten;
  await evict(project);
  await a.send("hi");
  await evict(project);
  expect((await totalsOf(project)).rowsWritten - before).toBe(1);
  expect(await statsOf(project)).toMatchObject({ joins: 0, messages: 0 });
});

test("[W10] who leaves hands the totals on, also when that wakes the object", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const project = newProject();
  const members = [];
  for (let n = 0; n < 3; n++) members.push(await TestMember.join({ project }));
  await members[0]?.send("hi");
  for (const member of members) {
    await evict(project);
    await leave(member);
    // An object does not leave memory while a departure is to be told.
    await inside(project, () => vi.advanceTimersByTimeAsync(GRACE));
    expect(await totalsOf(project)).toMatchObject({ joins: 3, messages: 1 });
  }
  // Nobody is left to carry them.
  await evict(project);
  expect(await totalsOf(project)).toMatchObject({ joins: 3, messages: 1 });
});

test("[W10] a restart loses what is worth 64 rows at most", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  const sends = 200;
  for (let n = 0; n < sends; n++) await member.send("hi");
  const before = await totalsOf(project);
  await evictDurableObject(stubOf(project), { webSockets: "close" });
  const after = await totalsOf(project);
  expect(after.messages).toBeGreaterThanOrEqual(sends - 64);
  expect(after.messages).toBeLessThanOrEqual(sends);
  expect(after.since).toBe(before.since);
  // A row each, those of the room and the tables, and one in 64 for the totals.
  const rows = before.rowsWritten - sends;
  expect(rows).toBeGreaterThan(sends / 64 - 1);
  const born = await totalsOf(newProject());
  expect(rows - born.rowsWritten).toBeLessThan(sends / 64 + 5);
});

test("[W10] a project that is never at rest keeps its totals, too", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  // The others are still to hear of it: a timer is under way until the object dies.
  await leave(await TestMember.join({ project }));
  const sends = 200;
  for (let n = 0; n < sends; n++) await member.send("hi");
  await abort(project, [member]);
  const { messages } = await totalsOf(project);
  expect(messages).toBeGreaterThanOrEqual(sends - 64);
});

test("[W10] readers' frames bring no row on", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  await member.send("hi");
  const before = await statsOf(project);
  for (let n = 0; n < 500; n++) member.command({ type: "ack", seq: 1 });
  await member.settled();
  const after = await statsOf(project);
  expect(after.framesReceived - before.framesReceived).toBe(501);
  expect(after.rowsWritten).toBe(before.rowsWritten);
});

test("[W10] everything that is billed as a request is counted", async () => {
  const project = newProject();
  const member = await TestMember.join({ project });
  await statsOf(project);
  const counted = async (act: () => Promise<unknown>) => {
    const before = await totalsOf(project);
    await act();
    // The question itself is one.
    return (await totalsOf(project)).requests - before.requests - 1;
  };
  const ask = (path: string) => async () => {
    await (await request(`/project/${project}/${path}`)).text();
  };
  expect(await counted(ask("rooms"))).toBe(1);
  expect(await counted(ask("messages"))).toBe(1);
  expect(await counted(ask("search?q=hello"))).toBe(1);
  expect(await counted(ask(`files/${"A".repeat(24)}`))).toBe(1);
  expect(await counted(() => TestMember.join({ project }))).toBe(1);
  expect(await counted(() => member.settled())).toBe(0);
  expect(await counted(() => inside(project, (it) => it.alarm()))).toBe(1);
  expect(await totalsOf(project)).toMatchObject({ alarmsRung: 1 });
});

test("[W10] an alarm that is set is a row", async () => {
  const project = newProject();
  await TestMember.join({ project });
  const before = await totalsOf(project);
  const token = await sign(project);
  await TestMember.join({ project, token });
  const after = await totalsOf(project);
  expect(after.alarmsSet - before.alarmsSet).toBe(1);
  expect(after.rowsWritten - before.rowsWritten).toBe(1);
});

test("[W10] time counts while something is under way", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  const active = async () => (await totalsOf(project)).activeMs;
  const before = await active();
  await inside(project, () => vi.advanceTimersByTimeAsync(60_000));
  expect((await active()) - before).toBe(1);
  await leave(b);
  await inside(project, () => vi.advanceTimersByTimeAsync(60_000));
  const departed = await active();
  expect(departed - before).toBeGreaterThanOrEqual(GRACE);
  expect(departed - before).toBeLessThan(GRACE + 10);
  await leave(a);
  expect(vi.getTimerCount()).toBe(0);
  await inside(project, () => vi.advanceTimersByTimeAsync(60_000));
  expect((await active()) - departed).toBeLessThan(10);
});
