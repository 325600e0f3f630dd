import { expect, test } from "vitest";
import { newProject, TestMember, upgrade } from "./support/member.ts";
import { evict } from "./support/project.ts";

test.each([
  ["철수", "철수"],
  ["  Foo \u00a0 Bar ", "Foo Bar"],
  ["ＦＯＯ", "FOO"],
  ["a\u200bb\u202ec", "abc"],
])("[N2] [N3] joining as %j makes one %j", async (asked, nickname) => {
  const member = await TestMember.join({
    project: newProject(),
    nickname: asked,
  });
  expect(member.welcome.you.nickname).toBe(nickname);
});

test.each(["", " ", "\u200b", "!!", "a".repeat(33), "a\ue000", "\u0007"])(
  "[N1] [N4] nobody joins as %j",
  async (nickname) => {
    const response = await upgrade({ project: "42", nickname, protocols: [] });
    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({
      code: "nickname_invalid",
    });
  },
);

test("[N5] [N6] a taken nickname gets a number", async () => {
  const project = newProject();
  const names = [];
  for (const nickname of ["Paypal", "paypal", "РАҮРАӀ", "раypaI"]) {
    const member = await TestMember.join({ project, nickname });
    names.push(member.welcome.you.nickname);
    await evict(project);
  }
  expect(names).toEqual(["Paypal", "paypal-2", "РАҮРАӀ-3", "раypaI-4"]);
});

test("[N6] [N9] a number is not taken by the member who has it", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "kim" });
  const b = await TestMember.join({ project, nickname: "kim" });
  expect(b.welcome.you.nickname).toBe("kim-2");
  await evict(project);
  const { token } = b;
  const tab = await TestMember.join({ project, nickname: "kim", token });
  expect(tab.welcome.you.nickname).toBe("kim-2");
  const told = [...(await a.settled()), ...(await b.settled())];
  expect(told.filter(({ type }) => type === "renamed")).toEqual([]);
  const c = await TestMember.join({ project, nickname: "kim" });
  expect(c.welcome.you.nickname).toBe("kim-3");
});

test("[N6] a nickname is free again once its holder is gone", async () => {
  const project = newProject();
  await TestMember.join({ project, nickname: "x" });
  const a = await TestMember.join({ project, nickname: "a" });
  a.close(1000);
  await a.closed;
  const b = await TestMember.join({ project, nickname: "a" });
  expect(b.welcome.you.nickname).toBe("a");
});

test("[N6] a nickname is taken in its room only", async () => {
  const project = newProject();
  await TestMember.join({ project, nickname: "a" });
  const other = await TestMember.join({
    project,
    nickname: "a",
    room: "other",
  });
  expect(other.welcome.you.nickname).toBe("a");
});

test("[N7] who gives none is called User- and four hex digits", async () => {
  const { welcome } = await TestMember.join({ project: newProject() });
  expect(welcome.you.nickname).toMatch(/^User-[0-9a-f]{4}$/);
});

test("[N7] a second tab keeps the nickname of the first", async () => {
  const project = newProject();
  const first = await TestMember.join({ project, nickname: "철수" });
  await evict(project);
  const second = await TestMember.join({ project, token: first.token });
  expect(second.welcome.you.nickname).toBe("철수");
});

test("[N8] [N9] a rename is told to the room and kept", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const tab = await TestMember.join({ project, token: a.token });
  const b = await TestMember.join({ project, nickname: "b" });
  await evict(project);
  a.command({ type: "rename", nickname: " 새 이름 " });
  for (const member of [a, tab, b]) {
    expect(await member.nextOf("renamed")).toMatchObject({
      member: { id: a.id, nickname: "새 이름" },
      online: 2,
    });
  }
  await evict(project);
  expect((await tab.send("hi")).author.nickname).toBe("새 이름");
});

test("[N8] a rename with a ref is answered with it", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  await TestMember.join({ project, nickname: "b" });
  await evict(project);
  a.command({ type: "rename", nickname: "c", ref: "one" });
  expect(await a.nextOf("you")).toMatchObject({
    ref: "one",
    you: { id: a.id, nickname: "c" },
  });
  // Asked again, because the answer was lost: the same answer.
  a.command({ type: "rename", nickname: "c", ref: "one" });
  expect(await a.nextOf("you")).toMatchObject({ ref: "one" });
  a.command({ type: "rename", nickname: "b", ref: "two" });
  expect(await a.nextOf("error")).toMatchObject({
    code: "nickname_taken",
    ref: "two",
  });
});

test("[N8] a taken or malformed nickname is refused", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  await TestMember.join({ project, nickname: "b" });
  await evict(project);
  a.command({ type: "rename", nickname: "B" });
  expect(await a.nextOf("error")).toMatchObject({
    code: "nickname_taken",
    suggestion: "B-2",
  });
  for (const nickname of [" \u200b ", "n".repeat(513), "n".repeat(20_000)]) {
    a.command({ type: "rename", nickname });
    expect(await a.nextOf("error")).toMatchObject({ code: "nickname_invalid" });
  }
  expect((await a.send("hi")).author.nickname).toBe("a");
});

test("[N9] another nickname in a second tab renames the member", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "a" });
  const tab = await TestMember.join({
    project,
    nickname: "z",
    token: a.token,
  });
  expect(await a.nextOf("renamed")).toMatchObject({
    member: { id: a.id, nickname: "z" },
    online: 1,
  });
  expect(tab.welcome.members).toMatchObject([{ nickname: "z" }]);
});
