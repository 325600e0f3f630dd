/** What our pages give away: the link that invites, and the code that embeds. */
import { expect, test } from "vitest";
import { openPage, watch } from "./support/person.ts";
import { useServer } from "./support/use_server.ts";
import { waitUntilLive } from "./support/widget.ts";

const setting = useServer();

test("the invitation and the code for a page can be copied", async () => {
  const url = `${setting.server.url}/project/share?room=디자인&lang=ko&theme=dark`;
  const page = await openPage(setting.browser, {
    url,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const room = encodeURIComponent("디자인");
  await page.click("#rooms [data-share=invite]");
  await page.keyboard.press("Enter");
  await page.getByText("복사했습니다").waitFor();
  expect(await clipboard()).toBe(
    `${setting.server.url}/project/share?room=${room}`,
  );
  await page.getByLabel("말풍선 버튼").check();
  await page.click("#copy-code");
  await expect
    .poll(clipboard)
    .toBe(
      `<script type="module" src="${setting.server.url}/widget.js"></script>\n` +
        `<project-chat project="share" room="디자인" mode="bubble"></project-chat>`,
    );
  await page.getByLabel("iframe").check();
  await page.click("#copy-code");
  await expect.poll(clipboard).toContain(`?embed=1&amp;room=${room}"`);
  await page.keyboard.press("Escape");
  expect(await page.locator("#share").isVisible()).toBe(false);
});

test("the first page shows the widget with the code that made it, and opens projects", async () => {
  const page = await openPage(setting.browser, { url: "about:blank" });
  const complaints = watch(page);
  await page.goto(setting.server.url);
  await waitUntilLive(page);
  expect(await page.textContent("#code")).toBe(
    `<script type="module" src="${setting.server.url}/widget.js"></script>\n` +
      `<project-chat project="demo"></project-chat>`,
  );
  await page.getByLabel("말풍선").check();
  expect(await page.textContent("#code")).toContain(`mode="bubble"`);
  await page.click(".launcher");
  await page.waitForSelector("[role=dialog] textarea");
  await page.keyboard.press("Escape");

  await page.click("#create");
  await page.waitForURL(/\/project\/[a-z0-9]{16}$/);
  await page.goto(setting.server.url);
  await page.fill("#project", "my project");
  await page.press("#project", "Enter");
  expect(await page.locator("#project:invalid").count()).toBe(1);
  await page.fill("#project", "my-project");
  await page.press("#project", "Enter");
  await page.waitForURL(`${setting.server.url}/project/my-project`);
  expect(complaints).toEqual([]);
});
