/** Pages and appends in a short and in a long history, by turns. */
import { cpuMs } from "../measure/server_cost.ts";
import { median } from "../measure/statistics.ts";
import type { Crowd } from "./crowd.ts";
import type { Job, Task } from "./job.ts";
import type { Member } from "./member.ts";
import { sayAndWait } from "./task_wake.ts";

const BLOCK = 25;
const US_PER_MS = 1_000;
const PAGE_SIZE = 50;
const PLACES = ["short", "long"] as const;
const WORK = ["page", "append"] as const;

export async function pageAndAppend(
  crowd: Crowd,
  options: { job: Job; task: Task & { type: "history" } },
): Promise<Record<string, number>> {
  const { job, task } = options;
  await crowd.join();
  const heads = crowd.senders.map((sender) => sender.page.seq ?? 0);
  if (task.lengths.some((length, index) => (heads[index] ?? 0) < length)) {
    throw new Error(`Histories are too short: ${heads}`);
  }
  const times = new Map<string, { ms: number[]; cpu: number[] }>();
  // The first block warms up both and is not counted.
  for (let done = -BLOCK; done < task.repeats; done += BLOCK) {
    for (const work of WORK) {
      for (const [index, sender] of crowd.senders.entries()) {
        const before = cpuMs(job.pid);
        const ms: number[] = [];
        for (let count = 0; count < BLOCK; count++) {
          ms.push(
            work === "append"
              ? await sayAndWait(sender)
              : await pageAndWait(sender, heads[index] ?? 0),
          );
        }
        const cpu = ((cpuMs(job.pid) - before) * US_PER_MS) / BLOCK;
        if (done < 0) continue;
        const name = `${work}_${PLACES[index]}`;
        const known = times.get(name) ?? { ms: [], cpu: [] };
        known.ms.push(...ms);
        known.cpu.push(cpu);
        times.set(name, known);
      }
    }
  }
  return Object.fromEntries(
    [...times].flatMap(([name, { ms, cpu }]) => [
      [`${name}_ms`, median(ms)],
      [`${name}_cpu_us`, median(cpu)],
    ]),
  );
}

/** How long a page takes that begins anywhere in the history, in ms. */
async function pageAndWait(reader: Member, head: number): Promise<number> {
  const came = new Promise<void>((resolve) => {
    reader.onPage = resolve;
  });
  const before = PAGE_SIZE + Math.ceil(Math.random() * (head - PAGE_SIZE));
  const began = performance.now();
  reader.askPage(before);
  await came;
  return performance.now() - began;
}
