/** Two projects with people in them, taken through random steps next to their models. */
import { expect } from "vitest";
import { BACKFILL_SIZE } from "../../../src/protocol/mod.ts";
import { burst } from "./burst.ts";
import type { Wish } from "./model.ts";
import { People } from "./people.ts";
import {
  compare,
  createPlaces,
  evictAll,
  memberOf,
  note,
  type Place,
  type Seat,
} from "./places.ts";
import { isLogEvent } from "./reader.ts";
import { Replica } from "./replica.ts";
import { type Index, one, recent, type Step } from "./steps.ts";

const MAX_OPEN = 6;

/** Two projects, three rooms, three people, and what has happened among them. */
export class World {
  readonly #places = createPlaces();
  readonly #people = new People();
  readonly #open: Seat[] = [];
  readonly #left: Seat[] = [];
  #nonces = 0;

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case "join":
        return this.#join(step);
      case "evict":
        return evictAll(this.#places, one(this.#places, step.place));
      case "burst": {
        const place = one(this.#places, step.place);
        return burst(
          this.#open.filter((seat) => seat.place === place),
          {
            ...{ place, step, people: this.#people },
            nonce: () => this.#nonce(),
            evict: () => evictAll(this.#places, place),
          },
        );
      }
      case "resume":
        return this.#resume(step);
      case "misresume":
        return this.#people.misresume(step, one(this.#places, step.place));
    }
    if (this.#open.length === 0) return;
    const seat = one(this.#open, step.reader);
    const { model, asked } = seat.place;
    switch (step.do) {
      case "send": {
        const replyTo = step.replyTo && { replyTo: step.replyTo % 9 || 1 };
        const mentions = this.#meant(seat.place, step.mentions);
        const { text } = step;
        return this.#ask(seat, { type: "send", text, ...replyTo, ...mentions });
      }
      case "edit":
      case "delete":
      case "react": {
        const seq = recent(model, step.target);
        const { do: type, text, emoji, on } = step;
        if (type === "edit") {
          const mentions = this.#meant(seat.place, step.mentions);
          return this.#ask(seat, { type, seq, text, ...mentions });
        }
        if (type === "delete") return this.#ask(seat, { type, seq });
        return this.#ask(seat, { type, seq, emoji, on });
      }
      case "repeat":
      case "conflict": {
        if (asked.length === 0) return;
        const { nonce, wish } = one(asked, step.command);
        // What the room told of it live is not the answer to its repetition.
        await seat.reader.sync();
        const other: Wish = { type: "send", text: `not ${nonce}` };
        const again = step.do === "repeat" ? wish : other;
        return this.#ask(seat, again, { nonce, retry: step.retry });
      }
      case "page": {
        const before = step.before && 1 + (step.before % (model.head + 2));
        const range = { limit: step.limit, ...(before && { before }) };
        const { messages, more } = await seat.reader.page(range);
        expect({ messages, more }).toEqual(
          model.page(seat.reader.member.id, range),
        );
        return;
      }
      case "drop":
        return this.#drop(seat);
      case "lose":
        return this.#lose(seat, step);
    }
  }

  /** Who a step's message means: some who are here, or nobody that anybody knows. */
  #meant(place: Place, who: Index[] | undefined): { mentions?: string[] } {
    const ids = [...place.model.here.map(({ id }) => id), "g_nobody"];
    return who ? { mentions: [...new Set(who.map((i) => one(ids, i)))] } : {};
  }

  /** Everybody who is here, and somebody who reads it all for the first time, agree. */
  async settle(): Promise<void> {
    for (const { reader, place } of [...this.#people.stayers, ...this.#open]) {
      await reader.sync();
      compare(reader, place);
    }
    for (const place of this.#places) {
      const { model } = place;
      const reader = await this.#people.connect(0, place, { after: 0 });
      expect(reader.member.backfill).toEqual(model.replay(0));
      compare(reader, place);
      const whole = model.page(reader.member.id, { limit: 1e9 }).messages;
      const paged = [];
      let before = model.head + 1;
      for (let more = model.head > 0; more; ) {
        const page = await reader.page({ before, limit: 7 });
        paged.unshift(...page.messages);
        before = page.messages[0]?.seq ?? 0;
        more = page.more;
      }
      expect(paged).toEqual(whole);
      expect(model.events.map(({ seq }) => seq)).toEqual(
        Array.from(model.events, (_, index) => index + 1),
      );
      reader.member.close();
    }
    for (const { reader } of [...this.#people.stayers, ...this.#open]) {
      reader.member.close();
    }
  }

  async #join(step: { who: number; place: number }): Promise<void> {
    if (this.#open.length >= MAX_OPEN) return;
    const place = one(this.#places, step.place);
    const { model } = place;
    const reader = await this.#people.connect(step.who, place);
    const { welcome, backfill, id } = reader.member;
    expect(welcome).toMatchObject({
      head: model.head,
      oldest: model.oldest,
      resumed: false,
    });
    expect(backfill).toEqual(model.page(id, { limit: BACKFILL_SIZE }).messages);
    this.#open.push({ reader, place, who: step.who });
  }

  async #resume(step: { reader: number; back: number | undefined }) {
    if (this.#left.length === 0) return;
    const seat = one(this.#left, step.reader);
    this.#left.splice(this.#left.indexOf(seat), 1);
    const { reader: old, place, who } = seat;
    const { model } = place;
    const { cursor } = old.replica;
    const earlier = step.back && cursor - (step.back % (cursor + 1));
    const replica =
      earlier === undefined
        ? old.replica
        : Replica.of(model.events.slice(0, earlier));
    const after = replica.cursor;
    const reader = await this.#people.connect(who, place, { after, replica });
    expect(reader.member.backfill).toEqual(model.replay(after));
    compare(reader, place);
    this.#open.push({ reader, place, who });
  }

  async #ask(
    seat: Seat,
    wish: Wish,
    options: { nonce: string; retry?: boolean } = { nonce: this.#nonce() },
  ): Promise<void> {
    const { reader, place } = seat;
    const by = memberOf(reader);
    const verdict = place.model.judge(by, options.nonce, wish);
    const answer = await reader.ask(wish, options);
    place.asked.push({ by, nonce: options.nonce, wish });
    switch (verdict.kind) {
      case "refused":
        expect(answer).toMatchObject({ type: "error", code: verdict.code });
        return;
      case "repeated":
        expect(answer).toEqual(verdict.event);
        return;
      case "appended":
        if (!isLogEvent(answer)) throw new Error(JSON.stringify(answer));
        expect(answer).toEqual({ ...verdict.event, at: answer.at });
        note(place, { by, wish, event: answer });
    }
  }

  /** A command's answer is lost with its socket; its sender comes back and repeats it. */
  async #lose(
    seat: Seat,
    step: { text: string; evict: boolean },
  ): Promise<void> {
    const { reader: old, place, who } = seat;
    const { model } = place;
    const nonce = this.#nonce();
    const wish: Wish = { type: "send", text: step.text };
    const verdict = model.judge(memberOf(old), nonce, wish);
    if (verdict.kind !== "appended") throw new Error("A new nonce is new");
    old.post(wish, { nonce });
    this.#drop(seat);
    this.#left.splice(this.#left.indexOf(seat), 1);
    if (step.evict) await evictAll(this.#places, place);
    const { replica } = old;
    const after = replica.cursor;
    const reader = await this.#people.connect(who, place, { after, replica });
    const answer = await reader.ask(wish, { nonce, retry: true });
    if (!isLogEvent(answer)) throw new Error(JSON.stringify(answer));
    expect(answer).toEqual({ ...verdict.event, at: answer.at });
    const by = memberOf(reader);
    note(place, { by, wish, event: answer });
    place.asked.push({ by, nonce, wish });
    await reader.sync();
    compare(reader, place);
    this.#open.push({ reader, place, who });
  }

  /** Closes without a look at what has arrived. */
  #drop(seat: Seat): void {
    seat.reader.member.close(1000);
    this.#open.splice(this.#open.indexOf(seat), 1);
    this.#left.push(seat);
  }

  #nonce(): string {
    return `n${++this.#nonces}`;
  }
}
