/** The panel of owners and moderators on our page. */
import { expect, test } from "vitest";
import type { Settings } from "../../src/protocol/settings.ts";
import { sign } from "../support/tokens.ts";
import { useGathering } from "./support/gathering.ts";
import { as, openTab, status } from "./support/manage.ts";
import { watch } from "./support/person.ts";
import { waitForBanner } from "./support/widget.ts";

const gathering = useGathering();
const { member } = gathering;

async function settingsOf(project: string): Promise<Settings> {
  const token = await sign(project, { role: "owner" });
  const response = await fetch(
    `${gathering.server.url}/project/${project}/settings`,
    {
      headers: { Authorization: `Bearer ${token}` },
    },
  );
  return (await response.json()) as Settings;
}

test("only those whom it serves see the panel, and only they load it", async () => {
  const seen: Record<string, string[]> = {};
  for (const role of ["reader", "member", "moderator", "owner"]) {
    const page = await member("roles", as(role));
    const loaded = () =>
      page.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => name),
      );
    await page.locator("#account:has-text('서연')").waitFor();
    seen[role] = [];
    expect((await loaded()).join()).not.toContain("/manage");
    if (!(await page.isVisible("#open-manage"))) continue;
    await page.click("#open-manage");
    await page.waitForSelector("#manage[open]");
    seen[role] = await page.locator("#manage [role=tab]").allTextContents();
    expect((await loaded()).join()).toContain("/manage.js");
  }
  expect(seen).toEqual({
    reader: [],
    member: [],
    moderator: ["신고", "제한한 사람"],
    owner: ["신고", "제한한 사람", "설정", "기록"],
  });
});

test("an owner changes settings, and they hold at once", async () => {
  const page = await member("settings");
  const complaints = watch(page);
  const guest = await gathering.guest("settings", "손님");
  await openTab(page, "settings");
  await page.fill(
    "#setting-origins",
    "https://a.example\n\n  https://b.example/ ",
  );
  await page.fill("#setting-blockedWords", "욕설");
  await page.selectOption("#setting-links", "members");
  await page.uncheck("#setting-readReceipts");
  await page.selectOption("#setting-mode", "members");
  await page.click("#manage [type=submit].primary");
  await status(page).filter({ hasText: "저장했습니다" }).waitFor();
  await waitForBanner(guest, "이 채팅에 참여할 수 없습니다");
  expect(await settingsOf("settings")).toMatchObject({
    mode: "members",
    origins: ["https://a.example", "https://b.example"],
    blockedWords: ["욕설"],
    links: "members",
    readReceipts: false,
  });
  expect(complaints).toEqual([]);
});

test("an invitation says who may come by it", async () => {
  const page = await member("invite");
  const sentence = page.locator("#share [data-for]:visible");
  await page.click(".shares [data-share=invite]");
  expect(await sentence.textContent()).toContain("누구나");
  await page.keyboard.press("Escape");
  await openTab(page, "settings");
  await page.selectOption("#setting-mode", "members");
  await page.click("#manage [type=submit].primary");
  await status(page).filter({ hasText: "저장했습니다" }).waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(
    () =>
      document.querySelector("project-chat")?.client?.timeline.settings
        ?.mode === "members",
  );
  await page.click(".shares [data-share=invite]");
  expect(await sentence.textContent()).toContain("로그인한 멤버만");
});

test("only what was changed is sent, so that two owners do not undo each other", async () => {
  const one = await member("two");
  const two = await member("two");
  for (const page of [one, two]) await openTab(page, "settings");
  await one.selectOption("#setting-links", "nobody");
  await one.click("#manage [type=submit].primary");
  await status(one).filter({ hasText: "저장했습니다" }).waitFor();
  await two.fill("#setting-blockedWords", "광고");
  await two.click("#manage [type=submit].primary");
  await status(two).filter({ hasText: "저장했습니다" }).waitFor();
  expect(await two.inputValue("#setting-links")).toBe("nobody");
  expect(await settingsOf("two")).toMatchObject({
    links: "nobody",
    blockedWords: ["광고"],
  });
  await two.click("#manage [type=submit].primary");
  await status(two).filter({ hasText: "바뀐 것이 없습니다" }).waitFor();
});

test("what the server refuses is said at its field, and nothing is lost", async () => {
  const page = await member("refused");
  await openTab(page, "settings");
  const written = "https://a.example\nb.example/chat";
  await page.fill("#setting-origins", written);
  await page.click("#manage [type=submit].primary");
  const fault = page.locator("#setting-origins-fault");
  await fault.filter({ hasText: "“b.example/chat”" }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(
    "setting-origins",
  );
  expect(await page.getAttribute("#setting-origins", "aria-invalid")).toBe(
    "true",
  );
  expect(await page.inputValue("#setting-origins")).toBe(written);
  expect((await settingsOf("refused")).origins).toEqual([]);
  await page.fill("#setting-origins", "https://a.example");
  await page.click("#manage [type=submit].primary");
  await status(page).filter({ hasText: "저장했습니다" }).waitFor();
  expect(await fault.textContent()).toBe("");
});

test("what is not saved is still there after another tab, and after the panel", async () => {
  const page = await member("unsaved");
  await openTab(page, "settings");
  await page.fill("#setting-blockedWords", "광고");
  await page.click("#manage-reports");
  await status(page).filter({ hasText: "신고가 없습니다" }).waitFor();
  await page.click("#manage-settings");
  await status(page).filter({ hasText: "저장하지 않은" }).waitFor();
  expect(await page.inputValue("#setting-blockedWords")).toBe("광고");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#manage", { state: "detached" });
  await openTab(page, "settings");
  expect(await page.inputValue("#setting-blockedWords")).toBe("광고");
  await page.click("#manage [type=submit].primary");
  await status(page).filter({ hasText: "저장했습니다" }).waitFor();
  expect(await settingsOf("unsaved")).toMatchObject({ blockedWords: ["광고"] });
});

test("what is not saved can be given up for what another owner has saved meanwhile", async () => {
  const [one, other] = [await member("discard"), await member("discard")];
  for (const page of [one, other]) await openTab(page, "settings");
  await one.fill("#setting-blockedWords", "광고");
  await one.selectOption("#setting-mode", "members");
  await other.selectOption("#setting-links", "nobody");
  await other.click("#manage [type=submit].primary");
  await status(other).filter({ hasText: "저장했습니다" }).waitFor();
  await one.getByRole("button", { name: "되돌리기" }).click();
  await status(one).filter({ hasText: "되돌렸습니다" }).waitFor();
  expect(await one.inputValue("#setting-blockedWords")).toBe("");
  expect(await one.inputValue("#setting-mode")).toBe("open");
  expect(await one.inputValue("#setting-links")).toBe("nobody");
  await one.click("#manage [type=submit].primary");
  await status(one).filter({ hasText: "바뀐 것이 없습니다" }).waitFor();
});

test("a selection that ends beside the panel does not close it; a click there does", async () => {
  const page = await member("selection");
  await openTab(page, "settings");
  await page.fill("#setting-origins", "https://a.example");
  const area = await page.locator("#setting-origins").boundingBox();
  const { x = 0, y = 0 } = area ?? {};
  await page.mouse.move(x + 60, y + 20);
  await page.mouse.down();
  await page.mouse.move(4, y + 20);
  await page.mouse.up();
  expect(await page.locator("#manage[open]").count()).toBe(1);
  expect(await page.inputValue("#setting-origins")).toBe("https://a.example");
  await page.mouse.click(4, y + 20);
  await page.waitForSelector("#manage", { state: "detached" });
});

test("a server that cannot be reached is told, and asked again by the same button", async () => {
  const page = await member("offline");
  await openTab(page, "settings");
  await page.fill("#setting-blockedWords", "광고");
  await page.context().setOffline(true);
  await page.click("#manage [type=submit].primary");
  await status(page).filter({ hasText: "닿지 못했습니다" }).waitFor();
  await page.context().setOffline(false);
  await page.click("#manage [type=submit].primary");
  await status(page).filter({ hasText: "저장했습니다" }).waitFor();
});

test("the keyboard alone opens it, goes through it and comes back", async () => {
  const page = await member("keys");
  const focused = () => page.evaluate(() => document.activeElement?.id);
  await page.focus("#open-manage");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#manage[open]");
  expect(await focused()).toBe("manage-reports");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  expect(await focused()).toBe("manage-settings");
  // The tabs are one stop, wherever in them one is; back in them is back at the open one.
  await page.keyboard.press("Shift+Tab");
  expect(await focused()).not.toContain("manage-");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("manage-reports");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  // A tab that one passes is not opened, and nothing fetched for it.
  expect(await page.getAttribute("#manage-settings", "aria-selected")).toBe(
    "false",
  );
  await page.keyboard.press("Enter");
  await page.waitForSelector(".fields");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("manage-panel");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("setting-mode");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#manage", { state: "detached" });
  expect(await focused()).toBe("open-manage");
});
