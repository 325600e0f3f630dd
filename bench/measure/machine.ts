/** What the numbers were measured on. */
import { cpus, release, totalmem } from "node:os";

const BYTES_PER_GIB = 2 ** 30;

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly kernel: string;
}

export function thisMachine(): Machine {
  const [first] = cpus();
  return {
    cpu: first?.model ?? "unknown",
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / BYTES_PER_GIB),
    kernel: release(),
  };
}
