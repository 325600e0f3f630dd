import { abortAllDurableObjects } from "cloudflare:test";
import { expect, test } from "vitest";
import { newProject, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";

async function pair() {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "철수" });
  const b = await TestMember.join({ project, nickname: "영희" });
  return { project, a, b };
}

test("[S1] everybody is told once, the sender included", async () => {
  const { project, a, b } = await pair();
  await evict(project);
  const sent = await a.send("안녕하세요", { nonce: "n-1" });
  expect(sent).toEqual({
    type: "message",
    seq: 1,
    nonce: "n-1",
    at: expect.any(Number),
    author: { id: a.id, nickname: "철수", role: "guest", guest: true },
    text: "안녕하세요",
  });
  expect(await b.nextOf("message")).toEqual(sent);
  const after = [...(await a.settled()), ...(await b.settled())];
  expect(after.filter(({ type }) => type === "message")).toEqual([]);
});

test("[S1] both see one order", async () => {
  const { a, b } = await pair();
  for (let n = 0; n < 50; n++) {
    a.command({ type: "send", nonce: `a${n}`, text: `a${n}` });
    b.command({ type: "send", nonce: `b${n}`, text: `b${n}` });
  }
  const seen = await Promise.all(
    [a, b].map(async (member) => {
      const texts: string[] = [];
      while (texts.length < 100)
        texts.push((await member.nextOf("message")).text);
      return texts;
    }),
  );
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0]?.filter((text) => text.startsWith("a"))).toEqual(
    Array.from({ length: 50 }, (_, n) => `a${n}`),
  );
});

test.each([
  ["a\u0000b\u0007c\u007fd\u0085e", "abcde"],
  ["tab\tand\nline", "tab\tand\nline"],
  ["windows\r\nand\rmac", "windows\nand\nmac"],
  ["\ud800alone", "\ufffdalone"],
  ["한".normalize("NFD"), "한"],
  ["  kept as typed  ", "  kept as typed  "],
  ["👨‍👩‍👧 🇰🇷", "👨‍👩‍👧 🇰🇷"],
])("[S2] %j is stored as %j", async (typed, stored) => {
  const { project, a } = await pair();
  expect((await a.send(typed)).text).toBe(stored);
  await evict(project);
  const reader = await TestMember.join({ project });
  expect(reader.backfill[0]).toMatchObject({ text: stored });
  expect((await a.send(stored)).text).toBe(stored);
});

test.each([
  ["", "bad_request"],
  [" \n\t ", "bad_request"],
  ["\u200b\u2060\ufeff", "bad_request"],
  ["x".repeat(4001), "too_large"],
  ["🎉".repeat(4001), "too_large"],
])("[S2] a text like %j… is refused", async (text, code) => {
  const { a } = await pair();
  expect(await a.ask({ type: "send", nonce: "n", text })).toMatchObject({
    type: "error",
    code,
    nonce: "n",
  });
  expect((await a.send("still here")).seq).toBe(1);
});

test("[S2] 4,000 code points are not too long, whatever their size", async () => {
  const { a } = await pair();
  expect((await a.send("🎉".repeat(4000))).text).toHaveLength(8000);
});

test.each(["", "a b", "a".repeat(65), "é", 5, null])(
  "[S3] %j is no nonce",
  async (nonce) => {
    const { a } = await pair();
    a.command({ type: "send", nonce, text: "hi" });
    const answer = await a.nextOf("error");
    expect(answer.code).toBe("bad_request");
    expect(answer).not.toHaveProperty("nonce");
  },
);

test("[S4] a retry gets the original again and tells nobody else", async () => {
  const { project, a, b } = await pair();
  const first = await a.send("once", { nonce: "n" });
  await b.nextOf("message");
  for (const retry of [false, true]) {
    expect(await a.send("once", { nonce: "n", retry })).toEqual(first);
    await evict(project);
    expect(await a.send("once", { nonce: "n", retry })).toEqual(first);
  }
  expect((await b.settled()).filter(({ type }) => type === "message")).toEqual(
    [],
  );
  expect((await a.send("next")).seq).toBe(2);
});

test("[S4] a retry from another session of the same guest", async () => {
  const { project, a } = await pair();
  const first = await a.send("once", { nonce: "n" });
  const tab = await TestMember.join({ project, token: a.token });
  expect(await tab.send("once", { nonce: "n", retry: true })).toEqual(first);
});

test("[S4] another member's nonce is another nonce", async () => {
  const { a, b } = await pair();
  const mine = await a.send("one", { nonce: "n" });
  await b.nextOf("message");
  const theirs = await b.send("two", { nonce: "n" });
  expect([mine.seq, theirs.seq]).toEqual([1, 2]);
});

test("[S4] past 500 events only a retry is recognised", async () => {
  const { project, a, b } = await pair();
  const first = await a.send("once", { nonce: "old" });
  for (let n = 0; n < 499; n++) {
    b.command({ type: "send", nonce: `b${n}`, text: "x" });
  }
  await b.settled();
  await evict(project);
  expect(await a.send("once", { nonce: "old" })).toEqual(first);
  await b.send("the 501st");
  expect(await a.send("once", { nonce: "old", retry: true })).toEqual(first);
  await evict(project);
  expect(await a.send("once", { nonce: "old", retry: true })).toEqual(first);
  expect((await a.send("new", { nonce: "new", retry: true })).seq).toBe(502);
});

test("[S4] a retry after the room was killed finds the original", async () => {
  const { project, a } = await pair();
  const first = await a.send("once", { nonce: "n" });
  await abortAllDurableObjects();
  const again = await TestMember.join({ project, token: a.token });
  expect(await again.send("once", { nonce: "n", retry: true })).toEqual(first);
});

test("[S4] a retry of what was edited or deleted is still a retry", async () => {
  const { a } = await pair();
  await a.send("first", { nonce: "n" });
  await a.ask({ type: "edit", nonce: "e", seq: 1, text: "second" });
  expect(await a.send("first", { nonce: "n" })).toMatchObject({
    seq: 1,
    text: "second",
  });
  await a.ask({ type: "delete", nonce: "d", seq: 1 });
  expect(await a.send("first", { nonce: "n" })).toMatchObject({
    deleted: true,
  });
  expect(await a.ask({ type: "delete", nonce: "d", seq: 1 })).toMatchObject({
    type: "deleted",
    seq: 3,
  });
});

test("[S5] a nonce used for another command is a conflict", async () => {
  const { project, a } = await pair();
  await a.send("one", { nonce: "n" });
  for (const again of [
    { type: "send", text: "two" },
    { type: "send", text: "one", replyTo: 1 },
    { type: "delete", seq: 1 },
  ]) {
    expect(await a.ask({ ...again, nonce: "n" })).toMatchObject({
      type: "error",
      code: "nonce_conflict",
      nonce: "n",
    });
    await evict(project);
  }
  const reader = await TestMember.join({ project });
  expect(reader.backfill).toMatchObject([{ seq: 1, text: "one" }]);
});

test("[S6] a reply names a message of its room", async () => {
  const { project, a } = await pair();
  await a.send("question");
  expect(await a.send("answer", { replyTo: 1 })).toMatchObject({ replyTo: 1 });
  const elsewhere = await TestMember.join({ project, room: "other" });
  for (const [member, replyTo] of [
    [a, 9],
    [elsewhere, 1],
  ] as const) {
    const answer = await member.ask({
      type: "send",
      nonce: "x",
      text: "?",
      replyTo,
    });
    expect(answer).toMatchObject({
      type: "error",
      code: "not_found",
      nonce: "x",
    });
  }
});
