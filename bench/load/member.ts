/** One member with one connection: joins, talks, listens and acknowledges as a real client does. */
import { Connection } from "./connection.ts";
import type { Dialect, Place, Signal } from "./dialect.ts";
import { Inflater } from "./inflater.ts";
import type { Ledger, Page } from "./ledger.ts";
import { makeText } from "./text.ts";

/** What all members of a run share. */
export interface Company {
  readonly port: number;
  readonly dialect: Dialect;
  readonly ledger: Ledger;
  readonly textBytes: number;
  readonly headers: Readonly<Record<string, string>>;
  decode(payload: Buffer, reader: Reader): readonly Signal[];
}

/** Who reads a frame. */
export interface Reader {
  readonly place: Place;
  readonly nickname: string;
}

/** A member's number in its place, and the place's. */
export interface Seat {
  readonly place: number;
  readonly member: number;
}

export class Member implements Reader {
  readonly place: Place;
  readonly nickname: string;
  readonly page: Page = { next: [], seq: undefined };
  /** Called when its own message came back; by who inflates for all, for theirs too. */
  onHeard: ((sender: number) => void) | undefined;
  /** Called when a page of history came. */
  onPage: (() => void) | undefined;
  /** Frames that were compressed and only counted. */
  counted = 0;
  readonly #company: Company;
  readonly #seat: Seat;
  #listens = true;
  #isIn = false;
  readonly #connection: Connection;
  readonly #inflater: Inflater | undefined;
  #inflates = false;
  #welcomed: (() => void) | undefined;
  #unacked = 0;

  constructor(company: Company, options: { seat: Seat; place: Place }) {
    this.#company = company;
    this.#seat = options.seat;
    this.place = options.place;
    this.nickname = `m${options.seat.member}`;
    this.#connection = new Connection({
      text: (payload, { compressed }) =>
        compressed ? this.#readCompressed(payload) : this.#read(payload),
      closed: () => this.#end(),
    });
    // Inflating is dear, and the load must stay cheap: one member of a place does it for all.
    if (options.seat.member === 0) {
      this.#inflater = new Inflater((payload) => this.#read(payload));
    }
  }

  /** Messages that were sent in its place and have not come to it. */
  get missing(): number {
    if (!this.#listens) return 0;
    const { ledger } = this.#company;
    return ledger.missing(this.#seat.place, this.page) - this.counted;
  }

  /** Connects and waits until it is in. */
  async join(): Promise<void> {
    const { dialect, port, headers } = this.#company;
    const welcomed = new Promise<void>((resolve) => {
      this.#welcomed = resolve;
    });
    await this.#connection.open({
      port,
      path: dialect.path(this.place, this.nickname),
      headers: { ...dialect.headers, ...headers },
    });
    if (dialect.welcomes) await welcomed;
    this.#isIn = true;
  }

  /** Says the next thing. */
  say(): void {
    const { ledger, dialect, textBytes } = this.#company;
    const sender = this.#seat.member;
    const n = ledger.send(this.#seat.place, sender);
    this.#connection.send(dialect.send(makeText({ sender, n }, textBytes), n));
  }

  /** Asks for messages older than `before`. */
  askPage(before: number): void {
    const frame = this.#company.dialect.askPage?.(before);
    if (frame !== undefined) this.#connection.send(frame);
  }

  /** Stops reading for good. */
  fallAsleep(): void {
    this.#listens = false;
    this.#connection.pause();
  }

  leave(): void {
    this.#listens = false;
    this.#connection.close();
  }

  #end(): void {
    if (this.#listens) this.#company.ledger.faults.closed++;
    this.#welcomed?.();
  }

  #readCompressed(payload: Buffer): void {
    if (this.#inflater) {
      this.#inflates = true;
      return this.#inflater.push(payload);
    }
    this.counted++;
    this.#company.ledger.deliveries++;
  }

  #read(payload: Buffer): void {
    if (!this.#listens) return;
    for (const signal of this.#company.decode(payload, this)) {
      this.#take(signal);
    }
    this.#acknowledge(payload.length);
  }

  #take(signal: Signal): void {
    switch (signal.type) {
      case "message":
        // What comes before the welcome is complete is history.
        if (this.#isIn || !this.#company.dialect.welcomes) this.#hear(signal);
        return;
      case "accepted":
        return this.#hear({ sender: this.#seat.member, n: signal.n });
      case "ready":
        // It comes again when somebody who fell behind is level.
        if (!this.#isIn) this.page.seq = signal.head;
        this.#isIn = true;
        return this.#welcomed?.();
      case "reply":
        return this.#connection.send(signal.frame);
      case "page":
        return this.onPage?.();
      case "refused":
        this.#company.ledger.faults.refused++;
    }
  }

  #hear(message: { sender: number; n: number; seq?: number }): void {
    const { place, member } = this.#seat;
    this.#company.ledger.deliver(this.page, { place, ...message });
    if (this.#inflates || message.sender === member) {
      this.onHeard?.(message.sender);
    }
  }

  /** Tells the server how far it has read, after as many bytes as our own client does. */
  #acknowledge(bytes: number): void {
    const { dialect } = this.#company;
    if (!dialect.ackEvery || !dialect.ack || this.page.seq === undefined)
      return;
    this.#unacked += bytes;
    if (this.#unacked < dialect.ackEvery) return;
    this.#unacked = 0;
    this.#connection.send(dialect.ack(this.page.seq));
  }
}
