/**
 * Random interleavings on real objects with real sockets, compared with a model that is
 * too simple to be wrong. A failure prints its seed and the shortest steps that lead to it.
 */
import * as fc from "fast-check";
import { test } from "vitest";
import { Database } from "../../src/server/storage/database.ts";
import { KeptLog, type LogStep } from "./support/kept_log.ts";
import { newProject } from "./support/member.ts";
import { inside } from "./support/project.ts";
import type { Step } from "./support/steps.ts";
import { World } from "./support/world.ts";

const RUNS = 200;
/** A run that hangs is a run that failed, and its steps are worth knowing. */
const LIMITS = {
  numRuns: RUNS,
  timeout: 5_000,
  interruptAfterTimeLimit: 100_000,
  markInterruptAsFailure: true,
};
const TEST_TIMEOUT = 120_000;

const pick = fc.nat(999);
const maybe = <Value>(value: fc.Arbitrary<Value>) =>
  fc.option(value, { nil: undefined });
const flag = fc.boolean();
const text = fc.constantFrom("안녕", "a", "👋🏽 hi", "두\n줄", "</script>");
const emoji = fc.constantFrom("👍", "❤️", "👩‍👩‍👧");
const meant = fc.array(pick, { maxLength: 3 });
const on = fc.nat(4).map((value) => value > 1);
const limit = fc.integer({ min: 1, max: 12 });
/** Reactions to one message by several members are what is easily got wrong. */
const change = fc.constantFrom("edit", "delete", "react", "react", "react");

const step: fc.Arbitrary<Step> = fc.oneof(
  often(4, { do: kind("join"), who: pick, place: pick }),
  often(8, {
    do: kind("send"),
    reader: pick,
    text,
    replyTo: maybe(pick),
    mentions: maybe(meant),
  }),
  often(7, {
    do: fc.constantFrom(
      "repeat" as const,
      "repeat" as const,
      "conflict" as const,
    ),
    reader: pick,
    command: pick,
    retry: flag,
  }),
  often(7, {
    do: change,
    reader: pick,
    target: pick,
    text,
    emoji,
    on,
    mentions: maybe(meant),
  }),
  often(3, {
    do: kind("burst"),
    place: pick,
    count: fc.integer({ min: 1, max: 4 }),
    twice: flag,
    evict: flag,
    joiner: maybe(pick),
  }),
  often(3, { do: kind("page"), reader: pick, before: maybe(pick), limit }),
  often(4, { do: kind("drop"), reader: pick }),
  often(4, { do: kind("resume"), reader: pick, back: maybe(pick) }),
  often(2, { do: kind("lose"), reader: pick, text, evict: flag }),
  often(1, {
    do: kind("misresume"),
    who: pick,
    place: pick,
    above: maybe(fc.integer({ min: 1, max: 9 })),
  }),
  often(3, { do: kind("evict"), place: pick }),
);

/** Nothing happens before somebody is there. */
const OPENING: readonly Step[] = [
  { do: "join", who: 0, place: 0 },
  { do: "join", who: 1, place: 0 },
];

test(
  "[L1] [L2] [L6] [R1] [R2] [R3] [R4] [R5] [S1] [S4] [S5] [C4] [H1] whatever is interleaved, everybody has the same log",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 40, size: "max" }),
        async (steps) => {
          const world = new World();
          for (const step of [...OPENING, ...steps]) await world.take(step);
          await world.settle();
        },
      ),
      LIMITS,
    );
  },
  TEST_TIMEOUT,
);

const logStep: fc.Arbitrary<LogStep> = fc.oneof(
  often(8, {
    do: kind("send"),
    who: pick,
    replyTo: maybe(pick),
    mentions: maybe(meant),
  }),
  often(12, {
    do: change,
    who: pick,
    target: pick,
    on,
    mentions: maybe(meant),
  }),
  often(1, { do: kind("purge"), who: pick, since: maybe(pick) }),
  often(3, { do: kind("repeat"), command: pick, retry: flag }),
  often(2, { do: kind("reload"), limit: fc.integer({ min: 1, max: 8 }) }),
);

test(
  "[L4] [R2] [R5] [J4] at the retention limit the log is the newest of what was said, and honest about it",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(logStep, { minLength: 10, maxLength: 60, size: "max" }),
        async (steps) => {
          await inside(newProject(), (_, { storage }) => {
            const kept = new KeptLog(new Database(storage), "lobby");
            for (const step of steps) kept.take(step);
            kept.compare();
          });
        },
      ),
      LIMITS,
    );
  },
  TEST_TIMEOUT,
);

function often<Shape extends object>(
  weight: number,
  shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> },
) {
  return { weight, arbitrary: fc.record(shape) };
}

function kind<const Kind extends string>(name: Kind) {
  return fc.constant(name);
}
