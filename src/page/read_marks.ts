/**
 * How far the reader has read in the rooms they left. The server keeps that of members who
 * signed in; of guests it is kept here, in this browser.
 */
import type { You } from "../client/mod.ts";

/** Read marks of one project, a `seq` by room. */
export class ReadMarks {
  readonly #key: string;
  /** Of this visit. */
  readonly #now: Record<string, number> = {};

  constructor(project: string) {
    this.#key = `project-chat:read:${project}`;
  }

  /** The marks of `you`; another person's, from an earlier visit, are not theirs. */
  of(you: You | undefined): Readonly<Record<string, number>> {
    return { ...(you?.guest && this.#kept()), ...this.#now };
  }

  /** Whether anything of an earlier visit, or of this one, is kept. */
  get areKept(): boolean {
    return Object.keys(this.#kept()).length > 0;
  }

  /** The reader has read `room` up to `seq`. */
  set(room: string, seq: number | undefined): void {
    if (seq === undefined) return;
    this.#now[room] = seq;
    try {
      const marks = { ...this.#kept(), ...this.#now };
      localStorage.setItem(this.#key, JSON.stringify(marks));
    } catch {
      // Where storage is blocked or full, this visit has to do.
    }
  }

  #kept(): Record<string, number> {
    try {
      // Written above, so its shape is known.
      return JSON.parse(localStorage.getItem(this.#key) ?? "{}");
    } catch {
      return {};
    }
  }
}
