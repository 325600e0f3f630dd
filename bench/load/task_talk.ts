/** Open loop: messages come by a Poisson process, whatever the server does. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Crowd } from "./crowd.ts";
import type { Job, Task } from "./job.ts";
import { startStopwatch } from "./stopwatch.ts";

const TICK_MS = 1;

export async function talk(
  crowd: Crowd,
  options: { job: Job; task: Task & { type: "talk" } },
): Promise<Record<string, number>> {
  const { job, task } = options;
  await crowd.join();
  await talkFor(crowd, { rate: task.rate, durationMs: task.warmupMs });
  const stop = startStopwatch(crowd.ledger, job.pid);
  await talkFor(crowd, task);
  await crowd.drain();
  return stop();
}

/** Sends at `rate`; the next time is drawn from the last, so that lateness does not add up. */
async function talkFor(
  crowd: Crowd,
  options: { rate: number; durationMs: number },
): Promise<void> {
  const { rate, durationMs } = options;
  const began = performance.now();
  let due = began + gap(rate);
  let sent = 0;
  while (performance.now() - began < durationMs) {
    for (; due <= performance.now(); due += gap(rate)) {
      crowd.senders[sent++ % crowd.senders.length]?.say();
    }
    await sleep(Math.max(TICK_MS, due - performance.now()));
  }
}

function gap(rate: number): number {
  return (-Math.log(1 - Math.random()) * 1_000) / rate;
}
