/** Where guests are challenged: nothing of a third party before that, and the text waits. */
import { expect, test } from "vitest";
import type { ProjectChatElement } from "../../src/widget/mod.ts";
import { openPage } from "./support/person.ts";
import { useServer } from "./support/use_server.ts";
import { say, waitUntilLive } from "./support/widget.ts";

const setting = useServer({
  args: ["--var", "TURNSTILE_SITEKEY:1x", "--var", "TURNSTILE_SECRET:1x0"],
});

/** What Cloudflare's script does, as far as it is used: a button for who is a person. */
const SCRIPT = `window.turnstile = {
  render(place, { sitekey, callback }) {
    const button = document.createElement("button");
    button.textContent = "사람입니다 " + sitekey;
    button.onclick = () => callback("passed");
    place.append(button);
  },
};`;

test("[D6] a guest is challenged at the first message, which is sent afterwards", async () => {
  const page = await openPage(setting.browser, { url: "about:blank" });
  const asked: string[] = [];
  const told: { type?: string; token?: string; text?: string }[] = [];
  const handedIn: (string | null)[] = [];
  await page.route("https://challenges.cloudflare.com/**", (route) => {
    asked.push(route.request().url());
    return route.fulfill({ body: SCRIPT, contentType: "text/javascript" });
  });
  page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (payload !== "ping") told.push(JSON.parse(String(payload)));
    }),
  );
  await page.goto(`${setting.server.url}/project/person?embed=1&nickname=철수`);
  await waitUntilLive(page);
  const token = await page.$eval(
    "project-chat",
    (chat) => (chat as ProjectChatElement).client?.you?.token,
  );
  // Cloudflare is not asked from here: the server's answer is that of a guest who passed.
  await page.route("**/project/person/challenge", (route) => {
    if (route.request().method() !== "POST") return route.continue();
    handedIn.push(route.request().postData());
    return route.fulfill({ json: { token } });
  });
  await page.waitForSelector("header .count");
  expect(asked).toEqual([]);
  await say(page, "저는 사람입니다");
  const button = page.getByRole("button", { name: "사람입니다 1x" });
  await button.waitFor();
  await page.locator(".row.failed", { hasText: "저는 사람입니다" }).waitFor();
  expect(asked).toHaveLength(1);
  const sends = () => told.filter(({ text }) => text === "저는 사람입니다");
  expect(sends()).toHaveLength(1);
  await button.click();
  await expect.poll(() => sends().length).toBe(2);
  expect(handedIn).toEqual(['{"response":"passed"}']);
  expect(told.find(({ type }) => type === "auth")?.token).toBe(token);
});

test("[D6] a challenge that did not load is there when one sends again", async () => {
  const page = await openPage(setting.browser, { url: "about:blank" });
  let tries = 0;
  await page.route("https://challenges.cloudflare.com/**", (route) =>
    ++tries === 1
      ? route.abort()
      : route.fulfill({ body: SCRIPT, contentType: "text/javascript" }),
  );
  await page.goto(`${setting.server.url}/project/again?embed=1&nickname=철수`);
  await waitUntilLive(page);
  await page.waitForSelector("header .count");
  await say(page, "저는 사람입니다");
  await page.locator(".row.failed", { hasText: "저는 사람입니다" }).waitFor();
  await expect.poll(() => tries).toBe(1);
  await page.getByRole("button", { name: "다시 보내기" }).click();
  await page.getByRole("button", { name: "사람입니다 1x" }).waitFor();
});
