/** Signing in on our page: the token of a link, from the address to the room and out again. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import { join, openPage, waitForMessages, watch } from "./support/person.ts";
import { useServer } from "./support/use_server.ts";
import { say, waitUntilLive } from "./support/widget.ts";

const setting = useServer(TRUSTING);

function linkTo(project: string, token: string, more = ""): string {
  return `${setting.server.url}/project/${project}#token=${token}${more}`;
}

/** All that the browser keeps of this origin beyond the tab. */
function kept(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify({ ...localStorage }));
}

test("a link signs in for the tab, and its token stays nowhere else", async () => {
  const token = await sign("link", { name: "서연", role: "moderator" });
  const page = await openPage(setting.browser, { url: "about:blank" });
  const complaints = watch(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("websocket", (socket) => asked.push(socket.url()));
  await page.goto(linkTo("link", token));
  await waitUntilLive(page);
  expect(page.url()).toBe(`${setting.server.url}/project/link`);
  expect(await page.textContent("#account")).toMatch(/서연\s+운영진/);
  await say(page, "회원입니다");
  await waitForMessages(page, ["서연: 회원입니다"]);
  await page.reload();
  await waitForMessages(page, ["서연: 회원입니다"]);
  await page.locator("#account:has-text('서연')").waitFor();
  expect(asked.join()).not.toContain(token);
  expect(await kept(page)).not.toContain(token);
  await page.goBack();
  expect(page.url()).toBe("about:blank");

  const other = await page.context().newPage();
  await other.goto(`${setting.server.url}/project/link`);
  await waitForMessages(other, ["서연: 회원입니다"]);
  expect(await other.isVisible("#account")).toBe(false);
  expect(complaints).toEqual([]);
});

test("a link may lead to a message, and another link in the same tab to another person", async () => {
  const first = await sign("deep", { sub: "a", name: "철수" });
  const second = await sign("deep", { sub: "b", name: "영희" });
  const page = await openPage(setting.browser, {
    url: linkTo("deep", first, "&m=1"),
  });
  await waitUntilLive(page);
  expect(page.url()).toBe(`${setting.server.url}/project/deep#m=1`);
  await page.goto(linkTo("deep", second));
  await page.locator("#account:has-text('영희')").waitFor();
  expect(page.url()).toBe(`${setting.server.url}/project/deep`);
});

test("signing out leaves a guest who is somebody else", async () => {
  const token = await sign("out", { sub: "a", name: "철수" });
  const page = await openPage(setting.browser, { url: linkTo("out", token) });
  await waitUntilLive(page);
  await say(page, "회원으로");
  await waitForMessages(page, ["철수: 회원으로"]);
  await page.click("#account [data-leave]");
  await page.waitForSelector("#account", { state: "hidden" });
  await join(page, "민준");
  await say(page, "손님으로");
  await waitForMessages(page, ["철수: 회원으로", "민준: 손님으로"]);
  await page.reload();
  await waitForMessages(page, ["철수: 회원으로", "민준: 손님으로"]);
  expect(await page.isVisible("#account")).toBe(false);
});

test.each([
  ["expired", { exp: 1_000 }, "로그인 시간이 끝났습니다"],
  ["another project's", { project: "other" }, "여기서 쓸 수 없습니다"],
])(
  "a token that is %s is told in a sentence, with the way on as a guest",
  async (_, claims, sentence) => {
    const token = await sign("old", claims);
    const page = await openPage(setting.browser, { url: linkTo("old", token) });
    const notice = page.locator("#refused");
    await notice.filter({ hasText: sentence }).waitFor();
    await page.fill("textarea", "쓰던 글");
    await notice.locator("button").click();
    await notice.waitFor({ state: "hidden" });
    await waitUntilLive(page);
    expect(await page.inputValue("textarea")).toBe("쓰던 글");
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  },
);

test("where storage is blocked, a link still signs in until the page is left", async () => {
  const token = await sign("blocked", { name: "서연" });
  const page = await openPage(setting.browser, { url: "about:blank" });
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("Access is denied", "SecurityError");
        },
      });
  });
  await page.goto(linkTo("blocked", token));
  await page.locator("#account:has-text('서연')").waitFor();
  expect(page.url()).toBe(`${setting.server.url}/project/blocked`);
});
