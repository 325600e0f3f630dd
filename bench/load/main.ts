/** The load: a process of its own, so that what it spends is not the server's. */
import { Crowd } from "./crowd.ts";
import type { Job, Report, Task } from "./job.ts";
import { pageAndAppend } from "./task_history.ts";
import { joinAtOnce } from "./task_join.ts";
import { saturate } from "./task_saturate.ts";
import { talk } from "./task_talk.ts";
import { sleepAndWake } from "./task_wake.ts";

/** Numbers of a run, by name. */
type Numbers = Readonly<Record<string, number>>;

const job: Job = JSON.parse(process.argv[2] ?? "");
const crowd = new Crowd(job);
const numbers = await run(job.task);
const report: Report = { numbers, faults: crowd.ledger.faults };
process.send?.(report);
// The connections stay until the benchmark has seen enough.
process.on("disconnect", () => process.exit());

function run(task: Task): Promise<Numbers> {
  switch (task.type) {
    case "join":
      return joinAtOnce(crowd, { job, task });
    case "saturate":
      return saturate(crowd, { job, task });
    case "talk":
      return talk(crowd, { job, task });
    case "wake":
      return sleepAndWake(crowd, { job, task });
    case "history":
      return pageAndAppend(crowd, { job, task });
  }
}
