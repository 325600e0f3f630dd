/** The platform is asked before a message is seen, and only its sender waits for the answer. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type CommandOf,
  isRejected,
  parseAs,
  type RoomEvent,
} from "../../src/protocol/mod.ts";
import { readConfig } from "../../src/server/config.ts";
import { PrePublish } from "../../src/server/room/pre_publish.ts";
import { SettingsStore } from "../../src/server/settings.ts";
import { bench, guest, moderator } from "./support/bench.ts";
import { request, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";
import { enforce, http, lobby } from "./support/staff.ts";
import { bearer, sign } from "./support/tokens.ts";

const SECRET = "what-only-the-tests-sign-their-questions-with";

/** Makes an answer; called where the question came from, for that is whose answer it is. */
type Answer = () => Response;

/** One question as the platform gets it; promises live where the project's object does. */
interface Asked {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly body: { text: string } & Record<string, unknown>;
  readonly answer: (make: Answer) => void;
}

/** Questions that came, in order. */
const asked: Asked[] = [];
const waiting = new Set<() => void>();
/** What is answered at once; questions without it wait for the test. */
let standing: ((text: string) => Answer) | undefined;

const accept = () => Response.json({ accept: true });
const reject = () => Response.json({ accept: false });

/** The platform: everything that the Worker fetches goes there. */
async function platform(
  input: RequestInfo | URL,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input, init);
  const text = await request.text();
  const body: Asked["body"] = JSON.parse(text);
  const { promise, resolve } = Promise.withResolvers<Answer>();
  if (standing) resolve(standing(body.text));
  const headers = Object.fromEntries(request.headers);
  asked.push({ url: request.url, headers, text, body, answer: resolve });
  for (const wake of waiting) wake();
  return (await promise)();
}

/** The `index`-th question of a project, once it has come, and how to answer it. */
async function question(project: string, index: number) {
  const { answer: _, ...data } = await inside(project, async () => {
    for (;;) {
      const found = asked[index];
      if (found) return found;
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
      });
    }
  });
  const answer = (make: Answer) =>
    inside(project, () => asked[index]?.answer(make));
  return { ...data, answer };
}

beforeEach(() => {
  asked.length = 0;
  waiting.clear();
  standing = undefined;
  vi.spyOn(AbortSignal, "timeout");
  vi.spyOn(globalThis, "fetch").mockImplementation(platform);
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function screened(hook: string) {
  const there = await lobby();
  const options = { role: "owner", method: "PATCH", body: { hook } };
  expect((await http(there.project, "settings", options)).status).toBe(200);
  await there.guest.settled();
  return there;
}

function say(by: TestMember, text: string): Promise<RoomEvent> {
  return by.ask({ type: "send", nonce: crypto.randomUUID(), text });
}

async function signatureOf(text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = encoder.encode(SECRET);
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, [
    "sign",
  ]);
  const bytes = await crypto.subtle.sign("HMAC", key, encoder.encode(text));
  return Array.from(new Uint8Array(bytes), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

test("[M17] the question is signed and says who says what, where", async () => {
  const { project, guest } = await screened("fail-closed");
  standing = () => accept;
  const message = await guest.send("안녕", { nonce: "n1" });
  const edit = { type: "edit", nonce: "n2", seq: message.seq, text: "또" };
  expect(await guest.ask(edit)).toMatchObject({ type: "edited" });
  const { url, headers, text, body } = await question(project, 0);
  expect(url).toBe("https://hook.example/screen");
  expect(body).toEqual({
    type: "send",
    project,
    room: "lobby",
    member: message.author,
    nonce: "n1",
    text: "안녕",
  });
  expect((await question(project, 1)).body).toMatchObject({
    type: "edit",
    seq: 1,
  });
  const time = headers["project-chat-timestamp"];
  expect(Math.abs(Date.now() - Number(time))).toBeLessThan(60_000);
  expect(headers["project-chat-signature"]).toBe(
    `v1=${await signatureOf(`${time}.${text}`)}`,
  );
  expect(AbortSignal.timeout).toHaveBeenCalledWith(1_000);
  expect(fetch).toHaveBeenCalledWith(
    url,
    expect.objectContaining({
      method: "POST",
      redirect: "manual",
      signal: expect.any(AbortSignal),
    }),
  );
});

test("[M17] what is rejected is in no log; nobody but its sender hears of it", async () => {
  const { project, moderator, guest } = await screened("fail-open");
  standing = (text) => (text === "나쁜 말" ? reject : accept);
  expect(await say(guest, "나쁜 말")).toMatchObject({ code: "rejected" });
  expect(await say(moderator, "나쁜 말")).toMatchObject({ code: "rejected" });
  expect(await say(guest, "좋은 말")).toMatchObject({ seq: 1 });
  const post = { method: "POST", body: { text: "나쁜 말" } };
  expect((await http(project, "messages", post)).status).toBe(403);
  const late = await TestMember.join({ project });
  expect(late.backfill).toMatchObject([{ text: "좋은 말" }]);
});

describe("[M17] a platform that does not answer", () => {
  const fail = (fault: Error): Answer => {
    return () => {
      throw fault;
    };
  };
  const FAILURES: Record<string, Answer> = {
    "is down": fail(new TypeError("Network connection lost")),
    "is too slow": fail(new DOMException("Too slow", "TimeoutError")),
    "is broken": () => new Response("oops", { status: 500 }),
    "says nothing": () => new Response(""),
    "says something else": () => Response.json({ ok: 1 }),
    "says null": () => Response.json(null),
    "sends elsewhere": () =>
      new Response(null, { status: 302, headers: { Location: "/other" } }),
  };
  for (const [name, failure] of Object.entries(FAILURES)) {
    test.each([
      ["fail-open", "message"],
      ["fail-closed", "error"],
    ])(`${name}: %s`, async (rule, type) => {
      const { project, guest } = await screened(rule);
      const said = say(guest, "안녕");
      await (await question(project, 0)).answer(failure);
      const answer = await said;
      expect(answer.type).toBe(type);
      if (answer.type === "error") expect(answer.code).toBe("rejected");
    });
  }
});

test("[M17] only the sender waits: what others say later is stored earlier", async () => {
  const { project, moderator, guest } = await screened("fail-closed");
  const other = await TestMember.join({ project });
  const slow = say(guest, "slow");
  const { answer } = await question(project, 0);
  const fast = say(other, "fast");
  await (await question(project, 1)).answer(accept);
  expect(await fast).toMatchObject({ seq: 1, text: "fast" });
  expect(await enforce(moderator, "topic", { text: "a" })).toMatchObject({
    seq: 2,
  });
  await answer(accept);
  expect(await slow).toMatchObject({ seq: 3, text: "slow" });
});

test("[M17] a sender's own commands keep their order", async () => {
  const { project, guest } = await screened("fail-closed");
  const send = (text: string) =>
    guest.command({ type: "send", nonce: text, text });
  send("one");
  send("two");
  guest.command({ type: "react", nonce: "r", seq: 1, emoji: "👍", on: true });
  send("three");
  await (await question(project, 0)).answer(accept);
  await (await question(project, 1)).answer(reject);
  await (await question(project, 2)).answer(accept);
  const seen: RoomEvent[] = [];
  for (let count = 0; count < 4; count++) seen.push(await guest.next());
  expect(seen).toMatchObject([
    { type: "message", text: "one", seq: 1 },
    { type: "error", code: "rejected" },
    { type: "reacted", seq: 2 },
    { type: "message", text: "three", seq: 3 },
  ]);
});

test("[M17] who is banned or kicked meanwhile is not heard", async () => {
  for (const action of ["ban", "kick", "mute"]) {
    const { project, moderator, guest } = await screened("fail-open");
    asked.length = 0;
    guest.command({ type: "send", nonce: "n", text: "late" });
    const { answer } = await question(project, 0);
    await enforce(moderator, action, { member: guest.id });
    await answer(accept);
    if (action === "mute") {
      const refused = await guest.nextOf("error");
      expect(refused).toMatchObject({ code: "muted", nonce: "n" });
    } else expect((await guest.closed).code).toBe(4403);
    await moderator.settled();
    const late = await TestMember.join({ project });
    expect(late.backfill).toEqual([]);
  }
});

test("[M17] a repetition, and what may not be said anyway, is not asked about", async () => {
  const { project, moderator, guest } = await screened("fail-closed");
  standing = () => accept;
  const first = await guest.send("안녕", { nonce: "same" });
  standing = () => reject;
  await evict(project);
  const again = await guest.send("안녕", { nonce: "same", retry: true });
  expect(again).toEqual(first);
  await enforce(moderator, "lock");
  expect(await say(guest, "a")).toMatchObject({ code: "room_locked" });
  expect(asked).toHaveLength(1);
});

test("[M17] nobody is asked where the owner wants no hook", async () => {
  const { guest } = await screened("off");
  await guest.send("안녕");
  expect(asked).toEqual([]);
});

test("[M17] a sender who waits has so many commands waiting, and no more", async () => {
  const { project, guest } = await screened("fail-closed");
  // One is asked about, 32 wait behind it.
  for (let count = 0; count < 34; count++) {
    guest.command({ type: "send", nonce: `n${count}`, text: `${count}` });
  }
  const refused = await guest.nextOf("error");
  expect(refused).toMatchObject({ code: "rate_limited", nonce: "n33" });
  expect(refused.type === "error" && refused.retryAfter).toBeGreaterThan(0);
  standing = () => accept;
  await (await question(project, 0)).answer(accept);
  for (let count = 0; count < 33; count++) {
    expect(await guest.nextOf("message")).toMatchObject({ text: `${count}` });
  }
});

test("[M17] [L1] a room that was forgotten meanwhile takes what was asked about", async () => {
  const { project } = await screened("fail-closed");
  const say = (text: string) =>
    http(project, "messages?room=quiet", {
      role: "member",
      method: "POST",
      body: { text },
    });
  const first = say("one");
  const one = await question(project, 0);
  // More rooms than are kept in memory while nobody is in them.
  for (let n = 0; n < 300; n++) await http(project, `messages?room=r${n}`);
  const second = say("two");
  const two = await question(project, 1);
  await two.answer(accept);
  expect((await second).body).toMatchObject({ seq: 1, text: "two" });
  await one.answer(accept);
  expect((await first).body).toMatchObject({ seq: 2, text: "one" });
});

test("[M17] who loses the right to be here meanwhile is not heard by HTTP either", async () => {
  const { project } = await screened("fail-open");
  const token = await sign(project);
  const post = (headers: Record<string, string>) =>
    request(`/project/${project}/messages`, {
      method: "POST",
      headers,
      body: '{"text":"late"}',
    });
  const signed = post(bearer(token));
  const { answer } = await question(project, 0);
  const owner = { role: "owner", method: "POST", body: { sub: "u1" } };
  expect((await http(project, "revoke", owner)).status).toBe(200);
  await answer(accept);
  expect((await signed).status).toBe(401);
  const nobody = post({});
  const { answer: letPass } = await question(project, 1);
  const closed = { role: "owner", method: "PATCH", body: { mode: "members" } };
  expect((await http(project, "settings", closed)).status).toBe(200);
  await letPass(accept);
  expect((await nobody).status).toBe(403);
  const member = await TestMember.join({
    project,
    token: await sign(project, { sub: "u2" }),
  });
  expect(member.backfill).toEqual([]);
});

test("[M17] who has left and is revoked meanwhile is not heard", async () => {
  const { project, moderator } = await screened("fail-open");
  const token = await sign(project, { sub: "u9" });
  const member = await TestMember.join({ project, token });
  asked.length = 0;
  member.command({ type: "send", nonce: "n", text: "late" });
  const { answer } = await question(project, 0);
  member.close(1000);
  await member.closed;
  const owner = { role: "owner", method: "POST", body: { sub: "u9" } };
  expect((await http(project, "revoke", owner)).status).toBe(200);
  await answer(accept);
  await moderator.settled();
  const late = await TestMember.join({ project });
  expect(late.backfill).toEqual([]);
});

test("[M17] what may not be said when it comes is not let through unasked a moment later", async () => {
  const fates = await bench((room) => {
    const { database } = room;
    const settings = new SettingsStore(database, { mode: "open" });
    settings.change({ hook: "fail-closed" });
    room.moderate(moderator, "slow", { seconds: 10 });
    room.say(guest);
    const prePublish = new PrePublish({
      ...{ project: "42", config: readConfig(env), settings },
      now: () => room.now,
    });
    const { command } = commandOf({ type: "send", text: "again", nonce: "x" });
    const draft = {
      author: { member: guest },
      ...{ room: "lobby", store: room.store, command },
    };
    room.now += 9_999;
    const early = prePublish.whyNot(draft);
    room.now += 1;
    standing = () => accept;
    return { early, late: prePublish.whyNot(draft) instanceof Promise };
  });
  expect(fates).toMatchObject({ early: { code: "slow_mode" }, late: true });
});

/** A command as the door parses it. */
function commandOf(fields: object): { command: CommandOf<"send"> } {
  const command = parseAs("send", fields);
  if (isRejected(command)) throw new Error("Cannot parse the command");
  return { command };
}
