/** Members with a platform's token: who they are in the room, and when they stop being it. */
import { expect, test, vi } from "vitest";
import { Verifier } from "../../src/server/door/verifier.ts";
import { newProject, request, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";
import { bearer, sign } from "./support/tokens.ts";

test("[I1] a token says who its member is, to everybody", async () => {
  const project = newProject();
  const guest = await TestMember.join({ project, nickname: "손님" });
  const avatar = "https://shop.example/1.png";
  const claims = { sub: "user|1", name: "철수", role: "moderator", avatar };
  const token = await sign(project, claims);
  const member = await TestMember.join({ project, token, nickname: "x" });
  const known = {
    id: "user|1",
    nickname: "철수",
    role: "moderator",
    guest: false,
    avatar,
  };
  expect(member.welcome.you).toEqual({
    ...known,
    session: member.welcome.you.session,
  });
  expect(await guest.nextOf("joined")).toMatchObject({ member: known });
  await evict(project);
  expect((await member.send("hi")).author).toEqual(known);
});

test("[I1] a member without a name in the token has a nickname like a guest's", async () => {
  const project = newProject();
  const token = await sign(project);
  const member = await TestMember.join({ project, token, nickname: "별" });
  expect(member.welcome.you).toMatchObject({ id: "u1", nickname: "별" });
  await evict(project);
  member.command({ type: "rename", nickname: "달" });
  expect(await member.nextOf("renamed")).toMatchObject({
    member: { nickname: "달", role: "member", guest: false },
  });
});

test("[I2] a name that the platform gave is not the member's to change", async () => {
  const project = newProject();
  const token = await sign(project, { name: "철수" });
  const member = await TestMember.join({ project, token });
  await evict(project);
  member.command({ type: "rename", nickname: "영희" });
  expect(await member.nextOf("error")).toMatchObject({ code: "forbidden" });
});

test("[I3] auth takes a newer token of the same member, and the room learns of it", async () => {
  const project = newProject();
  const other = await TestMember.join({ project });
  const token = await sign(project, { name: "철수" });
  const member = await TestMember.join({ project, token });
  await other.nextOf("joined");
  await evict(project);
  const next = await sign(project, { name: "김철수", role: "owner" });
  member.command({ type: "auth", token: next });
  expect(await member.nextOf("you")).toMatchObject({
    you: { nickname: "김철수", role: "owner" },
  });
  expect(await other.nextOf("renamed")).toMatchObject({
    member: { id: "u1", nickname: "김철수", role: "owner" },
  });
  const stranger = await sign(project, { sub: "u2" });
  member.command({ type: "auth", token: stranger });
  expect(await member.nextOf("error")).toMatchObject({ code: "unauthorized" });
});

test("[I4] a token may be for some rooms only", async () => {
  const project = newProject();
  const token = await sign(project, { rooms: ["둘째"] });
  await TestMember.join({ project, room: "둘째", token });
  const read = (room: string) =>
    request(`/project/${project}/messages?room=${room}`, {
      headers: bearer(token),
    });
  expect((await read("둘째")).status).toBe(200);
  expect((await read("lobby")).status).toBe(403);
});

test("[N10] who holds a member's name without the platform's word gets another", async () => {
  const project = newProject();
  const witness = await TestMember.join({ project, nickname: "영희" });
  const copies = [
    "paypaI",
    "𝐩𝐚𝐲𝐩𝐚𝐥",
    "pay\u200bpaI",
    "\u202epaypal",
    "ＰＡＹＰＡＬ",
  ];
  const first = await TestMember.join({ project, nickname: copies[0] ?? "" });
  await evict(project);
  const token = await sign(project, { name: "paypal" });
  const member = await TestMember.join({ project, token });
  expect(member.welcome.you.nickname).toBe("paypal");
  expect(await witness.nextOf("renamed")).toMatchObject({
    member: { id: first.id, nickname: "paypaI-2" },
  });
  for (const nickname of copies) {
    const copy = await TestMember.join({ project, nickname });
    expect(copy.welcome.you.nickname).toMatch(/-\d+$/);
    copy.command({ type: "rename", nickname });
    expect(await copy.nextOf("error")).toMatchObject({
      code: "nickname_taken",
    });
  }
});

test("[N10] a newer name in a second tab takes its place from a guest, too", async () => {
  const project = newProject();
  const names = ["영희", "철수"];
  const [first, second] = await Promise.all(
    names.map((name) => sign(project, { sub: "u1", name })),
  );
  const tab = await TestMember.join({ project, token: first ?? "" });
  const guest = await TestMember.join({ project, nickname: "철수" });
  await TestMember.join({ project, token: second ?? "" });
  const renamed = [await tab.nextOf("renamed"), await tab.nextOf("renamed")];
  expect(renamed).toMatchObject([
    { member: { id: "u1", nickname: "철수" } },
    { member: { id: guest.id, nickname: "철수-2" } },
  ]);
});

test("[N10] a name that two members have is taken while one of them is here", async () => {
  const project = newProject();
  const join = async (sub: string) => {
    const token = await sign(project, { sub, name: "김민수" });
    return await TestMember.join({ project, token });
  };
  await join("u1");
  const second = await join("u2");
  second.close(1000);
  await second.closed;
  const guest = await TestMember.join({ project, nickname: "김민수" });
  expect(guest.welcome.you.nickname).toBe("김민수-2");
});

test("[N10] two members may have one name, as people do", async () => {
  const project = newProject();
  const [one, other] = [
    await sign(project, { sub: "u1", name: "김민수" }),
    await sign(project, { sub: "u2", name: "김민수" }),
  ];
  const first = await TestMember.join({ project, token: one });
  const second = await TestMember.join({ project, token: other });
  expect(second.welcome.you.nickname).toBe("김민수");
  expect(second.welcome.members).toMatchObject([
    { id: "u1", nickname: "김민수" },
    { id: "u2", nickname: "김민수" },
  ]);
  expect(await first.settled()).toMatchObject([{ type: "joined" }]);
});

test("[I3] a newer name takes its place from a guest, too", async () => {
  const project = newProject();
  const guest = await TestMember.join({ project, nickname: "철수" });
  const token = await sign(project);
  const member = await TestMember.join({ project, token });
  await guest.nextOf("joined");
  await evict(project);
  const newer = await sign(project, { name: "철수" });
  member.command({ type: "auth", token: newer });
  await member.nextOf("you");
  expect(await guest.nextOf("renamed")).toMatchObject({ member: { id: "u1" } });
  expect(await guest.nextOf("renamed")).toMatchObject({
    member: { id: guest.id, nickname: "철수-2" },
  });
});

test("[I7] each session has the role of its own token", async () => {
  const project = newProject();
  const owner = await sign(project, { role: "owner" });
  const reader = await sign(project, { role: "reader" });
  const one = await TestMember.join({ project, token: owner });
  const other = await TestMember.join({ project, token: reader });
  one.command({ type: "rename", nickname: "새이름" });
  await other.nextOf("renamed");
  await evict(project);
  const send = { type: "send", nonce: "n", text: "hi" };
  expect(await other.ask(send)).toMatchObject({ code: "forbidden" });
  expect(await one.ask(send)).toMatchObject({ author: { role: "owner" } });
});

test("[X5] an auth whose key cannot be had is answered, and the session goes on", async () => {
  const project = newProject();
  const token = await sign(project);
  const member = await TestMember.join({ project, token });
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const fault = new TypeError("Network connection lost");
  // Called where the tokens of the object are verified, and nowhere else.
  const key = vi.spyOn(Verifier.prototype, "verify").mockRejectedValue(fault);
  member.command({ type: "auth", token });
  expect(await member.nextOf("error")).toMatchObject({ code: "internal" });
  key.mockRestore();
  expect(log.mock.calls.flat().join(" ")).not.toContain(token);
  log.mockRestore();
  member.command({ type: "auth", token });
  await member.nextOf("you");
});
