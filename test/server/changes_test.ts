import { expect, test } from "vitest";
import { bench, guest, member } from "./support/bench.ts";
import { newProject, TestMember } from "./support/member.ts";
import { evict, inside } from "./support/project.ts";

async function pair() {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "철수" });
  const b = await TestMember.join({ project, nickname: "영희" });
  await a.send("first");
  await b.nextOf("message");
  return { project, a, b };
}

test("[C1] an edit is told to everybody and kept", async () => {
  const { project, a, b } = await pair();
  await evict(project);
  const edited = await a.ask({
    type: "edit",
    nonce: "e",
    seq: 1,
    text: "둘째",
  });
  expect(edited).toEqual({
    type: "edited",
    seq: 2,
    nonce: "e",
    at: expect.any(Number),
    by: { id: a.id, nickname: "철수", role: "guest", guest: true },
    target: 1,
    text: "둘째",
  });
  expect(await b.nextOf("edited")).toEqual(edited);
});

test("[C2] a deletion erases the text, edits and reactions", async () => {
  const { project, a, b } = await pair();
  await a.ask({ type: "edit", nonce: "e", seq: 1, text: "secret" });
  await b.ask({ type: "react", nonce: "r", seq: 1, emoji: "👍", on: true });
  await evict(project);
  const deleted = await a.ask({ type: "delete", nonce: "d", seq: 1 });
  expect(deleted).toMatchObject({
    type: "deleted",
    target: 1,
    by: { id: a.id },
  });
  expect(await b.nextOf("deleted")).toEqual(deleted);
  const rows = await inside(project, (_, { storage: { sql } }) =>
    ["messages", "changes", "reactions"].map((table) =>
      JSON.stringify(sql.exec(`SELECT * FROM ${table}`).toArray()),
    ),
  );
  expect(rows.join()).not.toMatch(/first|secret/);
  expect(rows[2]).toBe("[]");
});

test("[C2] of a deleted reply it is left who said something, and when", async () => {
  const { project, b } = await pair();
  const { seq, nonce, at, author } = await b.send("secret", { replyTo: 1 });
  await b.ask({ type: "edit", nonce: "e", seq, text: "better" });
  await b.ask({ type: "delete", nonce: "d", seq });
  await evict(project);
  const { backfill } = await TestMember.join({ project });
  expect(backfill.slice(1)).toEqual([
    { type: "message", seq, nonce, at, author, text: "", deleted: true },
  ]);
});

test("[C3] reactions count each member once and name the first three", async () => {
  const { project, a } = await pair();
  const others = [];
  for (const nickname of ["b", "c", "d"]) {
    others.push(await TestMember.join({ project, nickname }));
  }
  for (const [index, member] of [a, ...others, a].entries()) {
    const nonce = `r${index}`;
    const asked = { type: "react", nonce, seq: 1, emoji: "👍", on: true };
    expect(await member.ask(asked)).toMatchObject({
      type: "reacted",
      on: true,
    });
  }
  await evict(project);
  const page = async (member: TestMember) => {
    member.command({ type: "history" });
    return (await member.nextOf("history")).messages[0]?.reactions;
  };
  expect(await page(a)).toEqual({
    "👍": { count: 4, mine: true, by: ["철수", "b", "c"] },
  });
  const off = { type: "react", nonce: "off", seq: 1, emoji: "👍", on: false };
  expect(await a.ask(off)).toMatchObject({ names: ["b", "c", "d"] });
  await evict(project);
  expect(await page(a)).toEqual({
    "👍": { count: 3, mine: false, by: ["b", "c", "d"] },
  });
});

test("[C3] a reaction that is so already changes nothing", async () => {
  const { a, b } = await pair();
  const react = (nonce: string, on: boolean) =>
    a.ask({ type: "react", nonce, seq: 1, emoji: "👍", on });
  expect(await react("0", false)).toMatchObject({ nonce: "0", seq: 1 });
  expect(await react("1", true)).toMatchObject({ nonce: "1", seq: 2 });
  await b.nextOf("reacted");
  expect(await react("2", true)).toMatchObject({
    nonce: "2",
    seq: 2,
    on: true,
  });
  expect(await b.settled()).toEqual([]);
  expect((await a.send("next")).seq).toBe(3);
});

test("[C3] taking back the last reaction leaves none", async () => {
  const { a } = await pair();
  await a.ask({ type: "react", nonce: "1", seq: 1, emoji: "❤️", on: true });
  await a.ask({ type: "react", nonce: "2", seq: 1, emoji: "❤️", on: false });
  a.command({ type: "history" });
  const { messages } = await a.nextOf("history");
  expect(messages[0]).not.toHaveProperty("reactions");
});

test.each(["", "a", "👍👍", "👍 ", "<b>", "❤", "👨‍👩", 1])(
  "[C3] %j is not one emoji",
  async (emoji) => {
    const { a } = await pair();
    const asked = { type: "react", nonce: "r", seq: 1, emoji, on: true };
    expect(await a.ask(asked)).toMatchObject({
      code: "bad_request",
      nonce: "r",
    });
  },
);

test("[C4] nobody changes what is another's", async () => {
  const { project, b } = await pair();
  for (const asked of [{ type: "edit", text: "x" }, { type: "delete" }]) {
    expect(await b.ask({ ...asked, nonce: "n", seq: 1 })).toMatchObject({
      type: "error",
      code: "forbidden",
      nonce: "n",
    });
  }
  const reader = await TestMember.join({ project });
  expect(reader.backfill).toMatchObject([{ seq: 1, text: "first" }]);
  expect(reader.welcome.head).toBe(1);
});

test("[C4] nobody changes what is not there", async () => {
  const { project, a } = await pair();
  const elsewhere = await TestMember.join({
    project,
    room: "other",
    token: a.token,
  });
  const changes = [
    { type: "edit", text: "x" },
    { type: "delete" },
    { type: "react", emoji: "👍", on: true },
  ];
  await a.ask({ type: "delete", nonce: "gone", seq: 1 });
  for (const [member, seq] of [
    [a, 1],
    [a, 2],
    [a, 99],
    [elsewhere, 1],
  ] as const) {
    for (const change of changes) {
      const nonce = crypto.randomUUID();
      expect(await member.ask({ ...change, nonce, seq })).toMatchObject({
        type: "error",
        code: "not_found",
      });
    }
  }
});

test("[C3] [S4] the answer to a reaction that changed nothing is repeated, too", async () => {
  const { a } = await pair();
  const react = (nonce: string, on: boolean) =>
    a.ask({ type: "react", nonce, seq: 1, emoji: "👍", on });
  await react("0", true);
  const answer = await react("1", true);
  await react("2", false);
  expect(await react("1", true)).toEqual(answer);
  expect(await a.ask({ type: "send", nonce: "1", text: "x" })).toMatchObject({
    code: "nonce_conflict",
  });
  expect((await a.send("next")).seq).toBe(4);
});

test("[C3] of answers that changed nothing the newest 500 are remembered", async () => {
  const { first, conflict, logged } = await bench((room) => {
    const { seq } = room.say(guest);
    const react = (nonce: string, on: boolean) =>
      room.tell(member, { type: "react", nonce, seq, emoji: "👍", on });
    react("logged", true);
    for (let n = 0; n <= 500; n++) react(`same${n}`, true);
    return {
      first: react("same0", false),
      conflict: react("same500", false),
      logged: react("logged", true),
    };
  });
  // It is forgotten, and so is another command.
  expect(first).toMatchObject({ nonce: "same0", seq: 3, on: false });
  expect(conflict).toBe("nonce_conflict");
  expect(logged).toMatchObject({ nonce: "logged", seq: 2, on: true });
});

test("[C3] a message has at most twenty different emoji", async () => {
  const { a } = await pair();
  const flags = [
    "🇰🇷",
    "🇯🇵",
    "🇺🇸",
    "🇫🇷",
    "🇩🇪",
    "🇮🇹",
    "🇪🇸",
    "🇬🇧",
    "🇨🇦",
    "🇦🇺",
    "🇧🇷",
  ];
  const faces = ["😀", "😁", "😂", "😃", "😄", "😅", "😆", "😇", "😈"];
  for (const [index, emoji] of [...flags, ...faces].entries()) {
    const nonce = `${index}`;
    const asked = { type: "react", nonce, seq: 1, emoji, on: true };
    expect(await a.ask(asked)).toMatchObject({ type: "reacted" });
  }
  const more = { type: "react", nonce: "more", seq: 1, emoji: "🎉", on: true };
  expect(await a.ask(more)).toMatchObject({ code: "rejected", nonce: "more" });
});
