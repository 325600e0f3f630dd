/** Keeping one's place: under a search, and where a page leads to a message. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useMeeting } from "./support/meeting.ts";
import { button, drawn, type Element, part, rows } from "./support/widget.ts";

const { visit, world } = useMeeting();

test("what comes while one searches is not read, and is there afterwards", async () => {
  const friend = await world.invite("search-unread", "영희");
  await friend.say("먼저 한 말");
  const page = await visit("search-unread", "철수");
  await button(page, "검색").click();
  await friend.say("검색하는 동안 한 말");
  await expect.poll(() => unread(page)).toBe(1);
  await page.keyboard.press("Escape");
  await page.getByText("여기까지 읽었습니다").waitFor();
  await expect.poll(() => unread(page)).toBe(0);
});

test("a search that is closed leaves one where one was", async () => {
  const friend = await world.invite("search-place", "영희");
  for (let n = 1; n <= 60; n++) await friend.say(`글 ${n}번입니다`);
  const page = await visit("search-place", "철수");
  const row = rows(page).filter({ hasText: "글 45번" });
  const place = async () => (await row.boundingBox())?.y;
  await part(page, "log").evaluate((log) => {
    log.scrollTop -= 300;
  });
  await button(page, "최신 메시지로").waitFor();
  await drawn(page);
  const before = await place();
  await button(page, "검색").click();
  await page.getByRole("search").waitFor();
  await drawn(page);
  expect(await button(page, "최신 메시지로").count()).toBe(0);
  expect(await part(page, "log").getAttribute("inert")).toBe("");
  await friend.say("그 사이에 온 말");
  await expect.poll(() => unread(page)).toBe(1);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("search").count()).toBe(0);
  await drawn(page);
  expect(await place()).toBe(before);
  await button(page, /새 메시지 1개/).click();
  await expect.poll(() => unread(page)).toBe(0);
});

test("where a page shows no rooms, one searches the room", async () => {
  const page = await visit("search-here", "철수");
  await button(page, "검색").click();
  await page.getByText("조건").click();
  await page.getByLabel("글쓴이").waitFor();
  expect(await page.getByLabel("범위").count()).toBe(0);
});

test.each(["inline", "bubble"])(
  "a page may ask an %s tag for a message before the room is there",
  async (mode) => {
    const friend = await world.invite(`early-${mode}`, "영희");
    for (let n = 1; n <= 40; n++) await friend.say(`글 ${n}번입니다`);
    const page = await world.open({
      tag: { project: `early-${mode}`, nickname: "철수", mode },
      script: `const chat = document.querySelector("project-chat");
        customElements.whenDefined("project-chat")
          .then(() => chat.scrollToMessage(3))
          .then((found) => { document.title = "found " + found; });`,
    });
    await expect.poll(() => page.title()).toBe("found true");
    const row = rows(page).filter({ hasText: "글 3번" });
    await expect
      .poll(() =>
        row.evaluate((row) => {
          const { top, bottom } = row.getBoundingClientRect();
          return top > 0 && bottom < innerHeight;
        }),
      )
      .toBe(true);
    const isFound = await page
      .locator("project-chat")
      .evaluate((chat: Element) => chat.scrollToMessage(9_999));
    expect(isFound).toBe(false);
  },
);

function unread(page: Page): Promise<number> {
  return page
    .locator("project-chat")
    .evaluate((element: Element) => element.unread);
}
