/** Two projects with people in them, taken through random steps next to their models. */
import { expect } from "vitest";
import type { LogEvent, Member } from "../../../src/protocol/mod.ts";
import { type ConnectOptions, newProject, TestMember } from "./member.ts";
import { Replica, RoomModel, type Wish } from "./model.ts";
import { evict, statsOf } from "./project.ts";
import { isLogEvent, Reader } from "./reader.ts";

/** A number stands for the person, reader or place that it is taken modulo of. */
type Index = number;

/** What may happen next. */
export type Step =
  | { do: "join"; who: Index; place: Index }
  | {
      do: "send";
      reader: Index;
      text: string;
      replyTo: Index | undefined;
      mentions: Index[] | undefined;
    }
  | { do: "repeat" | "conflict"; reader: Index; command: Index; retry: boolean }
  | {
      do: "edit" | "delete" | "react";
      reader: Index;
      target: Index;
      text: string;
      emoji: string;
      on: boolean;
      mentions: Index[] | undefined;
    }
  | ({ do: "burst" } & Burst)
  | { do: "page"; reader: Index; before: Index | undefined; limit: number }
  | { do: "drop"; reader: Index }
  | { do: "resume"; reader: Index; back: Index | undefined }
  | { do: "lose"; reader: Index; text: string; evict: boolean }
  | { do: "misresume"; who: Index; place: Index; above: number | undefined }
  | { do: "evict"; place: Index };

interface Burst {
  place: Index;
  /** Messages that each session sends. */
  count: number;
  /** Whether each message is sent twice. */
  twice: boolean;
  evict: boolean;
  /** Who joins meanwhile. */
  joiner: Index | undefined;
}

const BACKFILL = 50;
const MAX_OPEN = 6;
const NICKNAMES = ["철수", "영희", "Bob"];

/** A room of a project, and what is expected of it. */
interface Place {
  readonly project: string;
  readonly room: string;
  readonly model: RoomModel;
  /** Commands that were asked here, to ask them again. */
  readonly asked: { by: Member; nonce: string; wish: Wish }[];
}

/** A connection that is open, or was. */
interface Seat {
  readonly place: Place;
  readonly reader: Reader;
  readonly who: number;
}

/** Two projects, three rooms, three people, and what has happened among them. */
export class World {
  readonly #places: readonly Place[];
  readonly #tokens = new Map<string, string>();
  readonly #stayers: { place: Place; reader: Reader; nickname: string }[] = [];
  readonly #open: Seat[] = [];
  readonly #left: Seat[] = [];
  #nonces = 0;

  constructor() {
    const [one, other] = [newProject(), newProject()];
    this.#places = [
      { project: one, room: "lobby" },
      { project: one, room: "둘째" },
      { project: other, room: "lobby" },
    ].map((place) => ({ ...place, model: new RoomModel(), asked: [] }));
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case "join":
        return this.#join(step);
      case "evict":
        return this.#evict(one(this.#places, step.place));
      case "burst":
        return this.#burst(step);
      case "resume":
        return this.#resume(step);
      case "misresume":
        return this.#misresume(step);
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
    for (const { reader, place } of [...this.#stayers, ...this.#open]) {
      await reader.sync();
      this.#compare(reader, place);
    }
    for (const place of this.#places) {
      const { model } = place;
      const reader = await this.#connect(0, place, { after: 0 });
      expect(reader.member.backfill).toEqual(model.replay(0));
      this.#compare(reader, place);
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
    for (const { reader } of [...this.#stayers, ...this.#open]) {
      reader.member.close();
    }
  }

  #compare(reader: Reader, { model }: Place): void {
    const { id } = reader.member;
    expect(reader.replica.cursor).toBe(model.head);
    expect(reader.replica.messages(id)).toEqual(model.replica.messages(id));
  }

  async #join(step: { who: number; place: number }): Promise<void> {
    if (this.#open.length >= MAX_OPEN) return;
    const place = one(this.#places, step.place);
    const { model } = place;
    const reader = await this.#connect(step.who, place);
    const { welcome, backfill, id } = reader.member;
    expect(welcome).toMatchObject({
      head: model.head,
      oldest: model.oldest,
      resumed: false,
    });
    expect(backfill).toEqual(model.page(id, { limit: BACKFILL }).messages);
    this.#sit({ reader, place, who: step.who });
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
    const reader = await this.#connect(who, place, { after, replica });
    expect(reader.member.backfill).toEqual(model.replay(after));
    this.#compare(reader, place);
    this.#sit({ reader, place, who });
  }

  async #misresume(step: {
    who: number;
    place: number;
    above: number | undefined;
  }): Promise<void> {
    const place = one(this.#places, step.place);
    const { model } = place;
    const { epoch } = (await this.#stayer(step.who, place)).member.welcome;
    const cursor = step.above
      ? { epoch, after: model.head + step.above }
      : { epoch: "another", after: 0 };
    const member = await this.#member(step.who, place, cursor);
    const { resumed, reason, head } = member.welcome;
    expect({ resumed, reason, head }).toEqual({
      resumed: false,
      reason: step.above ? "cursor" : "epoch",
      head: model.head,
    });
    expect(member.backfill).toEqual(
      model.page(member.id, { limit: BACKFILL }).messages,
    );
    member.close();
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
        this.#append(place, { by, wish, event: answer });
    }
  }

  #append(
    { model }: Place,
    entry: { by: Member; wish: Wish; event: LogEvent },
  ): void {
    expect(entry.event.at).toBeGreaterThanOrEqual(model.lastAt);
    model.append(entry.by, entry);
  }

  /** Everybody in a room sends at once, nobody waits, and the room has to put it in order. */
  async #burst(step: Burst): Promise<void> {
    const place = one(this.#places, step.place);
    const seats = this.#open.filter((seat) => seat.place === place);
    const [first] = seats;
    if (!first) return;
    if (step.joiner !== undefined) await this.#stayer(step.joiner, place);
    await first.reader.sync();
    first.reader.news.length = 0;
    const sent = new Map<string, { by: Member; wish: Wish; row: string[] }>();
    const rows: string[][] = [];
    for (const { reader } of seats) {
      const row: string[] = [];
      rows.push(row);
      for (let index = 0; index < step.count; index++) {
        const nonce = this.#nonce();
        const wish: Wish = { type: "send", text: `burst ${nonce}` };
        sent.set(nonce, { by: memberOf(reader), wish, row });
        row.push(nonce);
        reader.post(wish, { nonce });
        if (step.twice) reader.post(wish, { nonce });
      }
    }
    const joining =
      step.joiner !== undefined &&
      this.#connect(step.joiner, place, { after: 0 });
    if (step.evict) await this.#evict(place);
    for (const { reader } of seats) await reader.sync();
    const order = first.reader.news.map(({ nonce }) => nonce);
    for (const row of rows) {
      expect(order.filter((nonce) => row.includes(nonce))).toEqual(row);
    }
    expect(order.length).toBe(sent.size);
    for (const event of first.reader.news) {
      const { by, wish } = sent.get(event.nonce) ?? {};
      if (!by || wish?.type !== "send") throw new Error("Nobody sent this");
      expect(event).toEqual({
        type: "message",
        seq: place.model.head + 1,
        nonce: event.nonce,
        at: event.at,
        author: by,
        text: wish.text,
      });
      this.#append(place, { by, wish, event });
      place.asked.push({ by, nonce: event.nonce, wish });
    }
    if (joining) {
      const reader = await joining;
      await reader.sync();
      this.#compare(reader, place);
      reader.member.close();
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
    if (step.evict) await this.#evict(place);
    const { replica } = old;
    const after = replica.cursor;
    const reader = await this.#connect(who, place, { after, replica });
    const answer = await reader.ask(wish, { nonce, retry: true });
    if (!isLogEvent(answer)) throw new Error(JSON.stringify(answer));
    expect(answer).toEqual({ ...verdict.event, at: answer.at });
    const by = memberOf(reader);
    this.#append(place, { by, wish, event: answer });
    place.asked.push({ by, nonce, wish });
    await reader.sync();
    this.#compare(reader, place);
    this.#sit({ reader, place, who });
  }

  /** Closes without a look at what has arrived. */
  #drop(seat: Seat): void {
    seat.reader.member.close(1000);
    this.#open.splice(this.#open.indexOf(seat), 1);
    this.#left.push(seat);
  }

  /** Takes the object out of memory; it must run for that. */
  async #evict({ project }: Place): Promise<void> {
    await statsOf(project);
    await evict(project);
    for (const place of this.#places) {
      if (place.project === project) place.model.sleep();
    }
  }

  /** A reader who picks up `replica` at its cursor, or who takes a snapshot. */
  async #connect(
    who: number,
    place: Place,
    from?: { after: number; replica?: Replica },
  ): Promise<Reader> {
    if (!from) {
      const member = await this.#member(who, place);
      // Its snapshot is compared with the model's; what is not seen of it is the model's.
      return new Reader(member, Replica.of(place.model.events));
    }
    const { replica = new Replica(), after } = from;
    const { epoch } = (await this.#stayer(who, place)).member.welcome;
    const member = await this.#member(who, place, { epoch, after });
    const reader = new Reader(member, replica);
    expect(member.welcome.resumed).toBe(true);
    const { backfill, welcome } = member;
    for (const event of backfill) replica.apply(event);
    expect(replica.cursor).toBe(welcome.head);
    return reader;
  }

  /**
   * The reader who never leaves: everybody has one in each room. It also spares an
   * eviction the wait for the moment in which somebody who left may come back.
   */
  async #stayer(who: number, place: Place): Promise<Reader> {
    const nickname = one(NICKNAMES, who);
    const known = this.#stayers.find(
      (seat) => seat.place === place && seat.nickname === nickname,
    );
    if (known) return known.reader;
    const token = this.#tokens.get(`${place.project} ${nickname}`) ?? "";
    const { project, room } = place;
    const member = await TestMember.join({ project, room, nickname, token });
    this.#tokens.set(`${project} ${nickname}`, member.token);
    const reader = new Reader(member, Replica.of(place.model.events));
    this.#stayers.push({ place, reader, nickname });
    place.model.here = [...place.model.here, memberOf(reader)];
    return reader;
  }

  async #member(
    who: number,
    place: Place,
    cursor: Pick<ConnectOptions, "epoch" | "after"> = {},
  ): Promise<TestMember> {
    const { project, room } = place;
    const { id, token, welcome } = (await this.#stayer(who, place)).member;
    const member = await TestMember.join({ project, room, token, ...cursor });
    expect(member.welcome).toMatchObject({
      project,
      room,
      epoch: welcome.epoch,
      you: { id, nickname: one(NICKNAMES, who) },
    });
    return member;
  }

  #sit(seat: Seat): void {
    this.#open.push(seat);
  }

  #nonce(): string {
    return `n${++this.#nonces}`;
  }
}

/** Mostly one of the newest messages, sometimes what is none, or not yet. */
export function recent(model: RoomModel, index: number): number {
  const messages = model.page("", { limit: 3 }).messages;
  if (index % 7 > 0) return messages.at(-1 - (index % 3))?.seq ?? 1;
  return Math.max(1, model.head + 1 - (index % 5));
}

function one<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError("Cannot pick: there is none");
  return item;
}

function memberOf({ member }: Reader): Member {
  const { id, nickname, role, guest } = member.welcome.you;
  return { id, nickname, role, guest };
}
