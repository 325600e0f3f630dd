/** One room's fan-out with sockets that remember and a clock that is turned by hand. */
import type {
  Member,
  RoomEvent,
  RoomSettings,
} from "../../../src/protocol/mod.ts";
import type { Entry } from "../../../src/server/frames.ts";
import { FanOut } from "../../../src/server/room/fan_out.ts";
import { FlushSchedule } from "../../../src/server/room/flush_schedule.ts";
import { Session } from "../../../src/server/sockets/session.ts";

export const KIB = 1024;

/** A socket that remembers what it was given, with an attachment. */
export class FakeSocket {
  readonly readyState = WebSocket.OPEN;
  readonly sent: string[] = [];
  closed: number | undefined;
  #attachment: unknown = null;
  send(frame: string): void {
    this.sent.push(frame);
  }
  close(code: number): void {
    this.closed = code;
  }
  serializeAttachment(value: unknown): void {
    this.#attachment = structuredClone(value);
  }
  deserializeAttachment(): unknown {
    return this.#attachment;
  }
  get events(): RoomEvent[] {
    return this.sent.flatMap((frame) => JSON.parse(frame));
  }
  get seqs(): number[] {
    return this.events.flatMap((event) => ("seq" in event ? [event.seq] : []));
  }
}

/** A room's log and fan-out with a clock that the test turns. */
export class Hall {
  readonly log: Entry[] = [];
  settings: RoomSettings = {};
  readonly shared = { outstanding: 0 };
  reads = 0;
  readonly meter = { framesSent: 0 };
  now = 1_000_000;
  timers: { task: () => void; at: number }[] = [];
  readonly #flushes = new FlushSchedule({
    schedule: (task, delay) => this.timers.push({ task, at: this.now + delay }),
    now: () => this.now,
  });
  fanOut = this.#open([]);

  #open(sessions: Session[]): FanOut {
    return new FanOut({
      sessions,
      head: () => this.log.length,
      after: (seq) => {
        this.reads++;
        return this.log.slice(seq);
      },
      missed: () => ({ type: "room", ...this.settings }),
      shared: this.shared,
      end: (session, code) => {
        this.fanOut.delete(session);
        session.close(code);
      },
      flushes: this.#flushes,
      now: () => this.now,
    });
  }

  /** Somebody joins, or another session of them. */
  join(id: string): FakeSocket {
    const socket = new FakeSocket();
    const session = Session.attach(asSocket(socket), {
      attachment: {
        session: id,
        room: "lobby",
        member: guest(id),
        garbage: 0,
      },
      meter: this.meter,
    });
    this.fanOut.join(session, { entries: [], cursor: this.log.length });
    this.sessions.set(socket, session);
    return socket;
  }

  readonly sessions = new Map<FakeSocket, Session>();

  say(text = "x"): void {
    const seq = this.log.length + 1;
    const entry = {
      seq,
      encoded: JSON.stringify({ type: "message", seq, text }),
    };
    this.log.push(entry);
    this.fanOut.broadcastEncoded(entry);
  }

  /** Tells, by `fanOut.broadcast`, that somebody has read up to `seq`. */
  read(id: string, seq: number, to?: ReadonlySet<Session>): void {
    this.fanOut.broadcast({ type: "read", member: guest(id), seq }, to);
  }

  sessionOf(socket: FakeSocket): Session {
    const session = this.sessions.get(socket);
    if (!session) throw new Error("Socket has no session");
    return session;
  }

  ack(socket: FakeSocket, seq: number): boolean {
    return this.fanOut.ack(this.sessionOf(socket), seq);
  }

  pass(time: number): void {
    this.now += time;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { task } of due) task();
  }

  /** Takes the fan-out out of memory; attachments and queues stay. */
  evict(): void {
    this.shared.outstanding = 0;
    const again = [...this.sessions.keys()].map((socket) => {
      const session = Session.of(asSocket(socket), this.meter);
      if (!session) throw new Error("Cannot wake: attachment is gone");
      this.sessions.set(socket, session);
      return session;
    });
    this.fanOut = this.#open(again);
  }
}

function guest(id: string): Member {
  return { id, nickname: id, role: "guest", guest: true };
}

/** The parts of a socket that a session uses are there; the others are never asked for. */
function asSocket(fake: FakeSocket): WebSocket {
  return fake as unknown as WebSocket;
}

/** A reader who acked once and took nothing of the `kibibytes` that were said since. */
export function fallenBehind(kibibytes: number): {
  hall: Hall;
  slow: FakeSocket;
} {
  const hall = new Hall();
  const slow = hall.join("slow");
  hall.say();
  hall.ack(slow, 1);
  for (let n = 0; n < kibibytes; n++) {
    hall.say("x".repeat(KIB));
    hall.pass(10);
  }
  return { hall, slow };
}

/** Whole numbers, both ends included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
