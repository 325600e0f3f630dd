/** Rows read and written per operation: what the operator pays for. Prints a table. */
import { expect, test } from "vitest";
import { type Member, NONCE_WINDOW } from "../../src/protocol/mod.ts";
import { append } from "../../src/server/room/append.ts";
import { Database } from "../../src/server/storage/database.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict, inside, statsOf } from "./support/project.ts";
import { roomStoreOf } from "./support/room_store.ts";
import { type Cost, costOf, costTable, seedMessages } from "./support/seed.ts";
import { bearer, sign } from "./support/tokens.ts";

const SEEDED = 2_000;
const SENDS = 100;
const MAX_JOIN_READS = 60;
/** Sanctions, marks and settings are read once when the object wakes. */
const MAX_KNOWN_READS = 8;
const EMOJI = ["👍", "❤️", "😂"];

/** Rows that `act` costs the project, its object being awake. */
async function cost(
  project: string,
  act: () => Promise<unknown>,
): Promise<Cost> {
  const before = await statsOf(project);
  const saved = await savedTotals(project);
  await act();
  const after = await statsOf(project);
  const isSaved = (await savedTotals(project)) !== saved;
  return {
    read: after.rowsRead - before.rowsRead,
    // One act in some dozens has the row of the totals written: it is no part of that act.
    written: after.rowsWritten - before.rowsWritten - (isSaved ? 1 : 0),
  };
}

/** The row in which the project keeps what it has used. */
async function savedTotals(project: string): Promise<unknown> {
  return await inside(
    project,
    (_, { storage }) =>
      storage.sql
        .exec("SELECT value FROM meta WHERE key = 'meter'")
        .toArray()[0]?.["value"],
  );
}

/** Rows that `act` costs the project when it wakes the object. */
async function wakingCost(
  project: string,
  act: () => Promise<unknown>,
): Promise<Cost> {
  await statsOf(project);
  await evict(project);
  await act();
  const { rowsRead: read, rowsWritten: written } = await statsOf(project);
  return { read, written };
}

/** A project whose lobby has `SEEDED` messages. */
async function seeded(): Promise<string> {
  const project = newProject();
  await inside(project, (_, { storage }) => {
    seedMessages(new Database(storage), { room: "lobby", count: SEEDED });
  });
  await evict(project);
  return project;
}

test("[L3] [J6] what each operation costs", async () => {
  const costs = new Map<string, Cost>();
  const born = newProject();
  costs.set(
    "first join, makes the guests' key",
    await cost(born, () => TestMember.join({ project: born })),
  );

  const project = await seeded();
  const join = () => TestMember.join({ project, nickname: "a" });
  const member = await join();
  const { epoch } = member.welcome;
  const room = "lobby";
  const own = await member.send("mine", { nonce: "own" });
  const ask = (command: { nonce?: string } & Record<string, unknown>) =>
    cost(project, () => member.ask({ nonce: crypto.randomUUID(), ...command }));
  const tell = (command: Record<string, unknown>) =>
    cost(project, async () => {
      member.command(command);
      // An empty page reads nothing, and its answer shows that the command is done.
      await member.ask({ type: "delete", nonce: "none", seq: 1e9 });
    });
  const nothing = await tell({ type: "ack", seq: 0 });

  costs.set("join", await cost(project, join));
  costs.set("join that wakes the object", await wakingCost(project, join));
  costs.set(
    "resume, 10 behind",
    await cost(project, () =>
      TestMember.join({ project, epoch, after: SEEDED - 9 }),
    ),
  );
  costs.set("wake alone", await wakingCost(project, async () => {}));
  costs.set(
    "first send after a wake",
    await wakingCost(project, () => member.send("b")),
  );
  const before = await statsOf(project);
  for (let count = 0; count < SENDS; count++) await member.send("c");
  const after = await statsOf(project);
  costs.set("send", {
    read: (after.rowsRead - before.rowsRead) / SENDS,
    written: (after.rowsWritten - before.rowsWritten) / SENDS,
  });
  const again = { type: "send", nonce: "own", text: "mine" };
  costs.set("retry", await ask(again));
  const lost = { type: "send", nonce: "n1000", text: "?", retry: true };
  const missing = () => ({ ...lost, nonce: crypto.randomUUID() });
  // A nonce is its author's: what "seed" said is never a hit for somebody else.
  costs.set("deep retry, first since the wake", await ask(missing()));
  costs.set("deep retry of what was lost", await ask(missing()));
  await inside(project, (_, { storage }) => {
    storage.sql.exec(
      "UPDATE messages SET author = ? WHERE seq = 1000",
      member.id,
    );
  });
  await evict(project);
  // Whatever the filter costs is paid by the first.
  await member.ask(missing());
  const stored = await ask(lost);
  costs.set("deep retry of what was stored", stored);
  costs.set("edit", await ask({ type: "edit", seq: own.seq, text: "d" }));
  const react = { type: "react", seq: own.seq, emoji: "👍" };
  costs.set("react", await ask({ ...react, on: true }));
  costs.set("react, although it is so", await ask({ ...react, on: true }));
  costs.set("take a reaction back", await ask({ ...react, on: false }));
  costs.set("delete", await ask({ type: "delete", seq: own.seq }));
  costs.set(
    "history, a page of 50",
    await cost(project, () => member.settled()),
  );
  const page = { type: "history", before: 1_000, limit: 50 };
  costs.set(
    "history, a page of 50",
    await cost(project, async () => {
      member.command(page);
      await member.nextOf("history");
    }),
  );
  costs.set(
    "rename",
    await cost(project, async () => {
      member.command({ type: "rename", nickname: "another" });
      await member.nextOf("renamed");
    }),
  );
  for (const command of [
    { type: "typing", on: true },
    { type: "read", seq: 1 },
    { type: "ack", seq: 1 },
  ]) {
    const { read, written } = await tell(command);
    costs.set(command.type, { read: read - nothing.read, written });
  }
  const mentions = [member.id];
  const other = await TestMember.join({ project, nickname: "b" });
  costs.set(
    "send that means one member",
    await cost(project, () =>
      other.ask({ type: "send", nonce: "m", text: "hi", mentions }),
    ),
  );
  const token = await sign(project, { sub: "signed", name: "signed" });
  const joinSigned = () => TestMember.join({ project, token });
  costs.set("join of a signed member", await cost(project, joinSigned));
  const signed = await joinSigned();
  costs.set(
    "join of a signed member that wakes the object",
    await wakingCost(project, joinSigned),
  );
  const mark = (seq: number) =>
    cost(project, async () => {
      signed.command({ type: "read", seq });
      await other.nextOf("read");
    });
  await statsOf(project);
  costs.set("read of a signed member, first in a minute", await mark(1));
  costs.set("read of a signed member, after that", await mark(2));
  costs.set(
    "rooms, the list",
    await cost(project, async () => {
      signed.command({ type: "rooms", on: true });
      await signed.nextOf("rooms");
    }),
  );
  const path = `/project/${project}`;
  for (const route of ["messages?limit=50", "rooms", "members"]) {
    costs.set(
      `GET ${route}`,
      await cost(project, async () => {
        await (await request(`${path}/${route}`)).text();
      }),
    );
  }
  console.log(costTable(`room "${room}" of ${SEEDED} messages`, costs));

  const { join: joining, send, retry } = Object.fromEntries(costs);
  expect(send?.written).toBeLessThanOrEqual(1.1);
  expect(joining?.read).toBeLessThanOrEqual(MAX_JOIN_READS);
  expect(retry?.written).toBe(0);
  const first = costs.get("first send after a wake");
  expect(first?.read).toBeLessThanOrEqual(NONCE_WINDOW + MAX_KNOWN_READS);
  expect(costs.get("join that wakes the object")?.read).toBeLessThanOrEqual(
    MAX_JOIN_READS,
  );
  expect(costs.get("deep retry of what was stored")?.written).toBe(0);
  for (const name of [
    "join of a signed member",
    "join of a signed member that wakes the object",
  ]) {
    expect(costs.get(name)?.read).toBeLessThanOrEqual(MAX_JOIN_READS);
  }
  expect(costs.get("send that means one member")?.written).toBe(2);
  expect(costs.get("read of a signed member, first in a minute")?.written).toBe(
    1,
  );
  for (const free of [
    "read of a signed member, after that",
    "rooms, the list",
    "join",
    "join that wakes the object",
    "resume, 10 behind",
    "wake alone",
    "react, although it is so",
    "history, a page of 50",
    "rename",
    "typing",
    "read",
    "ack",
    "GET messages?limit=50",
    "GET rooms",
    "GET members",
  ]) {
    expect({ free, written: costs.get(free)?.written }).toEqual({
      free,
      written: 0,
    });
  }
  // The message, the event of its change, and at most its reactions.
  for (const change of ["edit", "react", "take a reaction back", "delete"]) {
    expect(costs.get(change)?.written).toBeLessThanOrEqual(3);
  }
});

test("[J6] a join that wakes the object reads a little more where much is known of who joins", async () => {
  const project = await seeded();
  const owner = { headers: bearer(await sign(project, { role: "owner" })) };
  const ask = (path: string, method: string, body: object) =>
    request(`/project/${project}/${path}`, {
      ...{ ...owner, method, body: JSON.stringify(body) },
    });
  const settings = {
    ...{ mode: "open", origins: ["https://chat.example"], links: "members" },
    ...{ blockedWords: ["x"], hook: "fail-open", readReceipts: true },
  };
  expect((await ask("settings", "PATCH", settings)).status).toBe(200);
  await ask("revoke", "POST", { sub: "u2" });
  const address = { "CF-Connecting-IP": "203.0.113.7" };
  const now = Date.now() + 5_000;
  const claims = { sub: "u2", jti: "t" };
  const token = await sign(project, claims, { now });
  const wish = { project, headers: address };
  const [guest, member] = [
    await TestMember.join(wish),
    await TestMember.join({ ...wish, token }),
  ];
  member.command({ type: "read", seq: 10 });
  await guest.nextOf("read");
  for (const { id } of [guest, member]) {
    const mute = { action: "mute", member: id, address: true };
    expect((await ask("moderation", "POST", mute)).status).toBe(201);
  }
  const ended = { action: "ban", member: "u2", until: now + 5_000 };
  for (const act of [
    { action: "pin", target: 5 },
    { action: "topic", text: "이야기" },
    { ...ended, member: "u3" },
  ]) {
    expect((await ask("moderation", "POST", act)).status).toBe(201);
  }
  const costs = new Map([
    [
      "of a guest",
      await wakingCost(project, () =>
        TestMember.join({ ...wish, token: guest.token }),
      ),
    ],
    [
      "of a member",
      await wakingCost(project, () => TestMember.join({ ...wish, token })),
    ],
  ]);
  console.log(costTable("joins that wake the object, much known", costs));
  for (const { read } of costs.values()) {
    expect(read).toBeLessThanOrEqual(MAX_JOIN_READS + MAX_KNOWN_READS);
  }
});

test("[J6] a join reads no more where every message was reacted to", async () => {
  const project = newProject();
  const member = await TestMember.join({ project, nickname: "a" });
  const { token } = member;
  for (let count = 0; count < 50; count++) {
    const { seq } = await member.send("a");
    for (const emoji of EMOJI) {
      const nonce = crypto.randomUUID();
      await member.ask({ type: "react", nonce, seq, emoji, on: true });
    }
  }
  const join = () => TestMember.join({ project, token });
  const costs = new Map([
    ["join, 150 reactions", await cost(project, join)],
    ["join that wakes the object", await wakingCost(project, join)],
  ]);
  console.log(costTable("50 messages with 3 reactions", costs));
  for (const { read } of costs.values()) {
    expect(read).toBeLessThanOrEqual(MAX_JOIN_READS);
  }
});

const AUTHOR: Member = {
  id: "g_author",
  nickname: "author",
  role: "guest",
  guest: true,
};

test("[L3] [L4] a send at the retention limit writes two rows, whatever was changed", async () => {
  const limit = 50;
  await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    const store = roomStoreOf(database, { room: "small", historyLimit: limit });
    let nonces = 0;
    const send = (retry?: string) =>
      append(store, {
        by: AUTHOR,
        command: {
          type: "send",
          nonce: retry ?? `n${++nonces}`,
          text: "a",
          ...(retry && { retry: true }),
        },
        now: Date.now(),
        full: false,
      });
    const below = costOf(database, () => {
      for (let count = 0; count < limit; count++) send();
    });
    const at = costOf(database, () => {
      for (let count = 0; count < SENDS; count++) send();
    });
    const retry = costOf(database, () => {
      for (let count = 0; count < SENDS; count++) send(`n${nonces - 10}`);
    });
    const each = ({ read, written }: Cost, count: number): Cost => ({
      read: read / count,
      written: written / count,
    });
    console.log(
      costTable(`limit of ${limit} messages`, [
        ["send below the limit", each(below, limit)],
        ["send at the limit", each(at, SENDS)],
        ["retry at the limit", each(retry, SENDS)],
      ]),
    );
    expect(below.written / limit).toBeLessThanOrEqual(1.1);
    expect(at.written / SENDS).toBeLessThanOrEqual(2.1);
    expect(retry.written).toBe(0);
    expect(store.log.oldest).toBe(store.log.head - limit + 1);
  });
});

test("[L4] a lowered limit is reached a few rows at a time", async () => {
  await inside(newProject(), (_, { storage }) => {
    const database = new Database(storage);
    seedMessages(database, { room: "long", count: 1_000 });
    const store = roomStoreOf(database, { room: "long", historyLimit: 10 });
    const { log } = store;
    let most = 0;
    for (let count = 0; count < 30; count++) {
      const { written } = costOf(database, () => {
        append(store, {
          by: AUTHOR,
          command: { type: "send", nonce: `new${count}`, text: "a" },
          now: Date.now(),
          full: false,
        });
      });
      most = Math.max(most, written);
    }
    expect(most).toBeLessThanOrEqual(100);
    expect(log.oldest).toBe(log.head - 9);
  });
});

test("[J6] a join reads one row more for each crowd that the reader is in", async () => {
  const project = newProject();
  const member = await TestMember.join({ project, nickname: "a" });
  const { token, id } = member;
  for (let count = 0; count < 50; count++) await member.send("a");
  await inside(project, (_, { storage }) => {
    const room = roomStoreOf(new Database(storage), { room: "lobby" });
    for (let seq = 1; seq <= 50; seq++) {
      for (let n = 0; n <= 25; n++) {
        // The reader is the last, and so not among those whom the summary knows.
        const by = { ...AUTHOR, id: n === 25 ? id : `g_${n}` };
        const nonce = `${seq}-${n}`;
        const command = {
          type: "react",
          nonce,
          seq,
          emoji: "👍",
          on: true,
        } as const;
        append(room, { by, command, now: Date.now(), full: false });
      }
    }
  });
  await evict(project);
  await statsOf(project);
  const join = (as = token) => TestMember.join({ project, token: as });
  const inAll = await cost(project, join);
  const inNone = await cost(project, () => join(""));
  console.log(
    costTable("50 messages that 26 reacted to", [
      ["join of who is in all crowds", inAll],
      ["join of who is in none", inNone],
    ]),
  );
  expect(inAll.read).toBeLessThanOrEqual(MAX_JOIN_READS + 50);
  expect(inNone.read).toBeLessThanOrEqual(MAX_JOIN_READS);
});
