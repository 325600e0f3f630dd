/** What is measured: a server in a process of its own. */
import type { DialectName } from "../load/dialect.ts";

export type PeerId =
  | "project_chat"
  | "project_chat_ram"
  | "raw"
  | "raw_plain"
  | "raw_stored"
  | "partyserver"
  | "ws"
  | "nest";

/** A server that listens on this machine. */
export interface RunningPeer {
  /** The process that does all of its work. */
  readonly pid: number;
  readonly port: number;
  /** Where it keeps its state, if it has any. */
  readonly state?: string;
  stop(): Promise<void>;
}

/** A server that can be started. */
export interface Peer {
  readonly id: PeerId;
  readonly title: string;
  /** What it is made of, with versions. */
  readonly made: string;
  /** What its clients speak. */
  readonly dialect: DialectName;
  /** Starts it; `state` is a directory to go on with. */
  start(options?: { readonly state?: string }): Promise<RunningPeer>;
}
