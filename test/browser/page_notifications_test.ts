/** The bell of our page, and what the system shows while nobody looks. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Message } from "../../src/client/mod.ts";
import { sign, TRUSTING } from "../support/tokens.ts";
import { giveNotifications } from "./support/notifications.ts";
import { openPage } from "./support/person.ts";
import { useServer } from "./support/use_server.ts";
import { setHidden, waitUntilLive } from "./support/widget.ts";

const setting = useServer(TRUSTING);

/** The page of 영희 in a browser that allows notifications. */
async function enter(project: string, query = ""): Promise<Page> {
  const page = await openPage(setting.browser, { url: "about:blank" });
  await giveNotifications(page, "granted");
  const token = await sign(project, { sub: "yh", name: "영희" });
  await page.goto(
    `${setting.server.url}/project/${project}${query}#token=${token}`,
  );
  await waitUntilLive(page);
  return page;
}

/** 철수 says something, from wherever he is. */
async function say(
  project: string,
  {
    room = "lobby",
    ...body
  }: { text: string; mentions?: string[]; room?: string },
): Promise<Message> {
  const token = await sign(project, { sub: "cs", name: "철수" });
  const query = new URLSearchParams({ room });
  const response = await fetch(
    `${setting.server.url}/project/${project}/messages?${query}`,
    {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    },
  );
  expect(response.status).toBe(201);
  return (await response.json()) as Message;
}

/** What was shown until now, once the page has what was said last. */
async function shown(page: Page, last: Message): Promise<string[]> {
  await page.waitForFunction((seq) => {
    const { client } = document.querySelector("project-chat") ?? {};
    return client?.timeline.head === seq;
  }, last.seq);
  return page.evaluate(() =>
    window.made.map(({ title, body }) => `${title}: ${body}`),
  );
}

const choose = (page: Page, level: string) =>
  page.check(`#alerts [value=${level}]`);

test("the browser is asked by a click on the bell and never before", async () => {
  const page = await openPage(setting.browser, { url: "about:blank" });
  await giveNotifications(page, "default");
  await page.goto(`${setting.server.url}/project/bell`);
  await waitUntilLive(page);
  const asked = () => page.evaluate(() => window.asked);
  const label = () => page.locator("#bell").textContent();
  expect([await asked(), await label()]).toEqual([0, "알림 꺼짐"]);
  await page.click("#bell");
  await page.waitForSelector("#bell.on");
  expect([await asked(), await label()]).toEqual([1, "알림: 나를 부를 때"]);
  expect(await page.isChecked("#alerts [value=mentions]")).toBe(true);
  await choose(page, "off");
  await page.click("#bell");
  await page.click("#bell");
  expect([await asked(), await label()]).toEqual([1, "알림 꺼짐"]);
  expect(await page.getAttribute("#bell", "aria-expanded")).toBe("true");
});

test("a browser that refuses is respected, and the page says what can be done", async () => {
  const page = await openPage(setting.browser, { url: "about:blank" });
  await giveNotifications(page, "denied");
  await page.goto(`${setting.server.url}/project/denied`);
  await page.click("#bell");
  await page.locator("#alerts .hint", { hasText: "막고 있습니다" }).waitFor();
  expect(await page.isDisabled("#alerts [value=all]")).toBe(true);
});

test("mentions only, while the page is hidden, and nothing one said oneself", async () => {
  const page = await enter("mentions");
  await page.click("#bell");
  await choose(page, "mentions");
  const mentions = ["yh"];
  await say("mentions", { text: "보고 있을 때", mentions });
  let last = await say("mentions", { text: "보고 있을 때 아무나" });
  expect(await shown(page, last)).toEqual([]);
  await setHidden(page, true);
  await say("mentions", { text: "아무나" });
  last = await say("mentions", { text: "@영희 봐 주세요", mentions });
  expect(await shown(page, last)).toEqual(["철수 · 로비: @영희 봐 주세요"]);
  await page.evaluate(() =>
    document.querySelector("project-chat")?.send("내가 쓴 글"),
  );
  last = await say("mentions", { text: "다시 @영희", mentions });
  expect(await shown(page, last)).toHaveLength(2);
});

test("who is meant in another room is told, and led there", async () => {
  const page = await enter("elsewhere", "?room=디자인");
  // Who has said something in a room can be meant there.
  await page.evaluate(() =>
    document.querySelector("project-chat")?.send("저도 왔어요"),
  );
  await page.click("#rooms a[data-room=lobby]");
  await page.waitForFunction(() => !location.search);
  await waitUntilLive(page);
  await page.click("#bell");
  await choose(page, "mentions");
  const mentions = ["yh"];
  await setHidden(page, true);
  await say("elsewhere", { text: "아무나", room: "디자인" });
  await say("elsewhere", { text: "@영희 여기요", room: "디자인", mentions });
  const made = () =>
    page.evaluate(() =>
      window.made.map(({ title, body }) => `${title}: ${body}`),
    );
  await expect.poll(made).toEqual(["철수 · 디자인: @영희 여기요"]);
  await page.evaluate(() => window.made[0]?.dispatchEvent(new Event("click")));
  await page.waitForURL(/room=.*#m=3$/);
  await page.locator(".log .text", { hasText: "여기요" }).waitFor();
});

test("everything, until it is told not to disturb", async () => {
  const page = await enter("all");
  await page.clock.install();
  await page.reload();
  await waitUntilLive(page);
  await page.click("#bell");
  await choose(page, "all");
  await page.check("[data-choice=sound] input");
  await setHidden(page, true);
  let last = await say("all", { text: "하나" });
  expect(await shown(page, last)).toEqual(["철수 · 로비: 하나"]);
  await page.check("#quiet");
  const sounds = () => page.locator("project-chat[sound]").count();
  expect(await sounds()).toBe(0);
  last = await say("all", { text: "조용히" });
  expect(await shown(page, last)).toHaveLength(1);
  await page.clock.fastForward(3_600_000);
  expect(await page.isChecked("#quiet")).toBe(false);
  expect(await sounds()).toBe(1);
  await waitUntilLive(page);
  last = await say("all", { text: "둘" });
  expect(await shown(page, last)).toHaveLength(2);
});

test("a click leads to the page and to the message; a look at the page clears them", async () => {
  const room = "디자인";
  const page = await enter("click", `?room=${room}`);
  await page.click("#bell");
  await choose(page, "all");
  await setHidden(page, true);
  const message = await say("click", { text: "여기요", room });
  expect(await shown(page, message)).toEqual(["철수 · 디자인: 여기요"]);
  await page.evaluate(() => {
    window.focus = () => document.body.classList.add("focused");
  });
  await page.click("#rooms a[data-room=lobby]");
  await page.waitForFunction(() => !location.search);
  await page.evaluate(() => window.made[0]?.dispatchEvent(new Event("click")));
  await page.waitForURL(/room=.*#m=1$/);
  await page.waitForSelector("body.focused");
  await page.locator(".log .text", { hasText: "여기요" }).waitFor();

  const areClosed = () =>
    page.evaluate(() => window.made.map(({ closed }) => closed));
  const last = await say("click", { text: "또 하나", room });
  expect(await shown(page, last)).toHaveLength(2);
  expect(await areClosed()).toEqual([true, false]);
  await setHidden(page, false);
  expect(await areClosed()).toEqual([true, true]);
});
