/** What a process has cost so far, as the kernel counts it. */
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const TICKS_PER_SECOND = 100;
const NS_PER_MS = 1_000_000;
const KIB_PER_MIB = 1_024;

/** CPU time of a process, all of its threads together, in ms. */
export function cpuMs(pid: number): number {
  return preciseCpuMs(pid) ?? coarseCpuMs(pid);
}

/** Resident memory of a process in MiB. */
export function memoryMib(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / KIB_PER_MIB;
}

/** Databases of Durable Objects that a process has open: an evicted object closes its own. */
export function openDatabases(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  const paths = readdirSync(folder).map((descriptor) => {
    try {
      return readlinkSync(`${folder}/${descriptor}`);
    } catch {
      return ""; // It was closed meanwhile.
    }
  });
  const databases = paths.filter(
    (path) => path.endsWith(".sqlite") && !path.endsWith("metadata.sqlite"),
  );
  return new Set(databases).size;
}

/** The scheduler's own count, where the kernel shows it: the other one moves in steps of 10 ms. */
function preciseCpuMs(pid: number): number | undefined {
  try {
    const folder = `/proc/${pid}/task`;
    const threads = readdirSync(folder).map((thread) => {
      const [ns] = readFileSync(
        `${folder}/${thread}/schedstat`,
        "latin1",
      ).split(" ");
      return Number(ns);
    });
    return threads.reduce((sum, ns) => sum + ns, 0) / NS_PER_MS;
  } catch {
    return undefined;
  }
}

function coarseCpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  // The name, in brackets, may hold spaces; utime and stime are 12th and 13th after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  return (ticks * 1_000) / TICKS_PER_SECOND;
}
