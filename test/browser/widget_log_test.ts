/** Reading: the view holds still, follows the end only when there, and marks what is new. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  composer,
  distanceFromEnd,
  drawn,
  type Element,
  part,
  rows,
  say,
  setHidden,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { type Friend, useWorld } from "./support/world.ts";

const world = useWorld();
const HISTORY = 180;
const START = "대화의 시작입니다";

test("older messages come without a jump, by scrolling, up to the start", async () => {
  const { page } = await openLong("scroll", { authors: ["영희", "민수"] });
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
  // The top is where browsers do not hold the view themselves.
  while ((await rows(page).count()) < HISTORY)
    expect(await jumpDuring(page)).toBeLessThanOrEqual(1);
  await scrollTo(page, 0);
  await page.getByText(START).waitFor();
  await waitForTexts(page, { pattern: PATTERN, expected: everything(HISTORY) });
  expect(await button(page, "이전 메시지 더 보기").count()).toBe(0);
});

test("nothing jumps either where the first row joins the group before it", async () => {
  const { page } = await openLong("join", { authors: ["영희"] });
  expect(await jumpDuring(page)).toBeLessThanOrEqual(1);
});

test("older messages come by the button where nothing can be scrolled", async () => {
  const { page } = await openLong("button", { height: 6_000 });
  const jump = await jumpDuring(page, () =>
    button(page, "이전 메시지 더 보기").click(),
  );
  expect(jump).toBeLessThanOrEqual(1);
});

test("at the end the log follows; elsewhere it holds still and counts", async () => {
  const { page, friend } = await openLong("follow");
  await friend.say("따라오나요");
  await page.getByText("따라오나요").waitFor();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
  await composer(page).fill("한 줄\n두 줄\n세 줄\n네 줄");
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
  await composer(page).fill("");

  const end = await part(page, "log").evaluate((log) => log.scrollHeight);
  await scrollTo(page, end - 1_200);
  await button(page, "최신 메시지로").waitFor();
  const top = await topInSight(page);
  for (const text of ["새 글 1", "새 글 2", "새 글 3"]) await friend.say(text);
  await button(page, "새 메시지 3개").waitFor();
  const unread = () =>
    page.locator("project-chat").evaluate((element: Element) => element.unread);
  expect(await unread()).toBe(3);
  expect(Math.abs((await topInSight(page)).top - top.top)).toBeLessThan(1);

  await button(page, "새 메시지 3개").click();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
  await expect.poll(unread).toBe(0);
  expect(await button(page, /새 메시지|최신 메시지로/).count()).toBe(0);
  const divider = page.getByText("여기까지 읽었습니다");
  const edge = await divider.boundingBox();
  const [last, first] = await Promise.all([
    page.getByText("따라오나요").boundingBox(),
    page.getByText("새 글 1").boundingBox(),
  ]);
  expect(edge?.y).toBeGreaterThan(last?.y ?? Number.NaN);
  expect(edge?.y).toBeLessThan(first?.y ?? Number.NaN);

  // Who answers has read.
  await say(page, "읽었습니다");
  await expect.poll(() => divider.count()).toBe(0);
});

test("an own message leads to the end from wherever one reads", async () => {
  const { page } = await openLong("jump");
  await scrollTo(page, 0);
  await button(page, "최신 메시지로").waitFor();
  await say(page, "여기 있어요");
  await page.getByText("여기 있어요").waitFor();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
});

test("what comes while the page is hidden is unread until it is seen", async () => {
  const { page, friend } = await openLong("hidden");
  await setHidden(page, true);
  await friend.say("안 보고 있죠");
  const element = page.locator("project-chat");
  const unread = () => element.evaluate((chat: Element) => chat.unread);
  await expect.poll(unread).toBe(1);
  await setHidden(page, false);
  await expect.poll(unread).toBe(0);
  await page.getByText("여기까지 읽었습니다").waitFor();
});

test("a message of long ago is fetched and shown", async () => {
  const { page } = await openLong("seek");
  const element = page.locator("project-chat");
  expect(
    await element.evaluate((chat: Element) => chat.scrollToMessage(3)),
  ).toBe(true);
  await expect.poll(() => isInSight(page, "글 번호 3번")).toBe(true);
  expect(
    await element.evaluate((chat: Element) => chat.scrollToMessage(9_999)),
  ).toBe(false);
});

const PATTERN = /글 번호 \d+번/g;

function everything(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `글 번호 ${index + 1}번`);
}

/** A room with a past, somebody in it, and a reader who comes to it. */
async function openLong(
  project: string,
  { height = 500, authors = ["영희"] } = {},
): Promise<{ page: Page; friend: Friend }> {
  const friends = await Promise.all(
    authors.map((nickname) => world.invite(project, nickname)),
  );
  const [friend] = friends;
  if (!friend) throw new Error("Nobody said anything");
  for (const [index, text] of everything(HISTORY).entries()) {
    const author = friends[index % friends.length] ?? friend;
    await author.say(text + " 길고 짧은 문장입니다.".repeat(index % 5));
  }
  const page = await world.open({
    tag: { project, nickname: "철수" },
    browser: { viewport: { width: 800, height: height + 200 } },
    script: `document.querySelector("project-chat").style.height = "${height}px"`,
  });
  await waitUntilLive(page);
  await rows(page).first().waitFor();
  return { page, friend };
}

async function scrollTo(page: Page, top: number): Promise<void> {
  await part(page, "log").evaluate((log, top) => {
    log.scrollTop = top;
  }, top);
  await drawn(page);
}

/** The first row in sight: what it says and where it stands. */
function topInSight(page: Page): Promise<{ text: string; top: number }> {
  return part(page, "log").evaluate((log) => {
    const edge = log.getBoundingClientRect().top;
    for (const row of log.querySelectorAll('[part~="message"]')) {
      const { top, bottom } = row.getBoundingClientRect();
      if (bottom > edge) return { text: row.textContent, top };
    }
    throw new Error("No row is in sight");
  });
}

/** By how many pixels what one reads at the top moves while `act` brings older rows. */
async function jumpDuring(page: Page, act = async () => {}): Promise<number> {
  const log = part(page, "log");
  // At once, before the log can answer to its scrolling. The first row may lose its
  // head to the rows that come before it; what stands below it has no reason to move.
  const before = await log.evaluateHandle((log) => {
    log.scrollTop = 0;
    const rows = log.querySelectorAll('[part~="message"]');
    const row = rows[1] ?? log;
    return { row, count: rows.length, top: row.getBoundingClientRect().top };
  });
  const count = await before.evaluate(({ count }) => count);
  await act();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(count);
  await drawn(page);
  return before.evaluate(({ row, top }) =>
    Math.abs(row.getBoundingClientRect().top - top),
  );
}

async function isInSight(page: Page, text: string): Promise<boolean> {
  const box = await page
    .getByText(text, { exact: false })
    .first()
    .boundingBox();
  const log = await part(page, "log").boundingBox();
  if (!box || !log) return false;
  return box.y >= log.y && box.y + box.height <= log.y + log.height;
}

test("after a jump in a log that fits, new messages are read as they come", async () => {
  const page = await world.open({
    tag: { project: "fits", nickname: "링크" },
  });
  const friend = await world.invite("fits", "영희");
  for (const text of ["하나", "둘", "셋"]) await friend.say(text);
  await waitUntilLive(page);
  await page.getByText("셋").waitFor();
  const isShown = page
    .locator("project-chat")
    .evaluate((element: Element) => element.scrollToMessage(1));
  expect(await isShown).toBe(true);
  await expect.poll(() => button(page, "최신 메시지로").count()).toBe(0);
  await friend.say("넷");
  await page.getByText("넷").waitFor();
  await drawn(page);
  expect(await button(page, /새 메시지/).count()).toBe(0);
});

test("a selection holds what was said, and not who and when", async () => {
  const page = await world.open({ tag: { project: "select" } });
  const friend = await world.invite("select", "영희");
  for (const text of ["하나", "둘"]) await friend.say(text);
  await page.getByText("둘").waitFor();
  const selected = await part(page, "log").evaluate((log) => {
    getSelection()?.selectAllChildren(log);
    return getSelection()?.toString() ?? "";
  });
  expect(selected).toMatch(/하나\s+둘/);
});
