/** Members with a platform's token: who they are in the room, and when they stop being it. */
import { expect, test } from "vitest";
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
