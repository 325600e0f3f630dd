/** Phones: zoomed in, and on their side. */
import { expect, test } from "vitest";
import { useMeeting } from "./support/meeting.ts";
import { PHONE } from "./support/phone.ts";
import {
  button,
  composer,
  type Element,
  part,
  rows,
  waitUntilLive,
} from "./support/widget.ts";

const { visit, world } = useMeeting();
const { width, height } = PHONE.viewport;
const ON_ITS_SIDE = {
  ...PHONE,
  viewport: { width: height, height: width },
};

test("zooming in leaves the panel its size", async () => {
  const page = await world.open({
    tag: { project: "zoom", mode: "bubble" },
    browser: PHONE,
  });
  await button(page, "채팅 열기").click();
  await waitUntilLive(page);
  // The extras, which follow the keyboard, are there.
  await button(page, /^참여자/).waitFor();
  const before = await composer(page).boundingBox();
  const devtools = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    visualViewport?.addEventListener("resize", () => {
      document.title = `zoomed ${visualViewport?.scale}`;
    });
  });
  await devtools.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2 });
  await expect.poll(() => page.title()).toBe("zoomed 2");
  const covered = await page
    .locator("project-chat")
    .evaluate((e: Element) => e.style.getPropertyValue("--keyboard"));
  expect(Number.parseFloat(covered)).toBeLessThan(1);
  await devtools.send("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
  await expect.poll(() => page.title()).toBe("zoomed 1");
  expect(await composer(page).boundingBox()).toEqual(before);
});

test("on its side a phone shows nothing but the panel, clear of the keyboard", async () => {
  const page = await world.open({
    tag: { project: "side", mode: "bubble" },
    browser: ON_ITS_SIDE,
  });
  await button(page, "채팅 열기").click();
  await waitUntilLive(page);
  const box = await part(page, "panel").boundingBox();
  expect(box).toMatchObject({ x: 0, ...ON_ITS_SIDE.viewport });
});

test("a program's message leaves through a bubble that was never opened", async () => {
  const page = await world.open({
    tag: { project: "program", mode: "bubble", nickname: "광고주" },
  });
  await button(page, "채팅 열기").waitFor();
  const text = await page
    .locator("project-chat")
    .evaluate(async (element: Element) => {
      const message = await element.send("프로그램이 보냄");
      return (message as { text: string }).text;
    });
  expect(text).toBe("프로그램이 보냄");
});

test("after a long press every tap counts again", async () => {
  const friend = await world.invite("taps", "영희");
  await friend.say("길게 누를 말");
  const page = await visit("taps", "철수", { browser: PHONE });
  const devtools = await page.context().newCDPSession(page);
  const { x = 0, y = 0 } = (await rows(page).last().boundingBox()) ?? {};
  await devtools.send("Input.dispatchTouchEvent", {
    type: "touchStart",
    touchPoints: [{ x: x + 150, y: y + 12 }],
  });
  await page.getByRole("menu").waitFor();
  await devtools.send("Input.dispatchTouchEvent", {
    type: "touchEnd",
    touchPoints: [],
  });
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  // As the button of a message that was not sent, it is in no row with a number.
  const start = page.getByText("대화의 시작입니다");
  await start.evaluate((element) => {
    element.addEventListener("click", () => {
      document.title = "tapped";
    });
  });
  await start.tap();
  await expect.poll(() => page.title()).toBe("tapped");
});
