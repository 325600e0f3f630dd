/** A project's page around the widget: its rooms, and the addresses that lead there. */
import { expect, test } from "vitest";
import type { ProjectChatElement } from "../../src/widget/mod.ts";
import { complaintsOf } from "./support/axe.ts";
import { join, openPage, waitForMessages, watch } from "./support/person.ts";
import { PHONE } from "./support/phone.ts";
import { useServer } from "./support/use_server.ts";
import {
  followSockets,
  say,
  setHidden,
  waitUntilLive,
} from "./support/widget.ts";

const setting = useServer();

test("rooms are made by name, listed, and left and entered without a reload", async () => {
  const url = `${setting.server.url}/project/rooms`;
  const page = await openPage(setting.browser, { url });
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

  const other = await openPage(setting.browser, { url });
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
  const url = `${setting.server.url}/project/fresh`;
  const other = await openPage(setting.browser, { url: `${url}?room=design` });
  await join(other, "영희");
  await say(other, "첫 시안");
  await waitForMessages(other, ["영희: 첫 시안"]);

  const page = await openPage(setting.browser, { url: `${url}?room=design` });
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
  const url = `${setting.server.url}/project/found`;
  const other = await openPage(setting.browser, { url: `${url}?room=공지` });
  await join(other, "영희");
  await say(other, "소풍은 금요일입니다");
  await waitForMessages(other, ["영희: 소풍은 금요일입니다"]);
  const page = await openPage(setting.browser, { url });
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
  const url = `${setting.server.url}/project/badge`;
  const page = await openPage(setting.browser, { url });
  await waitUntilLive(page);
  const other = await openPage(setting.browser, { url });
  await join(other, "영희");
  await setHidden(page, true);
  for (const text of ["하나", "둘", "셋"]) await say(other, text);
  await expect.poll(() => page.title()).toBe("(3) 로비 · badge");
  await setHidden(page, false);
  await expect.poll(() => page.title()).toBe("로비 · badge");
});

test("an address leads to one message", async () => {
  const url = `${setting.server.url}/project/deep`;
  const writer = await openPage(setting.browser, { url });
  await join(writer, "철수");
  const texts = Array.from({ length: 70 }, (_, index) => `글 ${index + 1}`);
  for (const text of texts) await say(writer, text);
  await expect.poll(() => writer.locator(".row.pending").count()).toBe(0);

  const page = await openPage(setting.browser, { url: `${url}#m=4` });
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

test("on a phone rooms wait behind a button", async () => {
  const page = await openPage(setting.browser, {
    url: `${setting.server.url}/project/phone`,
    ...PHONE,
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
