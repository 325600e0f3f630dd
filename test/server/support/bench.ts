/** A room without sockets and with a clock that is given: what its rules make of commands. */
import type { Member } from "../../../src/protocol/mod.ts";
import { append, type Outcome } from "../../../src/server/room/append.ts";
import type { RoomStore } from "../../../src/server/room/room_store.ts";
import { Database } from "../../../src/server/storage/database.ts";
import { newProject } from "./member.ts";
import { inside } from "./project.ts";
import { type RoomStoreWishes, roomStoreOf, someone } from "./room_store.ts";

/** When it begins, in ms since 1970. */
export const T = 1_000_000;
type Asked = { type: string } & Record<string, unknown>;

/** A room and its clock, awake or woken again. */
export class Bench {
  readonly database: Database;
  readonly #wishes: RoomStoreWishes;
  store: RoomStore;
  now = T;
  #nonces = 0;

  constructor(database: Database, wishes: Partial<RoomStoreWishes> = {}) {
    this.database = database;
    this.#wishes = { room: "lobby", ...wishes };
    this.store = roomStoreOf(database, this.#wishes);
  }

  /** Everything that was in memory is gone. */
  sleep(): void {
    this.store = roomStoreOf(this.database, this.#wishes);
  }

  ask(by: Member, asked: Asked, address?: string): Outcome {
    const nonce = `n${++this.#nonces}`;
    // Each test writes its commands as a client does; the parser has tests of its own.
    const command = { nonce, ...asked } as Parameters<
      typeof append
    >[1]["command"];
    const { now } = this;
    return append(this.store, { by, address, command, now, full: false });
  }

  /** The event that came of it, or the code of its refusal. */
  tell(by: Member, asked: Asked, address?: string) {
    const outcome = this.ask(by, asked, address);
    return outcome.kind === "refused"
      ? outcome.problem.code
      : JSON.parse(outcome.event.encoded);
  }

  say(by: Member, text = "안녕", address?: string) {
    return this.tell(by, { type: "send", text }, address);
  }

  moderate(by: Member, action: string, fields: Record<string, unknown> = {}) {
    return this.tell(by, { type: "moderate", action, ...fields });
  }
}

/** Runs `look` on a room of its own. */
export function bench<Result>(
  look: (bench: Bench) => Result,
  wishes?: Partial<RoomStoreWishes>,
): Promise<Awaited<Result>> {
  return inside(newProject(), (_, { storage }) =>
    look(new Bench(new Database(storage), wishes)),
  );
}

export const owner = someone("owner");
export const moderator = someone("moderator");
export const member = someone("member");
export const guest = someone("guest", "g_1");
export const reader = someone("reader");
