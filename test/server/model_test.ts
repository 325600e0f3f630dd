/**
 * Random interleavings on real objects with real sockets, compared with a model that is
 * too simple to be wrong. A failure prints its seed and the shortest steps that lead to it.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Member } from "../../src/protocol/mod.ts";
import { append } from "../../src/server/append.ts";
import { Database } from "../../src/server/database.ts";
import { Greeter } from "../../src/server/join.ts";
import type { Ledger } from "../../src/server/ledger.ts";
import { ledgerOf } from "./support/ledger.ts";
import { newProject } from "./support/member.ts";
import { Replica, RoomModel, type Wish } from "./support/model.ts";
import { inside } from "./support/project.ts";
import { recent, type Step, World } from "./support/world.ts";

const RUNS = 200;
/** A run that hangs is a run that failed, and its steps are worth knowing. */
const LIMITS = {
  numRuns: RUNS,
  timeout: 5_000,
  interruptAfterTimeLimit: 100_000,
  markInterruptAsFailure: true,
};
const TEST_TIMEOUT = 120_000;

const pick = fc.nat(999);
const maybe = <Value>(value: fc.Arbitrary<Value>) =>
  fc.option(value, { nil: undefined });
const flag = fc.boolean();
const text = fc.constantFrom("안녕", "a", "👋🏽 hi", "두\n줄", "</script>");
const emoji = fc.constantFrom("👍", "❤️", "👩‍👩‍👧");
const meant = fc.array(pick, { maxLength: 3 });
const on = fc.nat(4).map((value) => value > 1);
const limit = fc.integer({ min: 1, max: 12 });
/** Reactions to one message by several members are what is easily got wrong. */
const change = fc.constantFrom("edit", "delete", "react", "react", "react");

const step: fc.Arbitrary<Step> = fc.oneof(
  often(4, { do: kind("join"), who: pick, place: pick }),
  often(8, {
    do: kind("send"),
    reader: pick,
    text,
    replyTo: maybe(pick),
    mentions: maybe(meant),
  }),
  often(7, {
    do: fc.constantFrom(
      "repeat" as const,
      "repeat" as const,
      "conflict" as const,
    ),
    reader: pick,
    command: pick,
    retry: flag,
  }),
  often(7, {
    do: change,
    reader: pick,
    target: pick,
    text,
    emoji,
    on,
    mentions: maybe(meant),
  }),
  often(3, {
    do: kind("burst"),
    place: pick,
    count: fc.integer({ min: 1, max: 4 }),
    twice: flag,
    evict: flag,
    joiner: maybe(pick),
  }),
  often(3, { do: kind("page"), reader: pick, before: maybe(pick), limit }),
  often(4, { do: kind("drop"), reader: pick }),
  often(4, { do: kind("resume"), reader: pick, back: maybe(pick) }),
  often(2, { do: kind("lose"), reader: pick, text, evict: flag }),
  often(1, {
    do: kind("misresume"),
    who: pick,
    place: pick,
    above: maybe(fc.integer({ min: 1, max: 9 })),
  }),
  often(3, { do: kind("evict"), place: pick }),
);

/** Nothing happens before somebody is there. */
const OPENING: readonly Step[] = [
  { do: "join", who: 0, place: 0 },
  { do: "join", who: 1, place: 0 },
];

test(
  "[L1] [L2] [L6] [R1] [R2] [R3] [R4] [R5] [S1] [S4] [S5] [C4] [H1] whatever is interleaved, everybody has the same log",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 40, size: "max" }),
        async (steps) => {
          const world = new World();
          for (const step of [...OPENING, ...steps]) await world.take(step);
          await world.settle();
        },
      ),
      LIMITS,
    );
  },
  TEST_TIMEOUT,
);

type LogStep =
  | {
      do: "send";
      who: number;
      replyTo: number | undefined;
      mentions: number[] | undefined;
    }
  | {
      do: "edit" | "delete" | "react";
      who: number;
      target: number;
      on: boolean;
      mentions: number[] | undefined;
    }
  | { do: "purge"; who: number; since: number | undefined }
  | { do: "repeat"; command: number; retry: boolean }
  | { do: "reload"; limit: number };

const logStep: fc.Arbitrary<LogStep> = fc.oneof(
  often(8, {
    do: kind("send"),
    who: pick,
    replyTo: maybe(pick),
    mentions: maybe(meant),
  }),
  often(12, {
    do: change,
    who: pick,
    target: pick,
    on,
    mentions: maybe(meant),
  }),
  often(1, { do: kind("purge"), who: pick, since: maybe(pick) }),
  often(3, { do: kind("repeat"), command: pick, retry: flag }),
  often(2, { do: kind("reload"), limit: fc.integer({ min: 1, max: 8 }) }),
);

test(
  "[L4] [R2] [R5] [J4] at the retention limit the log is the newest of what was said, and honest about it",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(logStep, { minLength: 10, maxLength: 60, size: "max" }),
        async (steps) => {
          await inside(newProject(), (_, { storage }) => {
            const kept = new KeptLog(new Database(storage), "lobby");
            for (const step of steps) kept.take(step);
            kept.compare();
          });
        },
      ),
      LIMITS,
    );
  },
  TEST_TIMEOUT,
);

const PEOPLE: readonly Member[] = [..."가나다라마"].map((nickname) => ({
  id: `g_${nickname}`,
  nickname,
  role: "guest",
  guest: true,
}));

const MODERATOR: Member = {
  id: "moderator",
  nickname: "반장",
  role: "moderator",
  guest: false,
};

/** A log that keeps a handful of messages, next to its model. */
class KeptLog {
  readonly #database: Database;
  readonly #room: string;
  readonly #model = new RoomModel();
  readonly #asked: { by: Member; nonce: string; wish: Wish }[] = [];
  #limit = 4;
  #ledger: Ledger;
  #clock = 1_000;

  constructor(database: Database, room: string) {
    this.#database = database;
    this.#room = room;
    this.#ledger = this.#load();
  }

  take(step: LogStep): void {
    const model = this.#model;
    switch (step.do) {
      case "reload":
        this.#limit = step.limit;
        model.sleep();
        this.#ledger = this.#load();
        return;
      case "repeat": {
        const again = this.#asked[step.command % (this.#asked.length || 1)];
        // What a nonce that is not kept any more means is nobody's promise.
        if (!again || !model.knows(again.by, again.nonce)) return;
        return this.#ask(again.by, { ...again, retry: step.retry });
      }
    }
    const by = one(PEOPLE, step.who);
    const nonce = `n${this.#asked.length}`;
    if (step.do === "purge") {
      const said = model.events[(step.since ?? 0) % (model.head || 1)];
      const since = step.since && said && { since: said.at };
      const wish = {
        type: "moderate",
        action: "purge",
        member: by.id,
      } as const;
      return this.#ask(MODERATOR, { nonce, wish: { ...wish, ...since } });
    }
    const ids = step.mentions?.map((index) => one(PEOPLE, index).id);
    const mentions = ids && { mentions: [...new Set(ids)] };
    if (step.do === "send") {
      const replyTo = step.replyTo && {
        replyTo: 1 + (step.replyTo % (model.head + 1)),
      };
      const text = `send ${nonce}`;
      const wish: Wish = { type: "send", text, ...replyTo, ...mentions };
      return this.#ask(by, { nonce, wish });
    }
    const seq = recent(model, step.target);
    const wishes = {
      edit: { type: "edit", seq, text: `edit ${nonce}`, ...mentions },
      delete: { type: "delete", seq },
      react: { type: "react", seq, emoji: "👍", on: step.on },
    } as const;
    this.#ask(by, { nonce, wish: wishes[step.do] });
  }

  /** Every cursor is resumed or refused for its reason, and every page is what is left. */
  compare(): void {
    const model = this.#model;
    const reader = PEOPLE[0]?.id ?? "";
    const newest = model.page(reader, { limit: 50 }).messages;
    expect(
      this.#database.all("SELECT member, seq FROM mentions ORDER BY 2, 1"),
    ).toEqual(
      newest.flatMap(({ seq, author, mentions = [] }) =>
        mentions
          .filter(({ id }) => id !== author.id)
          .map(({ id: member }) => ({ member, seq }))
          .sort((a, b) => (a.member < b.member ? -1 : 1)),
      ),
    );
    for (let after = 0; after <= model.head + 1; after++) {
      const { events, cursor } = this.#greet(after);
      const [welcome, ...rest] = events;
      const live = rest.pop();
      const reason =
        after > model.head
          ? { reason: "cursor" }
          : after < model.oldest - 1 && { reason: "trimmed" };
      expect(welcome).toMatchObject({
        head: model.head,
        oldest: model.oldest,
        resumed: !reason,
        ...reason,
      });
      expect(live).toEqual({ type: "live", head: model.head });
      expect(cursor).toBe(reason ? model.head : after);
      expect(rest).toEqual(reason ? newest : model.replay(after));
      if (reason) continue;
      const replica = Replica.of(model.events.slice(0, after));
      for (const event of model.replay(after)) replica.apply(event);
      expect(
        replica.messages(reader).filter(({ seq }) => seq >= model.oldest),
      ).toEqual(newest);
    }
  }

  #greet(after: number): { events: unknown[]; cursor: number } {
    const [you] = PEOPLE;
    if (!you) throw new Error("Nobody is there");
    const { entries, cursor } = new Greeter(this.#ledger.log).greet({
      project: "p",
      room: this.#room,
      epoch: "e",
      you: { ...you, session: "s" },
      members: undefined,
      online: 1,
      historyLimit: this.#limit,
      rate: "off",
      settings: {},
      cursor: { epoch: "e", after },
    });
    const encoded = Array.from(entries, (entry) => entry.encoded).join(",");
    return { events: JSON.parse(`[${encoded}]`), cursor };
  }

  #ask(
    by: Member,
    asked: { nonce: string; wish: Wish; retry?: boolean },
  ): void {
    const { nonce, wish, retry = false } = asked;
    const verdict = this.#model.judge(by, nonce, wish);
    const outcome = append(this.#ledger, {
      by,
      command: { ...wish, nonce, retry },
      now: this.#tick(),
      full: false,
    });
    this.#asked.push({ by, nonce, wish });
    if (outcome.kind === "refused") {
      expect(verdict).toEqual({ kind: "refused", code: outcome.problem.code });
      return;
    }
    const event = JSON.parse(outcome.event.encoded);
    expect(outcome.kind).toBe(verdict.kind);
    if (verdict.kind === "repeated") expect(event).toEqual(verdict.event);
    if (verdict.kind !== "appended") return;
    expect(event).toEqual({ ...verdict.event, at: event.at });
    expect(event.at).toBeGreaterThanOrEqual(this.#model.lastAt);
    this.#model.append(by, { wish, event });
    if (wish.type === "send") this.#model.retain(this.#limit);
  }

  /** A clock that jumps back and forth. */
  #tick(): number {
    this.#clock += this.#asked.length % 3 === 0 ? -700 : 500;
    return this.#clock;
  }

  #load(): Ledger {
    const options = { room: this.#room, historyLimit: this.#limit };
    return ledgerOf(this.#database, options);
  }
}

function often<Shape extends object>(
  weight: number,
  shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> },
) {
  return { weight, arbitrary: fc.record(shape) };
}

function kind<const Kind extends string>(name: Kind) {
  return fc.constant(name);
}

function one<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError("Cannot pick: there is none");
  return item;
}
