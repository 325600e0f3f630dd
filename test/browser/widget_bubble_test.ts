/** The bubble: nothing before it is opened, the focus where it belongs, and phones. */
import { expect, test } from "vitest";
import { PHONE } from "./support/phone.ts";
import {
  button,
  composer,
  type Element,
  focused,
  followSockets,
  part,
  rows,
  type Sockets,
  say,
  stored,
  waitUntilLive,
} from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

test("no socket before it is opened, and one request before the launcher paints", async () => {
  const requests: string[] = [];
  let sockets: Sockets | undefined;
  const page = await world.open({
    tag: { project: "closed", mode: "bubble" },
    widget: `${world.server.url}/widget.js`,
    prepare: async (page) => {
      page.on("request", (request) => requests.push(request.url()));
      sockets = followSockets(page);
    },
  });
  await button(page, "채팅 열기").waitFor();
  const ours = requests.filter((url) => url.startsWith(world.server.url));
  expect(ours).toEqual([`${world.server.url}/widget.js`]);
  expect(sockets?.all).toEqual([]);
  expect(await part(page, "panel").count()).toBe(0);
  expect(await stored(page)).toEqual([]);

  await button(page, "채팅 열기").click();
  await waitUntilLive(page);
  expect(sockets?.all.length).toBe(1);
  // In use, it may have the rest: one more script of the same server.
  await button(page, /^참여자/).waitFor();
  const others = requests.filter((url) => !url.startsWith(world.host.url));
  expect(others.slice(0, 1)).toEqual(ours);
  expect(others.slice(1).join()).toMatch(/^http[^,]*\/v\/extras\.\w+\.js$/);
});

test("it opens into the composer, and closing leads back to the launcher", async () => {
  const page = await world.open({ tag: { project: "focus", mode: "bubble" } });
  const states: boolean[] = [];
  await page.exposeFunction("note", (open: boolean) => states.push(open));
  await page.evaluate(() => {
    document.addEventListener("openchange", (event) => {
      const { open } = (event as CustomEvent<{ open: boolean }>).detail;
      (window as unknown as { note(open: boolean): void }).note(open);
    });
  });
  const launcher = part(page, "launcher");
  await launcher.click();
  await page.getByRole("dialog", { name: "채팅" }).waitFor();
  await expect.poll(() => focused(page)).toBe("메시지를 입력하세요");
  expect(await launcher.getAttribute("aria-expanded")).toBe("true");
  await page.keyboard.press("Escape");
  await expect.poll(() => part(page, "panel").count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("채팅 열기");
  expect(await launcher.getAttribute("aria-expanded")).toBe("false");

  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("메시지를 입력하세요");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: "채팅 닫기" })
    .click();
  await expect.poll(() => focused(page)).toBe("채팅 열기");
  expect(states).toEqual([true, false, true, false]);
});

test("a page that opens and closes it keeps the focus it has", async () => {
  const page = await world.open({
    tag: { project: "theft", mode: "bubble" },
    body: (tag) => `<label>검색 <input></label>${tag}`,
  });
  const element = page.locator("project-chat");
  await element.evaluate((chat: Element) => chat.show());
  await part(page, "panel").waitFor();
  await page.getByLabel("검색").focus();
  await element.evaluate((chat: Element) => chat.close());
  await expect.poll(() => part(page, "panel").count()).toBe(0);
  expect(await focused(page)).toBe("검색");
});

test("with preconnect the badge counts, and opening reads", async () => {
  const project = "badge";
  const friend = await world.invite(project, "영희");
  await friend.say("이건 지난 이야기");
  const page = await world.open({
    tag: { project, mode: "bubble", preconnect: "" },
  });
  await waitUntilLive(page);
  expect(await part(page, "badge").count()).toBe(0);
  for (const text of ["하나", "둘", "셋"]) await friend.say(text);
  await expect.poll(() => part(page, "badge").allTextContents()).toEqual(["3"]);
  await button(page, "채팅 열기, 읽지 않은 메시지 3개").click();
  await expect.poll(() => part(page, "badge").count()).toBe(0);
  await page.getByText("여기까지 읽었습니다").waitFor();
  expect(await rows(page).count()).toBe(4);

  await page.keyboard.press("Escape");
  await friend.say("넷");
  await button(page, "채팅 열기, 읽지 않은 메시지 1개").waitFor();
  const element = page.locator("project-chat");
  expect(await element.evaluate((chat: Element) => chat.unread)).toBe(1);
});

test("the host names it, hides the launcher, opens it itself and only lets read", async () => {
  const page = await world.open({
    tag: {
      project: "own",
      mode: "bubble",
      heading: "고객 상담",
      "hide-launcher": "",
      readonly: "",
    },
  });
  const element = page.locator("project-chat");
  await element.evaluate((chat: Element) => chat.show());
  await page.getByRole("dialog", { name: "고객 상담" }).waitFor();
  await waitUntilLive(page);
  expect(await part(page, "launcher").count()).toBe(0);
  expect(await composer(page).count()).toBe(0);
  expect(
    await element.evaluate((chat: Element) => chat.send("안내문")),
  ).toEqual(expect.objectContaining({ text: "안내문" }));
  await expect.poll(() => rows(page).count()).toBe(1);
});

test("on a phone it fills the screen, and the button sends", async () => {
  const page = await world.open({
    tag: { project: "phone", mode: "bubble", nickname: "철수" },
    browser: PHONE,
  });
  const closed = await part(page, "launcher").boundingBox();
  expect(closed?.width).toBeGreaterThanOrEqual(44);
  await part(page, "launcher").tap();
  await waitUntilLive(page);
  await expect
    .poll(() => part(page, "panel").boundingBox())
    .toEqual({ x: 0, y: 0, ...PHONE.viewport });
  expect(await part(page, "launcher").isVisible()).toBe(false);
  const size = await composer(page).evaluate(
    (field) => getComputedStyle(field).fontSize,
  );
  // Below that, Safari would zoom the page.
  expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(16);
  await composer(page).tap();
  await composer(page).pressSequentially("첫 줄");
  await composer(page).press("Enter");
  await composer(page).pressSequentially("둘째 줄");
  expect(await rows(page).count()).toBe(0);
  await button(page, "보내기").tap();
  await expect.poll(() => rows(page).count()).toBe(1);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: "채팅 닫기" })
    .tap();
  await part(page, "launcher").waitFor();
});

test("the inline widget fits a phone", async () => {
  const page = await world.open({
    tag: { project: "narrow", nickname: "철수" },
    browser: { viewport: { width: 320, height: 600 } },
  });
  await waitUntilLive(page);
  await say(page, `${"긴".repeat(300)} https://example.com/${"a".repeat(200)}`);
  await expect.poll(() => rows(page).count()).toBe(1);
  const widths = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ]);
  expect(widths[0]).toBe(widths[1]);
});

test("the panel opens with a movement, unless the reader wants none", async () => {
  for (const reducedMotion of ["no-preference", "reduce"] as const) {
    const page = await world.open({
      tag: { project: "motion", mode: "bubble" },
      browser: { reducedMotion },
    });
    await button(page, "채팅 열기").click();
    const name = await part(page, "panel").evaluate(
      (panel) => getComputedStyle(panel).animationName,
    );
    expect(name === "none").toBe(reducedMotion === "reduce");
    await page.context().close();
  }
});
