/** A project's page around the widget: rooms, links, sharing, theme and language. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ProjectChatElement } from "../../src/widget/mod.ts";
import { launchChromium } from "../support/chromium.ts";
import { type Server, startServer } from "../support/server.ts";
import {
  join,
  openPage,
  say,
  waitForMessages,
  waitUntilLive,
  watch,
} from "./person.ts";
import { complaintsOf } from "./support/axe.ts";
import { followSockets } from "./support/widget.ts";

let browser: Browser;
let server: Server;

beforeAll(async () => {
  browser = await launchChromium();
  server = await startServer();
}, 60_000);

afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("rooms are made by name, listed, and left and entered without a reload", async () => {
  const url = `${server.url}/project/rooms`;
  const page = await openPage(browser, { url });
  const complaints = watch(page);
  await join(page, "철수");
  await say(page, "로비에서");
  await waitForMessages(page, ["철수: 로비에서"]);
  await page.fill("#room-name", "디자인 회의");
  await page.press("#room-name", "Enter");
  await page.waitForURL(/room=/);
  expect(new URL(page.url()).searchParams.get("room")).toBe("디자인-회의");
  await waitUntilLive(page);
  await waitForMessages(page, []);
  await say(page, "여기는 조용하네요");
  await waitForMessages(page, ["철수: 여기는 조용하네요"]);
  expect(await page.title()).toBe("디자인-회의 · rooms");

  await page.click("#rooms a[data-room=lobby]");
  await waitForMessages(page, ["철수: 로비에서"]);
  expect(await page.title()).toBe("로비 · rooms");
  await page.goBack();
  await waitForMessages(page, ["철수: 여기는 조용하네요"]);

  const other = await openPage(browser, { url });
  await expect
    .poll(() => other.locator("#rooms li bdi").allTextContents())
    .toEqual(["로비", "디자인-회의"]);
  await other.fill("#room-name", "!");
  await other.press("#room-name", "Enter");
  expect(
    await other.locator("#room-name:invalid").count(),
    "a name that no room can have",
  ).toBe(1);
  expect(complaints).toEqual([]);
});

/** The list is told at most once a second. */
const SOON = { timeout: 10_000 };

test("the list says live what is unread elsewhere, and what means the reader", async () => {
  const url = `${server.url}/project/fresh`;
  const other = await openPage(browser, { url: `${url}?room=design` });
  await join(other, "영희");
  await say(other, "첫 시안");
  await waitForMessages(other, ["영희: 첫 시안"]);

  const page = await openPage(browser, { url: `${url}?room=design` });
  const complaints = watch(page);
  const design = page.locator("#rooms a[data-room=design]");
  const sockets = followSockets(page);
  await join(page, "철수");
  await say(page, "좋네요");
  await waitForMessages(page, ["영희: 첫 시안", "철수: 좋네요"]);
  await page.click("#rooms a[data-room=lobby]");
  await expect.poll(() => design.textContent(), SOON).toBe("design1, 지금 1명");
  await design.focus();
  await say(other, "둘째 시안");
  await expect
    .poll(() => design.textContent(), SOON)
    .toBe("design1, 새 글 1개1, 지금 1명");
  await other.evaluate(async () => {
    const tag = document.querySelector<ProjectChatElement>("project-chat");
    const { members = [], messages = [] } = tag?.client?.timeline ?? {};
    const people = [...members, ...messages.map(({ author }) => author)];
    const id = people.find(({ nickname }) => nickname === "철수")?.id ?? "";
    await tag?.client?.send("@철수 어때요?", { mentions: [id] });
  });
  await expect
    .poll(() => design.textContent(), SOON)
    .toBe("design@1, 나를 부른 글 1개2, 새 글 2개1, 지금 1명");
  await expect.poll(() => page.title(), SOON).toBe("(1) 로비 · fresh");
  // The list was drawn anew under the reader's hands.
  expect(await design.evaluate((link) => link.matches(":focus"))).toBe(true);
  expect(await complaintsOf(page)).toEqual([]);
  // The list comes over the connection that the conversation has.
  expect(sockets.open()).toBe(1);

  // What is unread is known again after a reload, also of a guest.
  await page.reload();
  await expect
    .poll(() => design.textContent(), SOON)
    .toBe("design@1, 나를 부른 글 1개2, 새 글 2개1, 지금 1명");
  await page.keyboard.press("Tab");
  await design.focus();
  await page.keyboard.press("Enter");
  await page.getByText("여기까지 읽었습니다").waitFor();
  await expect.poll(() => design.textContent(), SOON).toBe("design");
  await expect.poll(() => page.title(), SOON).toBe("design · fresh");
  await page.click("#rooms a[data-room=lobby]");
  await expect.poll(() => design.textContent(), SOON).toBe("design1, 지금 1명");
  expect(complaints).toEqual([]);
});

test("a message of another room that was searched for is shown there", async () => {
  const url = `${server.url}/project/found`;
  const other = await openPage(browser, { url: `${url}?room=공지` });
  await join(other, "영희");
  await say(other, "소풍은 금요일입니다");
  await waitForMessages(other, ["영희: 소풍은 금요일입니다"]);
  const page = await openPage(browser, { url });
  await page.getByRole("button", { name: "검색" }).click();
  await page.getByText("조건").click();
  await page.getByLabel("범위").selectOption("프로젝트 전체");
  await page.getByRole("searchbox").fill("소풍");
  await page.getByRole("searchbox").press("Enter");
  await page.getByRole("button", { name: "#공지" }).click();
  await waitForMessages(page, ["영희: 소풍은 금요일입니다"]);
  const { searchParams, hash } = new URL(page.url());
  expect([searchParams.get("room"), hash]).toEqual(["공지", "#m=1"]);
});

test("the title says how many messages were not seen", async () => {
  const url = `${server.url}/project/badge`;
  const page = await openPage(browser, { url });
  await waitUntilLive(page);
  const other = await openPage(browser, { url });
  await join(other, "영희");
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", {
      value: true,
      configurable: true,
    });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  for (const text of ["하나", "둘", "셋"]) await say(other, text);
  await expect.poll(() => page.title()).toBe("(3) 로비 · badge");
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: false });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect.poll(() => page.title()).toBe("로비 · badge");
});

test("an address leads to one message", async () => {
  const url = `${server.url}/project/deep`;
  const writer = await openPage(browser, { url });
  await join(writer, "철수");
  const texts = Array.from({ length: 70 }, (_, index) => `글 ${index + 1}`);
  for (const text of texts) await say(writer, text);
  await expect.poll(() => writer.locator(".row.pending").count()).toBe(0);

  const page = await openPage(browser, { url: `${url}#m=4` });
  const fourth = page.locator("[data-seq='4']");
  await fourth.waitFor();
  await expect
    .poll(() => fourth.evaluate((row) => row.getBoundingClientRect().top))
    .toBeGreaterThan(0);
  await page.evaluate(() => {
    location.hash = "m=9999";
  });
  await page.getByText("그 메시지는 더 이상 없습니다.").waitFor();
});

test("the invitation and the code for a page can be copied", async () => {
  const url = `${server.url}/project/share?room=디자인&lang=ko&theme=dark`;
  const page = await openPage(browser, {
    url,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const room = encodeURIComponent("디자인");
  await page.click("#rooms [data-share=invite]");
  await page.keyboard.press("Enter");
  await page.getByText("복사했습니다").waitFor();
  expect(await clipboard()).toBe(`${server.url}/project/share?room=${room}`);
  await page.getByLabel("말풍선 버튼").check();
  await page.click("#copy-code");
  await expect
    .poll(clipboard)
    .toBe(
      `<script type="module" src="${server.url}/widget.js"></script>\n` +
        `<project-chat project="share" room="디자인" mode="bubble"></project-chat>`,
    );
  await page.getByLabel("iframe").check();
  await page.click("#copy-code");
  await expect.poll(clipboard).toContain(`?embed=1&amp;room=${room}"`);
  await page.keyboard.press("Escape");
  expect(await page.locator("#share").isVisible()).toBe(false);
});

test("theme and language are chosen, and kept", async () => {
  const url = `${server.url}/project/taste`;
  const page = await openPage(browser, { url, colorScheme: "light" });
  await waitUntilLive(page);
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByLabel("English").check();
  expect(await page.getAttribute("html", "lang")).toBe("en");
  await page.getByText("Invite", { exact: true }).last().waitFor();
  await page.getByPlaceholder("Write a message").waitFor();
  await page.getByLabel("Dark").check();
  expect(await ground()).not.toBe(light);
  await page.reload();
  expect(await page.getAttribute("html", "lang")).toBe("en");
  expect(await ground()).not.toBe(light);
  await page.goto(`${url}?lang=ko`);
  expect(await page.getAttribute("html", "lang")).toBe("ko");
});

test("on a phone rooms wait behind a button", async () => {
  const page = await openPage(browser, {
    url: `${server.url}/project/phone`,
    viewport: { width: 390, height: 780 },
    isMobile: true,
    hasTouch: true,
  });
  await waitUntilLive(page);
  expect(await page.isVisible("#rooms")).toBe(false);
  await page.tap("[popovertarget=rooms]");
  await page.fill("#room-name", "디자인");
  await page.press("#room-name", "Enter");
  await page.waitForSelector("#rooms", { state: "hidden" });
  await page.locator("header", { hasText: "디자인" }).waitFor();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - innerWidth,
  );
  expect(overflow).toBe(0);
});

test("the first page shows the widget with the code that made it, and opens projects", async () => {
  const page = await openPage(browser, { url: "about:blank" });
  const complaints = watch(page);
  await page.goto(server.url);
  await waitUntilLive(page);
  expect(await page.textContent("#code")).toBe(
    `<script type="module" src="${server.url}/widget.js"></script>\n` +
      `<project-chat project="demo"></project-chat>`,
  );
  await page.getByLabel("말풍선").check();
  expect(await page.textContent("#code")).toContain(`mode="bubble"`);
  await page.click(".launcher");
  await page.waitForSelector("[role=dialog] textarea");
  await page.keyboard.press("Escape");

  await page.click("#create");
  await page.waitForURL(/\/project\/[a-z0-9]{16}$/);
  await page.goto(server.url);
  await page.fill("#project", "my project");
  await page.press("#project", "Enter");
  expect(await page.locator("#project:invalid").count()).toBe(1);
  await page.fill("#project", "my-project");
  await page.press("#project", "Enter");
  await page.waitForURL(`${server.url}/project/my-project`);
  expect(complaints).toEqual([]);
});
