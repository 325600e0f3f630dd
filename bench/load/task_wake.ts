/** The first message after a long silence, against one in a conversation. */
import { setTimeout as sleep } from "node:timers/promises";
import { cpuMs, openDatabases } from "../measure/server_cost.ts";
import { median } from "../measure/statistics.ts";
import type { Crowd } from "./crowd.ts";
import type { Job, Task } from "./job.ts";
import type { Member } from "./member.ts";

const WARM_MESSAGES = 20;

export async function sleepAndWake(
  crowd: Crowd,
  options: { job: Job; task: Task & { type: "wake" } },
): Promise<Record<string, number>> {
  const { job, task } = options;
  await crowd.join();
  const warm: number[] = [];
  // The first one makes the room.
  for (const sender of crowd.senders) await sayAndWait(sender);
  await crowd.drain();
  const talking = cpuMs(job.pid);
  for (const sender of crowd.senders) {
    for (let count = 0; count < WARM_MESSAGES; count++) {
      warm.push(await sayAndWait(sender));
    }
  }
  await crowd.drain();
  const warmCpu = (cpuMs(job.pid) - talking) / warm.length;
  await sleep(task.idleMs);
  // An object that was evicted has closed its database: it did sleep.
  const awake = openDatabases(job.pid);
  const woken: number[] = [];
  const asleep = cpuMs(job.pid);
  for (const sender of crowd.senders) woken.push(await sayAndWait(sender));
  await crowd.drain();
  const wakeCpu = (cpuMs(job.pid) - asleep) / woken.length;
  return {
    warm_cpu_ms: warmCpu,
    wake_cpu_ms: wakeCpu,
    warm_ms: median(warm),
    wake_ms: median(woken),
    wake_max_ms: Math.max(...woken),
    above_ms: median(woken) - median(warm),
    awake,
  };
}

/** How long it takes until a message is back with its sender, in ms. */
export async function sayAndWait(sender: Member): Promise<number> {
  const heard = new Promise<void>((resolve) => {
    sender.onHeard = () => resolve();
  });
  const began = performance.now();
  sender.say();
  await heard;
  return performance.now() - began;
}
