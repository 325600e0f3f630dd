import { afterEach, expect, test, vi } from "vitest";
import type { RoomEvent } from "../../src/protocol/mod.ts";
import type { Entry } from "../../src/server/frames.ts";
import { FanOut } from "../../src/server/room/fan_out.ts";
import { FlushSchedule } from "../../src/server/room/flush_schedule.ts";
import { SendBudget } from "../../src/server/room/send_budget.ts";
import { Session } from "../../src/server/sockets/session.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";

const KIB = 1024;

/** A socket that remembers what it was given, with an attachment. */
class FakeSocket {
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
class Hall {
  readonly log: Entry[] = [];
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
      shared: this.shared,
      end: (session, code) => {
        this.fanOut.delete(session);
        session.close(code);
      },
      flushes: this.#flushes,
      now: () => this.now,
    });
  }

  join(id: string): FakeSocket {
    const socket = new FakeSocket();
    const session = Session.attach(asSocket(socket), {
      attachment: {
        session: id,
        room: "lobby",
        member: { id, nickname: id, role: "guest", guest: true },
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

  ack(socket: FakeSocket, seq: number): void {
    const session = this.sessions.get(socket);
    if (session) this.fanOut.ack(session, seq);
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

/** The parts of a socket that a session uses are there; the others are never asked for. */
function asSocket(fake: FakeSocket): WebSocket {
  return fake as unknown as WebSocket;
}

/** A reader who acked once and took nothing of the `kibibytes` that were said since. */
function fallenBehind(kibibytes: number): { hall: Hall; slow: FakeSocket } {
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

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

test("[O1] in a quiet room a message leaves at once, with no timer", () => {
  const hall = new Hall();
  const a = hall.join("a");
  for (let n = 0; n < 20; n++) {
    hall.say();
    expect(a.seqs).toEqual(range(1, n + 1));
    hall.pass(1000);
  }
  expect(hall.timers).toEqual([]);
});

test("[O1] under load one frame carries what came in between, in order", () => {
  const hall = new Hall();
  const sockets = range(1, 100).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 500; n++) hall.say();
  expect(hall.timers).toHaveLength(1);
  hall.pass(50);
  for (const socket of sockets) {
    expect(socket.seqs).toEqual(range(1, 500));
    expect(socket.sent.length).toBeLessThanOrEqual(16);
  }
  expect(hall.timers).toEqual([]);
});

test("[O1] frames are encoded once for all their readers", () => {
  const hall = new Hall();
  const [a, b] = [hall.join("a"), hall.join("b")];
  for (let n = 0; n < 2000; n++) hall.say();
  hall.pass(50);
  expect(a?.sent).toEqual(b?.sent);
});

test("[J5] who joins between append and flush is not told twice", () => {
  const hall = new Hall();
  range(1, 100).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 30; n++) hall.say();
  expect(hall.timers).toHaveLength(1);
  const late = hall.join("late");
  hall.say();
  hall.pass(50);
  expect(late.seqs).toEqual([31]);
});

test("[O2] an answer to one session comes after what it is owed", () => {
  const hall = new Hall();
  const sockets = range(1, 100).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 30; n++) hall.say();
  const [a, b] = sockets;
  if (!a || !b) throw new Error("Cannot answer: nobody is there");
  const session = hall.sessions.get(a);
  if (session) hall.fanOut.answer(session, '{"type":"history"}');
  expect(a.seqs).toEqual(range(1, 30));
  expect(a.events.at(-1)).toEqual({ type: "history" });
  hall.pass(50);
  expect(a.seqs).toEqual(range(1, 30));
  expect(b.seqs).toEqual(range(1, 30));
});

test("[O3] a reader who acks has at most 256 KiB on its way", () => {
  const hall = new Hall();
  const [slow, good] = [hall.join("slow"), hall.join("good")];
  hall.say("x".repeat(KIB));
  hall.pass(1000);
  hall.ack(slow, 1);
  hall.ack(good, 1);
  for (let n = 0; n < 1000; n++) {
    hall.say("x".repeat(KIB));
    hall.pass(100);
    hall.ack(good, hall.log.length);
  }
  expect(good.seqs).toEqual(range(1, 1001));
  const bytes = slow.sent.join("").length;
  expect(bytes).toBeLessThan(260 * KIB);
  expect(bytes).toBeGreaterThan(200 * KIB);
});

test("[O3] a reader who fell behind pulls level on its acks, without loss", () => {
  const { hall, slow } = fallenBehind(2000);
  expect(slow.seqs.length).toBeLessThan(300);
  for (let round = 0; round < 100 && slow.seqs.at(-1) !== 2001; round++) {
    hall.ack(slow, slow.seqs.at(-1) ?? 0);
  }
  expect(slow.seqs).toEqual(range(1, 2001));
  expect(slow.events.at(-1)).toEqual({ type: "live", head: 2001 });
  hall.say("again live");
  expect(slow.seqs.at(-1)).toBe(2002);
});

test("[O3] a reader who was behind is still behind after eviction", () => {
  const { hall, slow } = fallenBehind(500);
  const told = slow.seqs.length;
  hall.evict();
  hall.say("after the wake");
  expect(slow.seqs.length).toBe(told);
  for (let round = 0; round < 20 && slow.seqs.at(-1) !== 502; round++) {
    hall.ack(slow, slow.seqs.at(-1) ?? 0);
  }
  expect(slow.seqs).toEqual(range(1, 502));
});

test("[O3] readers who never ack share 32 MiB", () => {
  const hall = new Hall();
  const paused = range(1, 50).map((n) => hall.join(`m${n}`));
  for (let n = 0; n < 4096; n++) {
    hall.say("x".repeat(16 * KIB));
    hall.pass(100);
  }
  const bytes = paused.reduce((sum, { sent }) => sum + sent.join("").length, 0);
  expect(bytes).toBeLessThan((32 + 50 / 8 + 1) * KIB * KIB);
  expect(bytes).toBeGreaterThan(30 * KIB * KIB);
});

test("[O4] a reader who is behind for a minute is closed, the others are not", () => {
  const hall = new Hall();
  const [slow, good] = [hall.join("slow"), hall.join("good")];
  hall.say();
  hall.ack(slow, 1);
  for (let n = 0; n < 400; n++) {
    hall.say("x".repeat(KIB));
    hall.ack(good, hall.log.length);
    hall.pass(10);
  }
  hall.pass(30_000);
  hall.say();
  expect(slow.closed).toBeUndefined();
  hall.pass(61_000);
  hall.say();
  expect(slow.closed).toBe(4413);
  expect(good.closed).toBeUndefined();
});

test("[O3] one ack does not give the shared window back", () => {
  const hall = new Hall();
  const liar = hall.join("liar");
  for (let n = 0; n < 100; n++) {
    hall.say("x".repeat(10 * KIB));
    hall.pass(100);
  }
  const before = hall.shared.outstanding;
  hall.ack(liar, 1);
  expect(hall.shared.outstanding).toBeGreaterThan(before - 20 * KIB);
});

test("[O3] acks that are no news cost nothing", () => {
  const { hall, slow } = fallenBehind(500);
  const reads = hall.reads;
  for (let n = 0; n < 1000; n++) hall.ack(slow, 1);
  expect(hall.reads).toBe(reads);
});

test("[S3] [R4] a reader who is behind is not answered past its gap", () => {
  const { hall, slow } = fallenBehind(500);
  const session = hall.sessions.get(slow);
  const told = slow.sent.length;
  expect(session && hall.fanOut.answer(session, "{}")).toBe(false);
  expect(slow.sent.length).toBe(told);
});

test("[O3] the shared window is given back when a reader leaves", () => {
  const hall = new Hall();
  const socket = hall.join("a");
  hall.say("x".repeat(KIB));
  expect(hall.shared.outstanding).toBeGreaterThan(KIB);
  const session = hall.sessions.get(socket);
  if (session) hall.fanOut.delete(session);
  expect(hall.shared.outstanding).toBe(0);
});

test("[O1] a crowd waits longer, but never more than 50 ms", () => {
  const budget = new SendBudget();
  expect(budget.wait(0, 10_000)).toBe(0);
  expect(budget.wait(0, 10_000)).toBe(50);
  expect(budget.wait(0, 10)).toBe(10);
});

test("[O1] a frame that waited is paid for, and the next waits until there is calm", () => {
  const budget = new SendBudget();
  while (budget.wait(0, 100) === 0);
  // 13 ms pay for a frame to 100 readers, so nothing is left of them.
  for (let now = 13; now <= 1_300; now += 13)
    expect(budget.wait(now, 100)).toBe(10);
  expect(budget.wait(1_349, 100)).toBe(10);
  expect(budget.wait(1_362, 100)).toBe(10);
  expect(budget.wait(1_430, 100)).toBe(0);
});

test("[O1] rooms that have to wait share a timer; who waits less has its own", () => {
  const timers: { task: () => void; delay: number }[] = [];
  const flushes = new FlushSchedule({
    schedule: (task, delay) => timers.push({ task, delay }),
    now: () => 0,
  });
  const done: string[] = [];
  while (flushes.take(2_000, () => done.push("crowd")));
  expect(flushes.take(2, () => done.push("a"))).toBe(false);
  expect(flushes.take(2, () => done.push("b"))).toBe(false);
  expect(flushes.take(2_000, () => done.push("crowd"))).toBe(false);
  expect(timers.map(({ delay }) => delay)).toEqual([50, 10]);
  timers[1]?.task();
  expect(done).toEqual(["a", "b", "crowd"]);
  timers[0]?.task();
  expect(done).toEqual(["a", "b", "crowd", "crowd"]);
});

test("[O1] under load commands share a turn, and one that waits keeps its place", () => {
  const hall = new Hall();
  const a = hall.join("a");
  range(1, 99).map((n) => hall.join(`m${n}`));
  const done: string[] = [];
  for (let n = 1; n <= 30; n++) {
    hall.fanOut.inTurn(() => {
      done.push(`${n}`);
      hall.say();
    });
  }
  hall.fanOut.inOrder(() => done.push("history"));
  const before = done.length;
  expect(before).toBeLessThan(20);
  hall.pass(50);
  expect(done).toEqual([...range(1, 30).map(String), "history"]);
  expect(a.seqs).toEqual(range(1, 30));
  expect(a.sent).toHaveLength(before + 1);
});

afterEach(() => {
  vi.useRealTimers();
});

test("[O1] [S7] a burst survives eviction between append and flush", async () => {
  const project = newProject();
  const members = await Promise.all(
    range(1, 60).map(() => TestMember.join({ project })),
  );
  const [writer, reader] = members;
  if (!writer || !reader) throw new Error("Cannot write: nobody is there");
  for (let n = 0; n < 100; n++) {
    writer.command({ type: "send", nonce: `${n}`, text: `${n}` });
  }
  await evict(project);
  const seqs: number[] = [];
  while (seqs.length < 100) seqs.push((await reader.nextOf("message")).seq);
  expect(seqs).toEqual(range(1, 100));
});

/** Has `time` ms pass for the timers of a project, in its own context; how many there were. */
function pass(project: string, time: number): Promise<number> {
  return inside(project, () => {
    const count = vi.getTimerCount();
    vi.advanceTimersByTime(time);
    return count;
  });
}

test("[O5] a burst leaves no timer once it is told", async () => {
  // Time that stands still saves nothing up.
  const toFake = ["Date", "setTimeout", "clearTimeout"] as const;
  vi.useFakeTimers({ toFake: [...toFake], now: Date.now() });
  const project = newProject();
  const a = await TestMember.join({ project });
  for (let n = 0; n < 200; n++) {
    a.command({ type: "send", nonce: `${n}`, text: `${n}` });
  }
  let most = 0;
  let told = 0;
  while (told < 200) {
    const count = await pass(project, 0);
    most = Math.max(most, count);
    if (count > 0) await pass(project, 50);
    told += a.drain().filter(({ type }) => type === "message").length;
  }
  // Without one the burst was none, and nothing is shown.
  expect(most).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("[O5] who leaves leaves no timer once that is told", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const project = newProject();
  const a = await TestMember.join({ project });
  const b = await TestMember.join({ project });
  b.close();
  await b.closed;
  expect(await pass(project, 5_000)).toBe(1);
  expect(await a.nextOf("left")).toMatchObject({ member: { id: b.id } });
  expect(vi.getTimerCount()).toBe(0);
});

test("[O6] a flood is refused, closed, and nobody else's concern", async () => {
  const project = newProject();
  const flood = await TestMember.join({ project });
  const other = await TestMember.join({ project });
  for (let n = 0; n < 1000; n++) flood.command({ type: "typing", on: false });
  const refused = await flood.nextOf("error");
  expect(refused).toMatchObject({ code: "rate_limited" });
  expect(refused.retryAfter).toBeGreaterThan(0);
  expect((await flood.closed).code).toBe(4429);
  expect((await other.send("fine")).seq).toBe(1);
});

test("[O6] a bucket is not refilled by eviction", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const project = newProject();
  const member = await TestMember.join({ project });
  for (let n = 0; n < 598; n++) member.command({ type: "typing", on: false });
  await member.settled();
  await evict(project);
  member.command({ type: "history", ref: "the last" });
  expect(await member.nextOf("history")).toMatchObject({ ref: "the last" });
  member.command({ type: "send", nonce: "n", text: "too much" });
  expect(await member.nextOf("error")).toEqual({
    type: "error",
    code: "rate_limited",
    message: "Commands come too often",
    retryAfter: 50,
    nonce: "n",
  });
  vi.setSystemTime(Date.now() + 50);
  expect((await member.send("too much", { nonce: "n" })).seq).toBe(1);
});

test("[O7] a client that stopped its heartbeat is closed, one without is not", async () => {
  const project = newProject();
  const beating = await TestMember.join({ project, nickname: "beating" });
  const terminal = await TestMember.join({ project, nickname: "terminal" });
  beating.raw("ping");
  while (beating.frames.at(-1) !== "pong") {
    await new Promise((resolve) => setTimeout(resolve));
  }
  await evict(project);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 200_000 });
  await terminal.send("anybody here?");
  expect((await beating.closed).code).toBe(4408);
  const online = await inside(project, (object) => object.members({}, "lobby"));
  expect(online).toMatchObject({ members: [{ nickname: "terminal" }] });
});
