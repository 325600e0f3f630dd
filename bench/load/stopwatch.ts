/** What a stretch of a run costs: time, the server's CPU, deliveries. */
import { cpuMs } from "../measure/server_cost.ts";
import { Histogram } from "./histogram.ts";
import type { Ledger } from "./ledger.ts";

const US_PER_MS = 1_000;

/** Starts counting; the function it returns says what was counted since. */
export function startStopwatch(
  ledger: Ledger,
  pid: number,
): () => Record<string, number> {
  const began = performance.now();
  const cpu = cpuMs(pid);
  const { deliveries } = ledger;
  ledger.latencies = new Histogram();
  return () => {
    const ms = performance.now() - began;
    const spent = cpuMs(pid) - cpu;
    const delivered = ledger.deliveries - deliveries;
    return {
      elapsed_ms: ms,
      cpu_us: (spent * US_PER_MS) / delivered,
      cpu_share: spent / ms,
      deliveries_per_s: (delivered * 1_000) / ms,
      p50: ledger.latencies.quantile(0.5),
      p99: ledger.latencies.quantile(0.99),
    };
  };
}
