/** Typing is told seldom: it is the cheapest thing to say and the most often said. */
import { afterEach, expect, test, vi } from "vitest";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function pair() {
  // The object takes its clock when it wakes.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "철수" });
  const b = await TestMember.join({ project, nickname: "영희" });
  await a.nextOf("joined");
  /** What is told of typing when a says so at the next moment. */
  const told = async (on: boolean, after: number) => {
    vi.setSystemTime(Date.now() + after);
    a.command({ type: "typing", on });
    await a.settled();
    const events = await b.settled();
    return events.map((event) => event.type === "typing" && event.on);
  };
  return { project, a, told };
}

test("[T1] typing is told at most once in three seconds", async () => {
  const { project, told } = await pair();
  expect(await told(true, 0)).toEqual([true]);
  expect(await told(true, 1_000)).toEqual([]);
  await evict(project);
  expect(await told(true, 1_999)).toEqual([]);
  expect(await told(true, 1)).toEqual([true]);
  await evict(project);
  expect(await told(false, 3_000)).toEqual([false]);
  expect(await told(false, 3_000)).toEqual([]);
  expect(await told(true, 0)).toEqual([true]);
});

test("[T1] a thousand changes of mind are one event and no row", async () => {
  const { project, a, told } = await pair();
  const before = await statsOf(project);
  for (let n = 0; n < 500; n++) a.command({ type: "typing", on: n % 2 === 0 });
  expect(await told(false, 0)).toEqual([true]);
  const after = await statsOf(project);
  expect(after.rowsWritten).toBe(before.rowsWritten);
});

test("[T1] [O5] typing leaves no timer", async () => {
  const { project, told } = await pair();
  vi.useFakeTimers({ toFake: ["Date", "setTimeout"], now: Date.now() });
  await told(true, 0);
  expect(await inside(project, () => vi.getTimerCount())).toBe(0);
});
