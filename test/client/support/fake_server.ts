/** A room that obeys the wire contract, as far as a client can tell. */
import type {
  LogEvent,
  Member,
  Message,
  RoomEvent,
} from "../../../src/client/mod.ts";
import type { FakeSocket, Peer } from "./fake_network.ts";

/** What a client may send, before it is looked at. */
interface Command {
  readonly type: string;
  readonly nonce?: string;
  readonly ref?: string;
  readonly text: string;
  readonly seq: number;
  readonly emoji: string;
  readonly on: boolean;
  readonly nickname: string;
  readonly token?: string;
  readonly before?: number;
  readonly after?: number;
  readonly around?: number;
  readonly limit?: number;
  readonly retry?: boolean;
}

/** One room, one log. */
export class FakeServer implements Peer {
  epoch = "e1";
  readonly log: LogEvent[] = [];
  /** Every command, as it came. */
  readonly commands: Command[] = [];
  /** Answers the next commands so; afterwards as the contract says. */
  readonly refusals: RoomEvent[] = [];
  /** Accepts and says nothing. */
  isSilent = false;
  /** Welcomes and answers nothing. */
  isMute = false;
  /** Answers only what the contract says: `rename` by `renamed` or an `error`, without its `ref`. */
  isPlain = false;
  /** Leaves pings alone. */
  isDeaf = false;
  /** Refuses every connection so. */
  refuseWith: { code: number; event?: RoomEvent } | undefined;
  /** Whoever has a token is a member. */
  areMembers = false;
  /** Extra fields of `limits`. */
  limits: object = {};
  /** Extra fields of the next welcomes. */
  welcome: object = {};
  readonly #sessions = new Map<FakeSocket, Member>();
  #guests = 0;

  get messages(): Message[] {
    return this.log.filter((event) => event.type === "message");
  }

  opened(socket: FakeSocket): void {
    if (this.isSilent) return;
    if (this.refuseWith) {
      const { code, event } = this.refuseWith;
      if (event) socket.deliver(JSON.stringify([event]));
      return socket.end(code);
    }
    const bearer = socket.protocols.find((name) => name.startsWith("bearer."));
    const id = bearer?.slice("bearer.".length) ?? `guest-${++this.#guests}`;
    const query = socket.url.searchParams;
    const nickname = query.get("nickname") ?? "User-0000";
    const guest = !(this.areMembers && bearer);
    const role = guest ? "guest" : "member";
    const you: Member = { id, nickname, role, guest };
    this.#sessions.set(socket, you);
    const after = Number(query.get("after"));
    const resumed = query.get("epoch") === this.epoch && after <= this.head;
    const backfill = resumed
      ? this.log.slice(after)
      : this.messages.slice(-50).map((message) => this.now(message));
    this.#tell(socket, [
      // Fields that no test reads are left out.
      {
        type: "welcome",
        protocol: 1,
        project: "42",
        room: "lobby",
        epoch: this.epoch,
        head: this.head,
        oldest: 1,
        resumed,
        you: { ...you, session: "s", token: id },
        members: [...this.#sessions.values()],
        online: this.#sessions.size,
        limits: this.limits,
        ...this.welcome,
      } as RoomEvent,
      ...backfill,
      { type: "live", head: this.head },
    ]);
  }

  received(socket: FakeSocket, frame: string): void {
    if (frame === "ping") {
      if (!this.isDeaf) socket.downward.push("pong");
      return;
    }
    const by = this.#sessions.get(socket);
    if (!by || this.isSilent) return;
    // The client under test writes it.
    const command = JSON.parse(frame) as Command;
    this.commands.push(command);
    if (this.isMute) return;
    const refusal = this.refusals.shift();
    if (refusal) {
      const { nonce } = command;
      const ref = this.isPlain ? undefined : command.ref;
      return this.#tell(socket, [
        { ...refusal, ...(nonce && { nonce }), ...(ref && { ref }) },
      ]);
    }
    this.#obey(socket, by, command);
  }

  get head(): number {
    return this.log.length;
  }

  /** Somebody else says `text`. */
  say(text: string, author = "other"): void {
    const by: Member = {
      id: author,
      nickname: author,
      role: "member",
      guest: false,
    };
    this.append({
      ...this.#base(`n${this.head}`),
      type: "message",
      author: by,
      text,
    });
  }

  append(event: LogEvent): void {
    this.log.push(event);
    for (const socket of this.#sessions.keys()) this.#tell(socket, [event]);
  }

  /** Tells everybody something that has no `seq`. */
  tell(event: RoomEvent): void {
    for (const socket of this.#sessions.keys()) this.#tell(socket, [event]);
  }

  /** The current state of a message, reactions included. */
  now(message: Message): Message {
    const chosen = new Map<string, Set<string>>();
    let { text } = message;
    for (const event of this.log) {
      if (!("target" in event) || event.target !== message.seq) continue;
      if (event.type === "edited") text = event.text;
      if (event.type !== "reacted") continue;
      const names = chosen.get(event.emoji) ?? new Set();
      chosen.set(event.emoji, names);
      if (event.on) names.add(event.by.id);
      else names.delete(event.by.id);
    }
    const reactions = Object.fromEntries(
      [...chosen]
        .filter(([, ids]) => ids.size > 0)
        .map(([emoji, ids]) => [emoji, { count: ids.size, by: [...ids] }]),
    );
    return { ...message, text, reactions };
  }

  #obey(socket: FakeSocket, by: Member, command: Command): void {
    const { type, nonce = "", ref } = command;
    const { text, seq: target, emoji, on } = command;
    const base = this.#base(nonce);
    const known = this.log.find(
      (event) =>
        event.nonce === nonce &&
        (event.type === "message" ? event.author : event.by).id === by.id,
    );
    // Stricter than the contract: what does not say that it is a retry is taken as new.
    if (known && command.retry) return this.#tell(socket, [known]);
    switch (type) {
      case "send":
        return this.append({ ...base, type: "message", author: by, text });
      case "edit":
        return this.append({ ...base, type: "edited", by, target, text });
      case "delete":
        return this.append({ ...base, type: "deleted", by, target });
      case "react":
        return this.append({ ...base, type: "reacted", by, target, emoji, on });
      case "rename": {
        const member = { ...by, nickname: command.nickname };
        this.#sessions.set(socket, member);
        this.tell({ type: "renamed", member, online: 1 });
        if (this.isPlain) return;
        const you = { ...member, session: "s" };
        return this.#tell(socket, [{ type: "you", you, ...(ref && { ref }) }]);
      }
      case "auth": {
        const you = { ...by, session: "s" };
        return this.#tell(socket, [{ type: "you", you }]);
      }
      case "history": {
        const answer = { type, ...this.#page(command), ...(ref && { ref }) };
        return this.#tell(socket, [answer]);
      }
    }
  }

  #page({ before, after, around, limit = 50 }: Command) {
    const now = this.messages.map((message) => this.now(message));
    const below = around === undefined ? (before ?? this.head + 1) : around + 1;
    const until = after === undefined ? below : 0;
    const older = now.filter(({ seq }) => seq < until);
    const later = now.filter(({ seq }) => seq > (after ?? until - 1));
    const isBoth = around !== undefined;
    const left = older.slice(-(isBoth ? Math.ceil(limit / 2) : limit));
    const rest = isBoth ? limit - left.length : after === undefined ? 0 : limit;
    const right = later.slice(0, rest);
    return {
      messages: [...left, ...right],
      more: after === undefined ? older.length > left.length : true,
      ...(rest > 0 && { newer: later.length > right.length }),
    };
  }

  #base(nonce: string) {
    return { seq: this.head + 1, nonce, at: this.head };
  }

  #tell(socket: FakeSocket, events: readonly RoomEvent[]): void {
    if (socket.state === "open") socket.downward.push(JSON.stringify(events));
  }
}
