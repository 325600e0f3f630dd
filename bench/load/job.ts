/** What a load process is asked to do, and what it answers. */
import type { DialectName, Place } from "./dialect.ts";
import type { Faults } from "./ledger.ts";

/** A load, whole. */
export interface Job {
  readonly dialect: DialectName;
  readonly port: number;
  /** The server's process, whose cost is read. */
  readonly pid: number;
  readonly places: readonly Place[];
  /** Members of each place. */
  readonly members: number;
  /** How many of them talk. */
  readonly senders: number;
  readonly textBytes: number;
  /** Whether clients offer compression, as browsers do. */
  readonly deflate?: boolean;
  readonly task: Task;
}

export type Task =
  /** Everybody joins at once; in each place `seed` messages were sent before. */
  | { readonly type: "join"; readonly seed: number }
  /** Each sender keeps `inFlight` messages on their way. */
  | ({ readonly type: "saturate"; readonly inFlight: number } & Span & Ends)
  /** Senders talk at `rate` messages a second in all, whatever the server does. */
  | ({ readonly type: "talk"; readonly rate: number } & Span)
  /** Says something, is silent for `idleMs`, and says something again. */
  | { readonly type: "wake"; readonly idleMs: number }
  /** Pages and appends, in two places by turns. */
  | {
      readonly type: "history";
      readonly repeats: number;
      /** Messages each place has at least. */
      readonly lengths: readonly number[];
    };

interface Span {
  readonly warmupMs: number;
  readonly durationMs: number;
}

/** Slow readers, and what ends a run that has them before its time is over. */
interface Ends {
  /** Members of each place that stop reading after the warm-up. */
  readonly paused?: number;
  /** Messages after which it is enough. */
  readonly messages?: number;
  /** Growth of the server in MiB at which it is enough. */
  readonly growthLimit?: number;
}

/** Numbers by name, and what went wrong. */
export interface Report {
  readonly numbers: Readonly<Record<string, number>>;
  readonly faults: Faults;
}
