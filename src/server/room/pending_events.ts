/** Events of one room that wait for their frame: numbered, and each with whom it is for. Pure. */
import type { Entry } from "../frames.ts";
import type { Session } from "../sockets/session.ts";

/** Who is told an event: whom it picks, or these few. */
export type Choice = ((session: Session) => boolean) | ReadonlySet<Session>;

interface Pending extends Entry {
  readonly to: Choice | undefined;
}

/** What a room's readers are owed, in order. */
export class PendingEvents {
  #events: Pending[] = [];
  /** Number of the first of them. */
  #first = 0;
  /** Whether some of them are not for everybody. */
  #isChoosy = false;
  readonly #few = new Set<Session>();
  #isForFew = true;

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  /** Number of the next event. */
  get end(): number {
    return this.#first + this.#events.length;
  }

  /** The few that all of them are for; absent where one is for more. */
  get few(): ReadonlySet<Session> | undefined {
    return this.#isForFew ? this.#few : undefined;
  }

  /** Adds an event for everybody, or for those that `to` says. */
  add(entry: Entry, to?: Choice): void {
    const few = typeof to === "object" ? to : undefined;
    if (few?.size === 0) return;
    this.#events.push({ ...entry, to });
    if (to) this.#isChoosy = true;
    if (few) for (const session of few) this.#few.add(session);
    else this.#isForFew = false;
  }

  /** All were sent. */
  clear(): void {
    this.#first = this.end;
    this.#events = [];
    this.#isChoosy = false;
    this.#few.clear();
    this.#isForFew = true;
  }

  /**
   * Which of them a reader is owed who was told everything before the number `position`: one
   * digit each, `""` for all of them.
   */
  owedBy(reader: { session: Session; position: number }): string {
    const told = Math.max(0, reader.position - this.#first);
    if (told === 0 && !this.#isChoosy) return "";
    return this.#events
      .map(({ to }, index) =>
        index >= told && isFor(to, reader.session) ? "1" : "0",
      )
      .join("");
  }

  /** Those that `owedBy` has named. */
  select(owed: string): Entry[] {
    return owed === ""
      ? this.#events
      : this.#events.filter((_, index) => owed[index] === "1");
  }
}

function isFor(to: Choice | undefined, session: Session): boolean {
  if (to === undefined) return true;
  return typeof to === "function" ? to(session) : to.has(session);
}
