import { expect, test } from "vitest";
import { newProject, TestMember } from "./support/member.ts";
import { evict } from "./support/project.ts";

test("two members talk", async () => {
  const project = newProject();
  const a = await TestMember.join({ project, nickname: "철수" });
  const b = await TestMember.join({ project, nickname: "영희" });
  const m = await a.send("안녕");
  expect(m.seq).toBe(1);
  expect(await b.nextOf("message")).toEqual(m);
  await evict(project);
  const m2 = await b.send("하이");
  expect(m2.seq).toBe(2);
  expect(await a.nextOf("message")).toEqual(m2);
});
