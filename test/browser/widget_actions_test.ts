/** What two people do with messages: answer, change, delete, react, report. */
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import { useMeeting } from "./support/meeting.ts";
import { PHONE } from "./support/phone.ts";
import {
  button,
  composer,
  type Element,
  focused,
  part,
  rowOf,
  say,
  waitForTexts,
} from "./support/widget.ts";

const { choose, meet, visit, world } = useMeeting();

test("an answer quotes what it answers, and leads there", async () => {
  const { page, friend } = await meet("reply");
  await friend.say("몇 시에 만날까요?");
  await choose(rowOf(page, "몇 시에"), "답장");
  await expect.poll(() => focused(page)).toBe("메시지를 입력하세요");
  await page.getByText("영희 님에게 답장").waitFor();
  await composer(page).press("Escape");
  await expect.poll(() => page.getByText("영희 님에게 답장").count()).toBe(0);
  await choose(rowOf(page, "몇 시에"), "답장");
  await say(page, "3시요");
  const quote = rowOf(page, "3시요").getByRole("button", {
    name: "영희 님의 글에 답장: 몇 시에 만날까요?",
  });
  await quote.click();
  await expect.poll(() => focused(page)).toContain("몇 시에 만날까요?");
  await expect
    .poll(() => friend.client.timeline.messages.at(-1))
    .toMatchObject({
      text: "3시요",
      replyTo: 1,
    });
  await friend.client.edit(1, "네 시에 만날까요?");
  await rowOf(page, "3시요").getByText("네 시에 만날까요?").waitFor();
  await friend.client.delete(1);
  await rowOf(page, "3시요").getByText("삭제된 메시지입니다.").waitFor();
});

test("an original that is not loaded is fetched for its quote", async () => {
  const friend = await world.invite("far", "영희");
  const { seq } = await friend.say("아주 오래된 말");
  for (let n = 0; n < 60; n++) await friend.say(`${n}`);
  await friend.client.send("그 말에 답합니다", { replyTo: seq });
  const page = await visit("far", "철수");
  await rowOf(page, "그 말에 답합니다").getByText("아주 오래된 말").waitFor();
});

test("one's last message is edited by ↑, and Escape leaves everything as it was", async () => {
  const { page, friend } = await meet("edit");
  await say(page, "안녕하세여");
  await waitForTexts(page, {
    pattern: /안녕하세여/g,
    expected: ["안녕하세여"],
  });
  await composer(page).press("ArrowUp");
  await page.getByText("메시지 수정").waitFor();
  expect(await composer(page).inputValue()).toBe("안녕하세여");
  await composer(page).fill("다르게");
  await composer(page).press("Escape");
  expect(await composer(page).inputValue()).toBe("");
  await composer(page).press("ArrowUp");
  await composer(page).fill("안녕하세요");
  await composer(page).press("Enter");
  await rowOf(page, "안녕하세요").getByText("(수정됨)").waitFor();
  await expect
    .poll(() => friend.client.timeline.messages.at(-1)?.text)
    .toBe("안녕하세요");
  expect(await composer(page).inputValue()).toBe("");
});

test("what was written for a message that is deleted meanwhile joins the draft", async () => {
  const { page } = await meet("refused-edit");
  await say(page, "지워질 말");
  await waitForTexts(page, { pattern: /지워질 말/g, expected: ["지워질 말"] });
  await composer(page).fill("쓰다 만 글");
  await choose(rowOf(page, "지워질 말"), "수정");
  await composer(page).fill("고친 글");
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.delete(1));
  await rowOf(page, "삭제된 메시지입니다.").waitFor();
  expect(await composer(page).inputValue()).toBe("고친 글");
  await composer(page).press("Enter");
  const both = "쓰다 만 글\n고친 글";
  await expect.poll(() => composer(page).inputValue()).toBe(both);
});

test("a message is deleted after a question, which Escape answers with no", async () => {
  const { page, friend } = await meet("delete");
  await say(page, "실수입니다");
  await waitForTexts(page, {
    pattern: /실수입니다/g,
    expected: ["실수입니다"],
  });
  await choose(rowOf(page, "실수입니다"), "삭제");
  const dialog = page.getByRole("dialog", { name: /삭제할까요/ });
  await dialog.waitFor();
  expect(await complaintsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toContain("실수입니다");
  await choose(rowOf(page, "실수입니다"), "삭제");
  await dialog.getByRole("button", { name: "삭제" }).click();
  await rowOf(page, "삭제된 메시지입니다.").waitFor();
  await expect
    .poll(() => friend.client.timeline.messages.at(-1))
    .toMatchObject({
      deleted: true,
      text: "",
    });
});

test("others' messages are neither edited nor deleted, but reported", async () => {
  const { page, friend } = await meet("report");
  await friend.say("광고입니다");
  await rowOf(page, "광고입니다").hover();
  await button(page, "메시지 메뉴").click();
  const names = await page.getByRole("menuitem").allTextContents();
  expect(names).toEqual(
    expect.arrayContaining(["답장", "텍스트 복사", "신고"]),
  );
  expect(names).not.toContain("수정");
  expect(names).not.toContain("삭제");
  await page.getByRole("menuitem", { name: "신고" }).click();
  const reason = page.getByRole("textbox", { name: "신고 사유" });
  const confirm = page
    .getByRole("dialog")
    .getByRole("button", { name: "신고" });
  expect(await confirm.isDisabled()).toBe(true);
  await reason.fill("스팸");
  await confirm.click();
  await page
    .getByRole("log")
    .getByText("운영진에게 신고했습니다.")
    .waitFor({ state: "attached" });
});

test("reactions are counted, switched and named; any emoji will do", async () => {
  const { page, friend } = await meet("react");
  await friend.say("됐어요!");
  await choose(rowOf(page, "됐어요!"), "🎉");
  const chip = rowOf(page, "됐어요!").getByRole("button", { name: /^🎉/ });
  await expect.poll(() => chip.getAttribute("aria-pressed")).toBe("true");
  await friend.client.ask({ type: "react", seq: 1, emoji: "🎉", on: true });
  await expect
    .poll(() => chip.getAttribute("aria-label"))
    .toBe("🎉 2: 철수, 영희");
  await chip.click();
  await expect.poll(() => chip.getAttribute("aria-pressed")).toBe("false");
  await expect.poll(() => chip.textContent()).toBe("🎉 1");
  await choose(rowOf(page, "됐어요!"), "다른 이모지로 반응하기");
  const field = page.getByRole("textbox", { name: "이모지 하나" });
  const confirm = page.getByRole("button", { name: "반응하기", exact: true });
  await field.fill("글자");
  expect(await confirm.isDisabled()).toBe(true);
  await field.fill("👩‍💻");
  await confirm.click();
  await rowOf(page, "됐어요!").getByRole("button", { name: /^👩‍💻/ }).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await complaintsOf(page)).toEqual([]);
  }
});

test("all of it works by keyboard alone", async () => {
  const { page, friend } = await meet("keys-alone");
  await friend.say("키보드만 써요");
  await rowOf(page, "키보드만 써요").waitFor();
  const openMenu = async () => {
    await part(page, "log").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
  };
  await openMenu();
  await expect.poll(() => focused(page)).toBe("👍");
  await page.keyboard.press("ArrowRight");
  expect(await focused(page)).toBe("❤️");
  await page.keyboard.press("Enter");
  await rowOf(page, "키보드만 써요")
    .getByRole("button", { name: /^❤️/ })
    .waitFor();
  await openMenu();
  while ((await focused(page)) !== "답장")
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("메시지를 입력하세요");
  await page.keyboard.type("저도요");
  await page.keyboard.press("Enter");
  await waitForTexts(page, { pattern: /저도요/g, expected: ["저도요"] });
  await page.keyboard.press("ArrowUp");
  await page.keyboard.type(" 정말");
  await page.keyboard.press("Enter");
  await rowOf(page, "저도요 정말").getByText("(수정됨)").waitFor();
  await openMenu();
  await page.keyboard.press("End");
  expect(await focused(page)).toBe("삭제");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  while ((await focused(page)) !== "삭제") await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await rowOf(page, "삭제된 메시지입니다.").waitFor();
});

test("on a phone the menu stays in the window, and answers by touch", async () => {
  const page = await visit("phone-actions", "철수", { browser: PHONE });
  await composer(page).fill("손가락으로");
  await button(page, "보내기").tap();
  await rowOf(page, "손가락으로").waitFor();
  const box = await rowOf(page, "손가락으로").boundingBox();
  const devtools = await page.context().newCDPSession(page);
  const { x = 0, y = 0 } = box ?? {};
  const touchPoints = [{ x: x + 150, y: y + 12 }];
  await devtools.send("Input.dispatchTouchEvent", {
    type: "touchStart",
    touchPoints,
  });
  const item = page.getByRole("menuitem", { name: "답장" });
  await item.waitFor();
  await devtools.send("Input.dispatchTouchEvent", {
    type: "touchEnd",
    touchPoints: [],
  });
  const menu = await page.getByRole("menu").boundingBox();
  expect(menu?.x).toBeGreaterThanOrEqual(0);
  const { width, height } = PHONE.viewport;
  expect((menu?.x ?? 0) + (menu?.width ?? 0)).toBeLessThanOrEqual(width);
  expect((menu?.y ?? 0) + (menu?.height ?? 0)).toBeLessThanOrEqual(height);
  await item.tap();
  await page.getByText("철수 님에게 답장").waitFor();
});
