/** What a room must be: the simplest thing that could be right, to compare the real one with. */
import type {
  Edited,
  LogEvent,
  Member,
  Mention,
  Message,
  Reacted,
} from "../../../src/protocol/mod.ts";
import { Replica } from "./replica.ts";

const KNOWN_AUTHORS = 100;

/** What a member asks for, without the nonce and the mark of a retry. */
export type Wish =
  | { type: "send"; text: string; replyTo?: number; mentions?: string[] }
  | { type: "edit"; seq: number; text: string; mentions?: string[] }
  | { type: "delete"; seq: number }
  | { type: "react"; seq: number; emoji: string; on: boolean }
  | { type: "moderate"; action: "purge"; member: string; since?: number };

/** What must come of a wish; `at` is the clock's and not the model's. */
export type Verdict =
  | { kind: "appended"; event: object }
  | { kind: "repeated"; event: LogEvent }
  | { kind: "refused"; code: string };

/** One room: what it was told, in order, and what it must answer. */
export class RoomModel {
  /** As they were told live. */
  readonly events: LogEvent[] = [];
  /** The reader who never left. */
  readonly replica = new Replica();
  /** Messages below it are not kept. */
  oldest = 1;
  /** Who is here, and may be meant. */
  here: readonly Member[] = [];
  readonly #asked = new Map<string, { seq: number; wish: string }>();
  /** Answers to what changed nothing: in no log, and gone when the room sleeps. */
  readonly #answers = new Map<string, { event: Reacted; wish: string }>();

  get head(): number {
    return this.events.length;
  }

  get lastAt(): number {
    return this.events.at(-1)?.at ?? 0;
  }

  /** What must come of `wish`. */
  judge(by: Member, nonce: string, wish: Wish): Verdict {
    const asked = this.#asked.get(`${by.id} ${nonce}`);
    const known = asked && this.events[asked.seq - 1];
    if (known && known.seq >= this.oldest) {
      return asked.wish === JSON.stringify(wish)
        ? { kind: "repeated", event: this.now(known) }
        : { kind: "refused", code: "nonce_conflict" };
    }
    const answered = this.#answers.get(`${by.id} ${nonce}`);
    if (answered && answered.event.seq >= this.oldest) {
      return answered.wish === JSON.stringify(wish)
        ? { kind: "repeated", event: answered.event }
        : { kind: "refused", code: "nonce_conflict" };
    }
    const seq = this.head + 1;
    if (wish.type === "send") {
      const { replyTo } = wish;
      if (replyTo !== undefined && !this.kept(replyTo)) {
        return { kind: "refused", code: "not_found" };
      }
      const mentions = this.#meant(wish.mentions ?? []);
      if (!mentions) return { kind: "refused", code: "not_found" };
      const event = { ...wish, type: "message", seq, nonce, author: by };
      return { kind: "appended", event: meaning(event, { mentions }) };
    }
    if (wish.type === "moderate") {
      const { member: id } = wish;
      const said = this.replica
        .messages("")
        .findLast(({ author, seq }) => author.id === id && this.kept(seq));
      const nickname = said?.author.nickname ?? id;
      const act = { ...wish, type: "moderated", member: { id, nickname } };
      return { kind: "appended", event: { ...act, seq, nonce, by } };
    }
    const target = this.kept(wish.seq);
    if (!target || target.deleted) {
      return { kind: "refused", code: "not_found" };
    }
    if (wish.type !== "react" && target.author.id !== by.id) {
      return { kind: "refused", code: "forbidden" };
    }
    if (wish.type === "react" && this.replica.stands(wish, by.id) === wish.on) {
      const { emoji, on } = wish;
      const place = { seq: this.head, at: this.lastAt, target: wish.seq };
      const event = {
        type: "reacted",
        ...place,
        nonce,
        by,
        emoji,
        on,
      } as const;
      const answer = { event, wish: JSON.stringify(wish) };
      this.#answers.set(`${by.id} ${nonce}`, answer);
      return { kind: "repeated", event };
    }
    const type = PAST[wish.type];
    const change = { ...wish, type, seq, nonce, by, target: wish.seq };
    if (wish.type === "react" && !wish.on) {
      const names = this.replica.namesWithout(wish, by.id);
      const left = names.length > 0 && { names };
      return { kind: "appended", event: { ...change, ...left } };
    }
    if (wish.type !== "edit") return { kind: "appended", event: change };
    const { mentions: _, ...edit } = { mentions: [], ...change };
    if (!wish.mentions) return { kind: "appended", event: edit };
    const mentions = this.#meant(wish.mentions, target.mentions);
    if (!mentions) return { kind: "refused", code: "not_found" };
    const former = (target.mentions ?? []).map(({ id }) => id);
    const isChanged = former.join() !== wish.mentions.join();
    const event = isChanged ? { ...edit, mentions } : edit;
    return { kind: "appended", event };
  }

  /** Those whom `ids` name, if all are known: were meant before, are here or have written. */
  #meant(
    ids: readonly string[],
    before: readonly Mention[] = [],
  ): Mention[] | undefined {
    const authors = this.replica
      .messages("")
      .filter(({ seq }) => seq >= this.oldest)
      .slice(-KNOWN_AUTHORS)
      .reverse()
      .map(({ author }) => author);
    const known = [...before, ...this.here, ...authors];
    const found = ids.map((id) => known.find((member) => member.id === id));
    return found.every((member) => member !== undefined)
      ? found.map(({ id, nickname }) => ({ id, nickname }))
      : undefined;
  }

  /** The room was taken out of memory. */
  sleep(): void {
    this.#answers.clear();
  }

  /** Whether a nonce's first command is still in the log. */
  knows(by: Member, nonce: string): boolean {
    const asked = this.#asked.get(`${by.id} ${nonce}`);
    return asked !== undefined && asked.seq >= this.oldest;
  }

  /** Takes the event that came of a wish that was to be appended. */
  append(by: Member, options: { wish: Wish; event: LogEvent }): void {
    const { wish, event } = options;
    this.events.push(event);
    this.replica.apply(event);
    this.#asked.set(`${by.id} ${event.nonce}`, {
      seq: event.seq,
      wish: JSON.stringify(wish),
    });
  }

  /** The event as a replay has it: with the text that its message has now. */
  now(event: LogEvent): LogEvent {
    if (event.type === "message") return this.kept(event.seq) ?? event;
    if (event.type !== "edited") return event;
    const target = this.kept(event.target);
    const edited: Edited = {
      ...event,
      text: target?.text ?? "",
      ...(event.mentions && { mentions: target?.mentions ?? [] }),
    };
    return edited;
  }

  /** What a resume after `cursor` replays. */
  replay(cursor: number): LogEvent[] {
    return this.events.slice(cursor).map((event) => this.now(event));
  }

  /** What a page must hold. */
  page(
    reader: string,
    options: { before?: number; limit: number },
  ): { messages: Message[]; more: boolean } {
    const { before = Number.POSITIVE_INFINITY, limit } = options;
    const older = this.replica
      .messages(reader)
      .filter(({ seq }) => seq < before && seq >= this.oldest);
    return { messages: older.slice(-limit), more: older.length > limit };
  }

  /** The message `seq` if it is there and retained. */
  kept(seq: number): Message | undefined {
    return seq >= this.oldest ? this.replica.message(seq) : undefined;
  }

  /** Drops all but the newest `limit` messages. */
  retain(limit: number): void {
    const all = this.replica.messages("");
    // What came before the first message goes when that message goes.
    if (all.length <= limit) return;
    this.oldest = Math.max(this.oldest, all.at(-limit)?.seq ?? 0);
  }
}

/** The message with other mentions; those of nobody are no field. */
function meaning<Content extends { mentions?: unknown }>(
  message: Content,
  { mentions }: { mentions: readonly Mention[] },
) {
  const { mentions: _, ...rest } = message;
  return mentions.length > 0 ? { ...rest, mentions } : rest;
}

const PAST = { edit: "edited", delete: "deleted", react: "reacted" } as const;
