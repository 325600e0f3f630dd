/** Everybody joins at once, as after a deploy. */
import { setTimeout as sleep } from "node:timers/promises";
import { cpuMs } from "../measure/server_cost.ts";
import { Crowd } from "./crowd.ts";
import type { Job, Task } from "./job.ts";

const US_PER_MS = 1_000;
const QUIET_MS = 50;

export async function joinAtOnce(
  crowd: Crowd,
  options: { job: Job; task: Task & { type: "join" } },
): Promise<Record<string, number>> {
  const { job, task } = options;
  if (task.seed > 0) await seed(job, task.seed);
  const before = cpuMs(job.pid);
  const began = performance.now();
  await crowd.join();
  const join_ms = performance.now() - began;
  // What the server does after the last welcome is part of the price.
  await sleep(QUIET_MS);
  const cpu = cpuMs(job.pid) - before;
  return { join_ms, join_cpu_us: (cpu * US_PER_MS) / crowd.members.length };
}

/** Says `messages` things in each place, so that there is history to be given. */
export async function seed(job: Job, messages: number): Promise<void> {
  const early = new Crowd({ ...job, members: 1, senders: 1 });
  await early.join();
  await Promise.all(
    early.senders.map(async (sender) => {
      for (let count = 0; count < messages; count++) {
        const heard = new Promise<void>((resolve) => {
          sender.onHeard = () => resolve();
        });
        sender.say();
        await heard;
      }
      sender.leave();
    }),
  );
}
