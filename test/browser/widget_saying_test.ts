/** What is done in the panel is answered for the eye, too. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import { useMeeting } from "./support/meeting.ts";
import {
  button,
  composer,
  distanceFromEnd,
  type Element,
  focused,
  part,
  rowOf,
  say,
  waitForTexts,
} from "./support/widget.ts";

const { visit, world } = useMeeting();
const said = (page: Page) => part(page, "panel").locator(".said");

test("whoever reports a message sees that it was done, until some time has passed", async () => {
  const friend = await world.invite("report", "영희");
  await friend.say("광고입니다");
  const page = await visit("report", "철수");
  await page.clock.install();
  await choose(page, { text: "광고입니다", item: "신고" });
  await page.getByRole("textbox", { name: "신고 사유" }).fill("스팸");
  await page.keyboard.press("Enter");
  const line = said(page);
  await expect.poll(() => line.textContent()).toBe("운영진에게 신고했습니다.");
  expect(await line.isVisible()).toBe(true);
  // The live region says it; nobody hears it twice, and the focus is where it was.
  expect(await line.getAttribute("aria-hidden")).toBe("true");
  expect(await focused(page)).toContain("광고입니다");
  expect(await complaintsOf(page)).toEqual([]);
  await page.clock.fastForward(10_000);
  await line.waitFor({ state: "detached" });
});

test("what is refused is seen, and goes when something is sent", async () => {
  const page = await visit("refused", "철수");
  await say(page, "지워질 말");
  const expected = ["지워질 말"];
  await waitForTexts(page, { pattern: /지워질 말/g, expected });
  await composer(page).press("ArrowUp");
  await composer(page).fill("고친 글");
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.delete(1));
  await rowOf(page, "삭제된 메시지입니다.").waitFor();
  await composer(page).press("Enter");
  await expect
    .poll(() => said(page).textContent())
    .toBe("처리하지 못했습니다.");
  await composer(page).press("Escape");
  await say(page, "다음 말");
  await said(page).waitFor({ state: "detached" });
});

test("a copy that the page forbids is seen to have failed", async () => {
  const page = await visit("copy", "철수", {
    before: () => {
      navigator.clipboard.writeText = () =>
        Promise.reject(new DOMException("No", "NotAllowedError"));
    },
  });
  await say(page, "복사할 말");
  await choose(page, { text: "복사할 말", item: "텍스트 복사" });
  await expect
    .poll(() => said(page).textContent())
    .toBe("복사하지 못했습니다. 직접 골라 복사해 주세요.");
});

test("it stands above the way to the latest, and covers nothing that is pressed", async () => {
  const friend = await world.invite("above", "영희");
  for (let n = 1; n <= 30; n++) await friend.say(`말 ${n}번`);
  const page = await visit("above", "철수");
  await rowOf(page, "말 30번").waitFor();
  await part(page, "log").evaluate((log) => log.scrollTo(0, 0));
  const latest = button(page, "최신 메시지로");
  await latest.waitFor();
  await choose(page, { text: "말 2번", item: "링크 복사" });
  await said(page).waitFor();
  const [line, below] = await Promise.all([
    said(page).boundingBox(),
    latest.boundingBox(),
  ]);
  expect((line?.y ?? 0) + (line?.height ?? 0)).toBeLessThan(below?.y ?? 0);
  await latest.click();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
});

async function choose(
  page: Page,
  { text, item }: { readonly text: string; readonly item: string },
): Promise<void> {
  // A message that is on its way has no menu yet.
  await rowOf(page, text).and(page.locator("[data-seq]")).press("Enter");
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}
