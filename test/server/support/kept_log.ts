/** A log that keeps a handful of messages, taken through random steps next to its model. */
import { expect } from "vitest";
import type { Member } from "../../../src/protocol/mod.ts";
import { append } from "../../../src/server/room/append.ts";
import type { RoomStore } from "../../../src/server/room/room_store.ts";
import { Welcomer } from "../../../src/server/room/welcome.ts";
import type { Database } from "../../../src/server/storage/database.ts";
import { RoomModel, type Wish } from "./model.ts";
import { Replica } from "./replica.ts";
import { roomStoreOf } from "./room_store.ts";
import { one, recent } from "./steps.ts";

/** What may happen next. */
export type LogStep =
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

/** The log and its model. */
export class KeptLog {
  readonly #database: Database;
  readonly #room: string;
  readonly #model = new RoomModel();
  readonly #asked: { by: Member; nonce: string; wish: Wish }[] = [];
  #limit = 4;
  #store: RoomStore;
  #clock = 1_000;

  constructor(database: Database, room: string) {
    this.#database = database;
    this.#room = room;
    this.#store = this.#load();
  }

  take(step: LogStep): void {
    const model = this.#model;
    switch (step.do) {
      case "reload":
        this.#limit = step.limit;
        model.sleep();
        this.#store = this.#load();
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
      const { events, cursor } = this.#welcome(after);
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

  #welcome(after: number): { events: unknown[]; cursor: number } {
    const [you] = PEOPLE;
    if (!you) throw new Error("Nobody is there");
    const { entries, cursor } = new Welcomer(this.#store.log).welcome({
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
    const outcome = append(this.#store, {
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

  #load(): RoomStore {
    const options = { room: this.#room, historyLimit: this.#limit };
    return roomStoreOf(this.#database, options);
  }
}
