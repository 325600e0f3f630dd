/** Reports, sanctions and the audit in the panel of our page. */
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { sign } from "../support/tokens.ts";
import { complaintsOf } from "./support/axe.ts";
import { useGathering } from "./support/gathering.ts";
import { as, openTab, status } from "./support/manage.ts";
import { watch } from "./support/person.ts";
import { PHONE } from "./support/phone.ts";

const gathering = useGathering();
const { member } = gathering;
const clients: ChatClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** Somebody in a room, without a browser. */
async function invite(
  project: string,
  { room = "lobby", ...claims }: { room?: string; name: string; role?: string },
): Promise<ChatClient> {
  const token = await sign(project, { sub: claims.name, ...claims });
  const client = new ChatClient(gathering.server.url, {
    project,
    room,
    getToken: () => token,
  });
  clients.push(client);
  client.connect();
  await expect.poll(() => client.timeline.live).toBe(true);
  return client;
}

const entries = (page: Page) => page.locator(".entries > li");

test("a report reaches moderators at once; they look at it where it was said, and delete it", async () => {
  const project = "reports";
  const page = await member(project, as("moderator"));
  const complaints = watch(page);
  const author = await invite(project, { name: "민준", room: "디자인" });
  const reporter = await invite(project, { name: "영희", room: "디자인" });
  const { seq } = await author.send("<b>심한</b> 말");
  await reporter.ask({ type: "report", seq, reason: "욕설이에요" });
  await page.locator(".news", { hasText: "새 신고 1" }).waitFor();
  await openTab(page, "reports");
  expect(await page.textContent(".news")).toBe("");
  const entry = entries(page);
  for (const text of [
    "민준",
    "#디자인",
    "<b>심한</b> 말",
    "영희",
    "욕설이에요",
  ])
    expect(await entry.textContent()).toContain(text);
  await entry.locator("a").click();
  await page.waitForURL(/room=.*#m=1$/);
  await page.locator(".log .text", { hasText: "심한" }).waitFor();
  expect(await page.locator("#manage").count()).toBe(0);

  await openTab(page, "reports");
  await entry.locator("button", { hasText: "메시지 삭제" }).click();
  await entry.locator("button", { hasText: "그대로 두기" }).click();
  expect(author.timeline.messages[0]?.deleted).toBeUndefined();
  await entry.locator("button", { hasText: "메시지 삭제" }).click();
  await entry.locator(".danger").click();
  await status(page).filter({ hasText: "삭제했습니다" }).waitFor();
  await expect.poll(() => author.timeline.messages[0]?.deleted).toBe(true);
  expect(await entry.textContent()).toContain("삭제된 메시지입니다");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("A");
  await entry.locator("button", { hasText: "신고 처리 완료" }).click();
  await status(page).filter({ hasText: "처리했습니다" }).waitFor();
  expect(await entries(page).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.waitForSelector('.log :text("심한")', { state: "detached" });
  expect(complaints).toEqual([]);
});

test("who was muted or banned is listed, and let again by one button", async () => {
  const project = "sanctions";
  const page = await member(project);
  const moderator = await invite(project, { name: "민준", role: "moderator" });
  await (await invite(project, { name: "철수" })).send("광고");
  const muted = await invite(project, { name: "영희" });
  await muted.send("도배");
  const until = Date.now() + 3_600_000;
  await moderator.ask({
    type: "moderate",
    action: "mute",
    member: "영희",
    until,
    reason: "도배",
  });
  await moderator.ask({ type: "moderate", action: "ban", member: "철수" });
  await expect(muted.send("또")).rejects.toMatchObject({ code: "muted" });
  await openTab(page, "sanctions");
  const texts = await entries(page).allTextContents();
  expect(texts).toHaveLength(2);
  expect(texts.join()).toMatch(/철수 차단.*기한 없음/);
  expect(texts.join()).toMatch(/영희 글쓰기 금지.*까지.*도배/);
  await page.getByRole("button", { name: "영희 님의 제한 풀기" }).click();
  await status(page).filter({ hasText: "영희 님의 제한을 풀었" }).waitFor();
  await muted.send("고맙습니다");
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe(
    "철수 님의 제한 풀기",
  );
  // Somebody else was quicker: it is lifted all the same.
  await moderator.ask({ type: "moderate", action: "unban", member: "철수" });
  await page.keyboard.press("Enter");
  await status(page).filter({ hasText: "제한한 사람이 없습니다" }).waitFor();
  expect(await entries(page).count()).toBe(0);
});

test("what a moderator may not lift is said in a sentence", async () => {
  const project = "above";
  const owner = await invite(project, { name: "민준", role: "owner" });
  await owner.ask({ type: "moderate", action: "ban", member: "철수" });
  const page = await member(project, as("moderator"));
  await openTab(page, "sanctions");
  await entries(page).locator("button").click();
  await status(page).filter({ hasText: "더 높은 사람이" }).waitFor();
  expect(await entries(page).count()).toBe(1);
});

test("the audit tells who did what, page by page", async () => {
  const project = "audit";
  const moderator = await invite(project, { name: "민준", role: "moderator" });
  for (let seconds = 1; seconds <= 35; seconds++)
    await moderator.ask({
      type: "moderate",
      action: "slow",
      seconds: seconds % 35,
    });
  await moderator.ask({
    type: "moderate",
    action: "topic",
    text: "{who} 발표",
  });
  const page = await member(project);
  await openTab(page, "settings");
  await page.selectOption("#setting-links", "members");
  await page.click("#manage .primary");
  await status(page).filter({ hasText: "저장했습니다" }).waitFor();
  await page.click("#manage-audit");
  await page.waitForSelector(".entries > li");
  const sentences = page.locator(".entries > li > p:first-child");
  expect(await sentences.count()).toBe(30);
  expect(await sentences.first().textContent()).toBe(
    "서연 님이 설정을 바꿨습니다: 링크를 올릴 수 있는 사람",
  );
  expect(await sentences.nth(1).textContent()).toBe(
    "민준 님이 주제를 정했습니다: {who} 발표",
  );
  expect(await sentences.nth(2).textContent()).toBe(
    "민준 님이 슬로 모드를 껐습니다",
  );
  await page.click("#manage-panel > div > button");
  await expect.poll(() => sentences.count()).toBe(37);
  expect(await sentences.last().textContent()).toContain("1초 간격으로");
  expect(await page.locator("#manage-panel > div > button").count()).toBe(0);
  expect(
    await page.evaluate(() => document.activeElement?.textContent),
  ).toContain("7초 간격으로");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing to complain about in ${colorScheme}`, async () => {
    const project = `axe-${colorScheme}`;
    const moderator = await invite(project, {
      name: "민준",
      role: "moderator",
    });
    const { seq } = await moderator.send("무슨 말");
    await moderator.ask({ type: "report", seq, reason: "시험" });
    const asked = { type: "moderate", member: "철수" } as const;
    await moderator.ask({ ...asked, action: "ban" });
    await moderator.ask({ ...asked, action: "mute" });
    const page = await member(project);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.click("#bell");
    expect(await complaintsOf(page), "page").toEqual([]);
    await page.click("#open-manage");
    for (const width of [1280, PHONE.viewport.width]) {
      await page.setViewportSize({ width, height: 780 });
      for (const tab of ["reports", "sanctions", "settings", "audit"]) {
        await page.click(`#manage-${tab}`);
        await page.waitForSelector("#manage-panel > :not(.status)");
        expect(await complaintsOf(page), `${tab} ${width}`).toEqual([]);
      }
    }
    await page.click("#manage-settings");
    await page.fill("#setting-origins", "not an origin");
    await page.click("#manage .primary");
    await page.waitForSelector("[aria-invalid]");
    expect(await complaintsOf(page), "fault").toEqual([]);
  });
}

test("on a phone the focus comes back to where the panel can be opened again", async () => {
  const page = await member("phone", as("moderator"));
  await page.setViewportSize(PHONE.viewport);
  await page.click("[popovertarget=rooms]");
  await page.click("#open-manage");
  await page.waitForSelector("#manage[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#manage", { state: "detached" });
  expect(
    await page.evaluate(() =>
      document.activeElement?.getAttribute("popovertarget"),
    ),
  ).toBe("rooms");
});
