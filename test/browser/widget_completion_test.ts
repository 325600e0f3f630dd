/** What is completed while one writes: who is meant, and names of emoji. */
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import { useMeeting } from "./support/meeting.ts";
import { composer, type Element, rowOf } from "./support/widget.ts";

const { meet, visit, world } = useMeeting();

test("who is meant is completed by keyboard, sent by id and shown", async () => {
  const { page, friend } = await meet("mention");
  await composer(page).pressSequentially("@여");
  const list = page.getByRole("listbox", { name: "추천 목록" });
  await list.getByRole("option", { name: /영희/ }).waitFor();
  expect(await composer(page).getAttribute("aria-activedescendant")).toBe(
    await list.getByRole("option").getAttribute("id"),
  );
  expect(await complaintsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "detached" });
  await composer(page).fill("");
  await composer(page).pressSequentially("@");
  await list.waitFor();
  // An Enter of the input method is not for the list.
  await composer(page).dispatchEvent("keydown", { key: "Enter", keyCode: 229 });
  expect(await composer(page).inputValue()).toBe("@");
  await page.keyboard.press("Enter");
  expect(await composer(page).inputValue()).toBe("@영희 ");
  await composer(page).pressSequentially("님, 봤어요?");
  await page.keyboard.press("Enter");
  const mention = rowOf(page, "봤어요?").locator(".mention");
  await expect.poll(() => mention.textContent()).toBe("@영희");
  const { you } = friend.client;
  await expect
    .poll(() => friend.client.timeline.messages.at(-1)?.mentions)
    .toEqual([{ id: you?.id, nickname: "영희" }]);
  const me = await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.you?.id);
  await friend.client.send("네 @철수 님", { mentions: [me ?? ""] });
  await rowOf(page, "네 @철수 님").locator(".mention.you").waitFor();
  expect(await rowOf(page, "네 @철수 님").getAttribute("class")).toContain(
    "meant",
  );
});

test("names of emoji become emoji while one writes", async () => {
  const { page } = await meet("codes");
  await composer(page).pressSequentially(":tad");
  await page.getByRole("option", { name: "🎉 :tada:" }).click();
  expect(await composer(page).inputValue()).toBe("🎉 ");
  await composer(page).pressSequentially(":wave:");
  expect(await composer(page).inputValue()).toBe("🎉 👋");
});

test("whoever leaves the name behind is offered none, and Enter sends", async () => {
  const friend = await world.invite("caret", "Bob");
  const page = await visit("caret", "철수");
  const list = page.getByRole("listbox", { name: "추천 목록" });
  await composer(page).pressSequentially("hello @B");
  await list.getByRole("option", { name: /Bob/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  expect(await list.count()).toBe(1);
  await page.keyboard.press("Home");
  await list.waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await expect
    .poll(() => friend.client.timeline.messages.at(-1)?.text)
    .toBe("hello @B");
});
