/** What is read out to those who do not see the log. */
import { expect, test } from "vitest";
import { button, waitUntilLive } from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

test("one announcer in the light DOM; history and own words are never announced", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const friend = await world.invite("announce", "영희");
  for (const text of ["지난 이야기 1", "지난 이야기 2"]) await friend.say(text);
  const page = await world.open({
    tag: { project: "announce", nickname: "철수" },
    body: (tag) => tag + tag,
    server: wire.url,
  });
  const region = page.locator("body > [role=log]");
  await waitUntilLive(page);
  expect(await region.count()).toBe(1);
  expect(await region.getAttribute("aria-live")).toBe("polite");
  // Roles of the log inside: none that speaks by itself.
  expect(
    await page
      .locator("project-chat")
      .locator('[role=log], [aria-live="polite"], [aria-live="assertive"]')
      .count(),
  ).toBe(0);
  // Out of sight, but not out of the accessibility tree.
  expect(
    await region.evaluate((log) => {
      const { display, visibility } = getComputedStyle(log);
      return { display, visibility };
    }),
  ).toEqual({ display: "block", visibility: "visible" });
  const spoken = await region.evaluateHandle((log) => {
    const lines: string[] = [];
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) lines.push(node.textContent ?? "");
    }).observe(log, { childList: true, subtree: true });
    return lines;
  });
  const first = page.locator("project-chat").first();
  const field = first.getByRole("textbox", { name: "메시지를 입력하세요" });
  await field.fill("내 말");
  await field.press("Enter");
  await page.getByText("내 말").first().waitFor();
  await friend.say("지금 이야기");
  await expect
    .poll(() => spoken.jsonValue(), { timeout: 5_000 })
    .toEqual(["영희: 지금 이야기"]);

  // Missed while away: told by the log, not by the announcer.
  wire.cut();
  await friend.say("놓친 이야기");
  await page.getByText("연결하는 중…").first().waitFor();
  wire.mend();
  // The client may be back before anybody can click.
  const now = button(page, "지금 다시 연결").first();
  await now.click({ timeout: 2_000 }).catch(() => undefined);
  await page.getByText("놓친 이야기").first().waitFor({ timeout: 25_000 });
  // Of a burst only the number.
  for (let index = 1; index <= 5; index++) await friend.say(`빠른 ${index}`);
  await expect
    .poll(() => spoken.jsonValue(), { timeout: 5_000 })
    .toContain("새 메시지 5개");
  const lines = (await spoken.jsonValue()).filter((line) => !/연결/.test(line));
  expect(lines).toEqual(["영희: 지금 이야기", "새 메시지 5개"]);
});

test("where the page gets another body, messages are still read out", async () => {
  const page = await world.open({ tag: { project: "body" } });
  await waitUntilLive(page);
  await page.evaluate(() => {
    const body = document.createElement("body");
    body.append(...document.querySelectorAll("project-chat"));
    document.body.replaceWith(body);
  });
  const friend = await world.invite("body", "영희");
  await waitUntilLive(page);
  await friend.say("들리나요");
  await page.getByRole("log").filter({ hasText: "영희: 들리나요" }).waitFor({
    state: "attached",
  });
});
