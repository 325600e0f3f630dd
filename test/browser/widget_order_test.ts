/** An owner keeps order among people: the others see it at once, and whom it means is told. */
import { expect, test } from "vitest";
import type { ProjectChatElement } from "../../src/widget/mod.ts";
import {
  agree,
  choose,
  openMenu,
  useGathering,
  waitForAct,
} from "./support/gathering.ts";
import { waitForMessages } from "./support/person.ts";
import { say, waitForBanner } from "./support/widget.ts";

const gathering = useGathering();
const { guest, member } = gathering;

test("who is muted is told until when, keeps the text, and can send it once unmuted", async () => {
  const owner = await member("mute");
  const friend = await guest("mute", "영희");
  const rowdy = await guest("mute", "철수");
  await say(rowdy, "시끄러운 말");
  await rowdy.fill("textarea", "아직 할 말이 있어요");
  await choose(owner, { text: "시끄러운 말", item: "글쓰기 막기" });
  await agree(owner, "1시간");
  for (const page of [owner, friend, rowdy])
    await waitForAct(
      page,
      "서연 님이 철수 님의 글쓰기를 1시간 동안 막았습니다",
    );
  await rowdy
    .locator(".held", { hasText: "까지 글을 쓸 수 없습니다" })
    .waitFor();
  await rowdy.press("textarea", "Enter");
  expect(await rowdy.inputValue("textarea")).toBe("아직 할 말이 있어요");
  expect(await rowdy.isDisabled("button.send")).toBe(true);

  await owner.click("header .count");
  await owner.getByRole("button", { name: "철수 님 관리" }).click();
  await owner.getByRole("button", { name: "글쓰기 다시 허용" }).click();
  await rowdy.locator(".held").waitFor({ state: "detached" });
  await rowdy.press("textarea", "Enter");
  await waitForMessages(friend, [
    "철수: 시끄러운 말",
    "철수: 아직 할 말이 있어요",
  ]);
});

test("a mute that is not known yet is told by the first refusal", async () => {
  const owner = await member("mute-away");
  const rowdy = await guest("mute-away", "철수");
  await say(rowdy, "시끄러운 말");
  await choose(owner, { text: "시끄러운 말", item: "글쓰기 막기" });
  await agree(owner, "기한 없이");
  await waitForAct(owner, "철수 님의 글쓰기를 막았습니다");
  await rowdy.reload();
  await say(rowdy, "다시 왔어요");
  await rowdy
    .locator(".held", { hasText: "운영진이 글쓰기를 막았습니다" })
    .waitFor();
  await rowdy.locator(".row.failed", { hasText: "다시 왔어요" }).waitFor();
});

test("who is banned reads a sentence, keeps what they typed, and cannot come back", async () => {
  const owner = await member("ban");
  const friend = await guest("ban", "영희");
  const rowdy = await guest("ban", "철수");
  await say(rowdy, "나쁜 말");
  await rowdy.fill("textarea", "아직 할 말이 있어요");
  await choose(owner, { text: "나쁜 말", item: "차단" });
  const tick = owner.getByRole("checkbox", { name: "같은 네트워크" });
  expect(await tick.isChecked()).toBe(true);
  await agree(owner, "1일");
  await waitForAct(friend, "서연 님이 철수 님을 1일 동안 차단했습니다");
  await friend.locator("header .count", { hasText: "2명" }).waitFor();

  const isOut = async (page: typeof rowdy) => {
    await waitForBanner(page, /까지 이 채팅에서 차단되었습니다/);
    const unsent = page.getByRole("textbox", { name: "쓰던 글" });
    await expect.poll(() => unsent.inputValue()).toBe("아직 할 말이 있어요");
    expect(await page.locator("button.send").count()).toBe(0);
    const state = await page.$eval("project-chat", (chat) => {
      const { client } = chat as ProjectChatElement;
      return [client?.status, client?.closeReason?.terminal];
    });
    expect(state).toEqual(["closed", true]);
  };
  await isOut(rowdy);
  await rowdy.reload();
  await isOut(rowdy);
  const tab = await rowdy.context().newPage();
  await tab.goto(`${gathering.server.url}/project/ban`);
  await isOut(tab);
  await tab.$eval("project-chat", (chat) => {
    const { client } = chat as ProjectChatElement;
    chat.setAttribute("nickname", "다른이름");
    client?.reconnect();
  });
  await isOut(tab);
  expect(await friend.locator("header .count").textContent()).toContain("2명");

  await choose(owner, { text: "나쁜 말", item: "차단 풀기" });
  await waitForAct(owner, "철수 님의 차단을 풀었습니다");
  await rowdy.getByRole("button", { name: "지금 다시 연결" }).click();
  await expect
    .poll(() => rowdy.locator("textarea").inputValue())
    .toBe("아직 할 말이 있어요");
  await rowdy.click("button.send");
  await waitForMessages(friend, ["철수: 나쁜 말", "철수: 아직 할 말이 있어요"]);
});

test("who is put out is told by whom, and may come back", async () => {
  const owner = await member("kick");
  const rowdy = await guest("kick", "철수");
  await owner.click("header .count");
  await owner.getByRole("button", { name: "철수 님 관리" }).click();
  await owner.getByRole("button", { name: "내보내기" }).click();
  await agree(owner);
  await waitForBanner(rowdy, "운영진이 채팅에서 내보냈습니다");
  await rowdy.getByRole("button", { name: "지금 다시 연결" }).click();
  await say(rowdy, "조용히 할게요");
  await waitForMessages(owner, ["철수: 조용히 할게요"]);
});

test("what a moderator deleted says so, to who was there and to who comes later", async () => {
  const owner = await member("gone");
  const friend = await guest("gone", "영희");
  const rowdy = await guest("gone", "철수");
  for (const text of ["하나", "둘", "셋"]) await say(rowdy, text);
  await friend.locator(".row", { hasText: "셋" }).waitFor();
  await say(friend, "제 실수");
  await choose(owner, { text: "하나", item: /^삭제$/ });
  await agree(owner);
  await choose(friend, { text: "제 실수", item: /^삭제$/ });
  await agree(friend);
  const gone = (page: typeof owner) =>
    page.locator(".row > div > em").allTextContents();
  const byModerator = "운영진이 삭제한 메시지입니다.";
  const byAuthor = "삭제된 메시지입니다.";
  await expect.poll(() => gone(rowdy)).toEqual([byModerator, byAuthor]);
  await choose(owner, { text: "둘", item: "쓴 글 모두 삭제" });
  await agree(owner, "전부");
  const all = [byModerator, byModerator, byModerator, byAuthor];
  const late = await guest("gone", "늦은이");
  for (const page of [friend, rowdy, late])
    await expect.poll(() => gone(page)).toEqual(all);
  await waitForAct(friend, "서연 님이 철수 님의 글을 삭제했습니다");
  expect(await late.locator("project-chat").textContent()).not.toContain("셋");
});

test("nobody sees what they may not do", async () => {
  const owner = await member("who");
  const moderator = await member("who", {
    claims: { sub: "mod", name: "민수", role: "moderator" },
  });
  const person = await member("who", {
    claims: { sub: "u7", name: "지우", role: "member" },
  });
  for (const page of [owner, moderator, person])
    await say(page, `저는 ${await page.textContent("#account bdi")}`);
  const seen = async (page: typeof owner, text: string) => {
    await openMenu(page, text);
    const items = await page.getByRole("menuitem").allTextContents();
    await page.keyboard.press("Escape");
    return items.filter((item) => /막기|차단|내보|쓴 글|고정/.test(item));
  };
  const all = [
    "고정",
    "글쓰기 막기…",
    "내보내기…",
    "차단…",
    "쓴 글 모두 삭제…",
  ];
  expect(await seen(owner, "저는 민수")).toEqual(all);
  expect(await seen(moderator, "저는 지우")).toEqual(all);
  expect(await seen(moderator, "저는 서연")).toEqual(["고정"]);
  expect(await seen(person, "저는 민수")).toEqual([]);
  await person.click("header .count");
  expect(await person.locator("#people .more").count()).toBe(0);
  expect(await person.locator("button.steer").count()).toBe(0);
  expect(await moderator.locator("button.steer").count()).toBe(1);
});
