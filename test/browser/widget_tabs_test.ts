/** Several tabs, rooms and elements of one reader: they share, and take nothing from each other. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  composer,
  type Element,
  nameField,
  read,
  rows,
  say,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

/** Who the page is, as the room knows them. */
function you(page: Page): Promise<{ id?: string; nickname?: string }> {
  return page.locator("project-chat").evaluate((element: Element) => {
    const { id, nickname } = element.client?.you ?? {};
    return { ...(id && { id }), ...(nickname && { nickname }) };
  });
}

/** The same page once more, in the same browser profile. */
async function again(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  return other;
}

async function introduce(page: Page, nickname: string): Promise<void> {
  await nameField(page).fill(nickname);
  await nameField(page).press("Enter");
  await expect.poll(() => nameField(page).count()).toBe(0);
}

test("what one tab could not send, another tab does not lose", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const one = await world.open({ tag: { project: "tabs" }, server: wire.url });
  await waitUntilLive(one);
  await say(one, "하나");
  await introduce(one, "두탭");
  await waitForTexts(one, { pattern: /하나/g, expected: ["하나"] });
  const two = await again(one);
  await waitUntilLive(two);
  wire.cut();
  await say(two, "둘째 탭에서 오프라인으로");
  await expect.poll(() => rows(two).count()).toBe(2);
  await composer(one).fill("첫째 탭의 초안");
  await two.reload();
  await two.getByText("둘째 탭에서 오프라인으로").waitFor();
  wire.mend();
  for (const page of [one, two]) {
    const expected = ["둘째 탭에서 오프라인으로"];
    await waitForTexts(page, {
      pattern: /둘째 탭에서 오프라인으로/g,
      expected,
    });
  }
});

test("a draft is not undone by a message that another tab sends", async () => {
  const one = await world.open({
    tag: { project: "tab-drafts", nickname: "초안" },
  });
  const two = await again(one);
  await waitUntilLive(one);
  await composer(two).fill("둘째 탭의 긴 초안");
  await say(one, "짧은 말");
  await waitForTexts(one, { pattern: /짧은 말/g, expected: ["짧은 말"] });
  await two.reload();
  await expect.poll(() => composer(two).inputValue()).toBe("둘째 탭의 긴 초안");
});

test("two tabs that were open before one spoke are one guest", async () => {
  const one = await world.open({ tag: { project: "one-guest" } });
  const two = await again(one);
  for (const page of [one, two]) await waitUntilLive(page);
  await say(one, "첫째 탭에서");
  await introduce(one, "민지");
  await expect.poll(() => you(two)).toEqual(await you(one));
  await waitUntilLive(two);
  await say(two, "둘째 탭에서");
  const pattern = /(?:첫|둘)째 탭에서/g;
  const expected = ["첫째 탭에서", "둘째 탭에서"];
  for (const page of [one, two])
    await waitForTexts(page, { pattern, expected });
  expect((await you(one)).nickname).toBe("민지");
});

test.each(["none", "local"])(
  "with storage %s, and the browser's blocked, another room has the same guest and draft",
  async (storage) => {
    const page = await world.open({
      tag: { project: `nothing-kept-${storage}`, room: "a", storage },
      before: () => {
        for (const name of ["localStorage", "sessionStorage"])
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException("Access is denied", "SecurityError");
            },
          });
      },
    });
    await waitUntilLive(page);
    await say(page, "여기");
    await introduce(page, "무저장");
    const before = await you(page);
    await composer(page).fill("첫째 방의 초안");
    const enter = (room: string) =>
      page.locator("project-chat").evaluate((element, room) => {
        element.setAttribute("room", room);
      }, room);
    await enter("b");
    await waitUntilLive(page);
    expect(await you(page)).toEqual(before);
    expect(await composer(page).inputValue()).toBe("");
    await enter("a");
    await waitUntilLive(page);
    expect(await you(page)).toEqual(before);
    expect(await composer(page).inputValue()).toBe("첫째 방의 초안");
  },
);

test("what was not sent in one room is sent while another is shown", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const page = await world.open({
    tag: { project: "moving", room: "a", nickname: "이사" },
    server: wire.url,
  });
  await waitUntilLive(page);
  wire.cut();
  await say(page, "첫째 방에 남긴 말");
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.locator("project-chat").evaluate((element) => {
    element.addEventListener("message-sent", () => {
      document.title = "보냈음";
    });
    element.setAttribute("room", "b");
  });
  await expect.poll(() => rows(page).count()).toBe(0);
  wire.mend();
  await expect.poll(() => page.title(), { timeout: 25_000 }).toBe("보냈음");
  await waitUntilLive(page);
  await page
    .locator("project-chat")
    .evaluate((element) => element.setAttribute("room", "a"));
  const expected = ["첫째 방에 남긴 말"];
  await waitForTexts(page, { pattern: /첫째 방에 남긴 말/g, expected });
});

test("another room counts its own unread messages", async () => {
  const page = await world.open({
    tag: { project: "counted", room: "a", mode: "bubble", preconnect: "" },
    script: `const chat = document.querySelector("project-chat");
      chat.addEventListener("unreadchange", ({ detail }) => {
        document.title = "unread " + detail.unread;
      });`,
  });
  await waitUntilLive(page);
  const friend = await world.invite("counted", "남", { room: "a" });
  await friend.say("새 말");
  await expect.poll(() => page.title()).toBe("unread 1");
  await page
    .locator("project-chat")
    .evaluate((element) => element.setAttribute("room", "b"));
  await expect.poll(() => page.title()).toBe("unread 0");
});

test("two elements of one room have each their own text", async () => {
  const page = await world.open({
    tag: { project: "two-drafts", nickname: "둘" },
    body: (tag) => tag + tag,
  });
  await waitUntilLive(page);
  const fields = page.getByRole("textbox", { name: "메시지를 입력하세요" });
  await fields.nth(1).fill("둘째의 긴 초안");
  await fields.nth(0).fill("첫째의 말");
  await fields.nth(0).press("Enter");
  await expect.poll(() => fields.nth(0).inputValue()).toBe("");
  await page.reload();
  await expect.poll(() => fields.nth(1).inputValue()).toBe("둘째의 긴 초안");
});

test("a nickname attribute that changes while offline is taken afterwards", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const page = await world.open({
    tag: { project: "renamed", nickname: "첫이름" },
    server: wire.url,
  });
  await waitUntilLive(page);
  wire.cut();
  await page
    .locator("project-chat")
    .evaluate((element) => element.setAttribute("nickname", "새이름"));
  wire.mend();
  await expect
    .poll(async () => (await you(page)).nickname, { timeout: 25_000 })
    .toBe("새이름");
  expect(await read(page, /보내지 못/g)).toEqual([]);
  expect(await button(page, "다시 보내기").count()).toBe(0);
});
