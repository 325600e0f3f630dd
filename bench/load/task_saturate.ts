/** Closed loop: a sender says the next thing when the last has come back. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Crowd } from "./crowd.ts";
import type { Job, Task } from "./job.ts";
import { MemoryWatch } from "./memory_watch.ts";
import { startStopwatch } from "./stopwatch.ts";

const POLL_MS = 20;

export async function saturate(
  crowd: Crowd,
  options: { job: Job; task: Task & { type: "saturate" } },
): Promise<Record<string, number>> {
  const { job, task } = options;
  await crowd.join();
  let isOpen = true;
  crowd.onHeard((sender) => {
    if (isOpen) sender.say();
  });
  for (const sender of crowd.senders) {
    for (let count = 0; count < task.inFlight; count++) sender.say();
  }
  await sleep(task.warmupMs);
  // Only now: what any load makes a fresh server take is not the slow readers' doing.
  for (const row of crowd.places) {
    const awake = row.length - (task.paused ?? 0);
    for (const member of row.slice(awake)) member.fallAsleep();
  }
  const memory = new MemoryWatch(job.pid);
  const stop = startStopwatch(crowd.ledger, job.pid);
  const sent = crowd.ledger.messages;
  const isEnough = () =>
    crowd.ledger.messages - sent >= (task.messages ?? Infinity) ||
    memory.growth >= (task.growthLimit ?? Infinity);
  const deadline = performance.now() + task.durationMs;
  while (performance.now() < deadline && !isEnough()) {
    await sleep(Math.max(0, Math.min(POLL_MS, deadline - performance.now())));
  }
  const numbers = {
    ...stop(),
    sent: crowd.ledger.messages - sent,
  };
  isOpen = false;
  await crowd.drain();
  memory.stop();
  return { ...numbers, growth: memory.growth };
}
