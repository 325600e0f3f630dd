/** What the panel asks of the project, by HTTP. */
import type { ErrorCode } from "../../client/mod.ts";
import { credentialsOf } from "../token.ts";

/** Why something was not done. */
export class Refusal extends Error {
  /** What the server says; `unreachable` when it says nothing. */
  readonly code: ErrorCode | "unreachable";
  /** Where in the body the fault is, as names and indexes with dots. */
  readonly field: string;

  constructor({
    code = "internal",
    message = "",
    field = "",
  }: {
    code?: ErrorCode | "unreachable";
    message?: string;
    field?: string;
  }) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/** How something is asked. */
interface Asking {
  readonly method?: string;
  /** Sent as JSON. */
  readonly body?: object;
}

/** The way of the panel to the project and back to the page. */
export interface Desk {
  /** Asks the project; rejects with a {@linkcode Refusal}. */
  ask<Answer>(path: string, asking?: Asking): Promise<Answer>;
  /** Leaves the panel for a message. */
  show(room: string, seq: number): void;
  /** Sets what leaving means. */
  onLeave(leave: () => void): void;
}

interface DeskOptions {
  readonly project: string;
  readonly show: (room: string, seq: number) => void;
}

/** The desk of `project`. */
export function createDesk({ project, show }: DeskOptions): Desk {
  let leave = () => {};
  return {
    async ask<Answer>(path: string, { method = "GET", body }: Asking = {}) {
      const response = await fetch(`/project/${project}/${path}`, {
        method,
        headers: credentialsOf(project),
        ...(body && { body: JSON.stringify(body) }),
      }).catch(() => {
        throw new Refusal({ code: "unreachable" });
      });
      // What is no JSON comes from something in between.
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) throw new Refusal(answer);
      // The server speaks the contract.
      return answer as Answer;
    },
    onLeave(next) {
      leave = next;
    },
    show(room, seq) {
      leave();
      show(room, seq);
    },
  };
}
