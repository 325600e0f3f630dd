/** What comes once a panel is in use: where from, when, and what the menu of a message does. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import { useMeeting } from "./support/meeting.ts";
import { PHONE } from "./support/phone.ts";
import {
  button,
  composer,
  focused,
  part,
  rows,
  say,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";

const { visit, world } = useMeeting();

test("extras come from the widget's own server, whichever name it is loaded by", async () => {
  const answer = await fetch(`${world.server.url}/versions.json`);
  const versions = (await answer.json()) as Record<string, { url: string }>;
  for (const path of ["/widget.js", versions["widget.js"]?.url]) {
    const scripts: string[] = [];
    const page = await world.open({
      tag: { project: "extras" },
      widget: `${world.server.url}${path}`,
      prepare: async (page) => {
        page.on("request", (request) => {
          if (request.resourceType() === "script") scripts.push(request.url());
        });
      },
    });
    await button(page, /^참여자/).waitFor();
    expect(scripts).toEqual([
      `${world.server.url}${path}`,
      `${world.server.url}${versions["extras.js"]?.url}`,
    ]);
    await page.context().close();
  }
});

test("without its extras people talk, and the next use tries again", async () => {
  let tries = 0;
  const page = await world.open({
    tag: { project: "no-extras", nickname: "철수" },
    widget: `${world.server.url}/widget.js`,
    prepare: async (page) => {
      await page.route(/\/v\/extras\./, (route) =>
        ++tries === 1 ? route.abort() : route.continue(),
      );
    },
  });
  await waitUntilLive(page);
  await expect.poll(() => tries).toBe(1);
  await say(page, "그래도 말은 됩니다");
  await waitForTexts(page, {
    pattern: /그래도 말은 됩니다/g,
    expected: ["그래도 말은 됩니다"],
  });
  await part(page, "log").click();
  await button(page, /^참여자/).waitFor();
  expect(tries).toBe(2);
});

test("the menu of a message copies its text and a link to it", async () => {
  const page = await openWithMessage("menu", "복사할 말");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const choose = async (name: string) => {
    await rows(page).first().hover();
    await button(page, "메시지 메뉴").click();
    await page.getByRole("menuitem", { name }).click();
  };
  await choose("텍스트 복사");
  await expect.poll(clipboard).toBe("복사할 말");
  await choose("링크 복사");
  await expect.poll(clipboard).toBe(`${world.server.url}/project/menu#m=1`);
  expect(await page.getByRole("menu").count()).toBe(0);
});

test("each piece of code can be copied by itself, and nothing else of the message", async () => {
  const page = await openWithMessage("code", "코드 봐 주세요");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const openMenu = async (text: string) => {
    // A message that is on its way has no menu yet.
    const sent = rows(page).and(page.locator("[data-seq]"));
    await sent.filter({ hasText: text }).hover();
    await button(page, "메시지 메뉴").click();
  };
  const items = () => page.getByRole("menuitem", { name: /^코드 복사/ });
  await openMenu("코드 봐 주세요");
  expect(await items().count()).toBe(0);
  await page.keyboard.press("Escape");

  const written =
    "이건\n```ts\nlet x = 1;\n\nx++;\n```\n저건\n> ```인용```\n```npm ci```";
  await say(page, written);
  await rows(page).getByText("npm ci").waitFor();
  expect(await rows(page).last().locator("pre").allTextContents()).toEqual([
    "let x = 1;\n\nx++;",
    "npm ci",
  ]);
  await openMenu("npm ci");
  expect(await items().allTextContents()).toEqual([
    "코드 복사 (1/2)",
    "코드 복사 (2/2)",
  ]);
  await items().first().click();
  await expect.poll(clipboard).toBe("let x = 1;\n\nx++;");
  await openMenu("npm ci");
  await items().last().click();
  await expect.poll(clipboard).toBe("npm ci");

  await say(page, "하나만\n```\n**별**\n```");
  await rows(page).getByText("하나만").waitFor();
  await openMenu("하나만");
  expect(await items().allTextContents()).toEqual(["코드 복사"]);
  await items().click();
  await expect.poll(clipboard).toBe("**별**");
});

test("the menu is a menu: named, walked by arrows, closed by Escape", async () => {
  const page = await openWithMessage("keys", "메뉴 열기");
  await part(page, "log").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ContextMenu");
  const menu = page.getByRole("menu", { name: "메시지 메뉴" });
  await menu.waitFor();
  await expect.poll(() => focused(page)).toBe("👍");
  await page.keyboard.press("ArrowUp");
  expect(await focused(page)).toBe("삭제");
  await page.keyboard.press("Home");
  expect(await focused(page)).toBe("👍");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await complaintsOf(page)).toEqual([]);
  }
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "hidden" });
  await expect.poll(() => focused(page)).toContain("메뉴 열기");
});

test("a long press opens the menu on a phone, a short one and scrolling do not", async () => {
  const page = await openWithMessage("press", "길게 누르기", PHONE);
  await page.clock.install();
  const box = await rows(page).first().boundingBox();
  if (!box) throw new Error("Row is not in sight");
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y = 0) =>
    devtools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints:
        type === "touchEnd"
          ? []
          : [{ x: box.x + 200, y: box.y + box.height / 2 + y }],
    });
  await touch("touchStart");
  await touch("touchEnd");
  await touch("touchStart");
  await touch("touchMove", 40);
  await touch("touchEnd");
  await page.clock.runFor(5_000);
  expect(await page.getByRole("menu").count()).toBe(0);
  await touch("touchStart");
  await page.clock.runFor(600);
  await page.getByRole("menuitem", { name: "링크 복사" }).waitFor();
  await touch("touchEnd");
  await page.getByRole("menuitem", { name: "텍스트 복사" }).waitFor();
});

test("a message of nothing but emoji is big", async () => {
  const page = await openWithMessage("big", "🎉👍");
  await say(page, "🎉 축하");
  await waitForTexts(page, { pattern: /🎉 축하/g, expected: ["🎉 축하"] });
  const sizes = await page
    .locator("project-chat .text")
    .evaluateAll((texts) =>
      texts.map((text) => Number.parseFloat(getComputedStyle(text).fontSize)),
    );
  expect(sizes).toHaveLength(2);
  expect(sizes[0]).toBeGreaterThan(2 * (sizes[1] ?? 0));
});

async function openWithMessage(
  project: string,
  text: string,
  browser: object = {},
): Promise<Page> {
  const page = await visit(project, "철수", { browser });
  await composer(page).fill(text);
  await button(page, "보내기").click();
  await waitForTexts(page, { pattern: new RegExp(text), expected: [text] });
  return page;
}
