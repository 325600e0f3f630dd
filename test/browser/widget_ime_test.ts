/** Keys of an input method, in fields beside the composer: they are for it alone. */
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { useMeeting } from "./support/meeting.ts";
import { button, composer, drawn, focused, rows } from "./support/widget.ts";

const { visit, world } = useMeeting();

test("Enter that ends a syllable sends neither a report nor a search nor a nickname", async () => {
  const friend = await world.invite("enter", "영희");
  await friend.say("광고입니다");
  const page = await visit("enter", "철수");

  await rows(page).first().press("Enter");
  await page.getByRole("menuitem", { name: "신고" }).click();
  const reason = page.getByRole("textbox", { name: "신고 사유" });
  await reason.fill("스팸");
  expect(await isKept(reason)).toBe(true);
  await page.keyboard.press("Escape");

  await button(page, "검색").click();
  const field = page.getByRole("searchbox", { name: "메시지 검색" });
  await field.fill("광고");
  expect(await isKept(field)).toBe(true);
  await page.keyboard.press("Escape");

  await button(page, /^참여자/).click();
  await button(page, "닉네임 바꾸기").click();
  const nickname = page.getByRole("textbox", { name: "닉네임 바꾸기" });
  await nickname.fill("철수");
  expect(await isKept(nickname)).toBe(true);
});

test("a character stays where a browser tells of it only after the composition", async () => {
  const page = await visit("late-input", "철수");
  const field = composer(page);
  await field.fill("갓");
  await field.evaluate((field: HTMLTextAreaElement) => {
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    field.value = "가사";
    field.dispatchEvent(new CompositionEvent("compositionend"));
  });
  await drawn(page);
  expect(await field.inputValue()).toBe("가사");
});

test("arrow keys that choose a character lead nowhere in a search", async () => {
  const friend = await world.invite("arrows", "영희");
  await friend.say("한자를 고릅니다");
  const page = await visit("arrows", "철수");
  await button(page, "검색").click();
  const field = page.getByRole("searchbox", { name: "메시지 검색" });
  await field.fill("한자");
  await field.press("Enter");
  await page.getByText("메시지 1개").waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Input.imeSetComposition", {
    text: "한",
    selectionStart: 1,
    selectionEnd: 1,
  });
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("메시지 검색");
  await devtools.send("Input.insertText", { text: "한" });
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toContain("한자를 고릅니다");
});

/** Whether an Enter of the input method, as Safari tells of it, stays without effect. */
function isKept(field: Locator): Promise<boolean> {
  return field.evaluate((field) => {
    const options = { bubbles: true, composed: true, cancelable: true };
    const event = new KeyboardEvent("keydown", {
      ...options,
      key: "Enter",
      keyCode: 229,
    });
    return !field.dispatchEvent(event);
  });
}
