/** Somebody who uses the page: what they do, and what they see. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

/** Long enough for a few pauses of the reconnecting link. */
const PATIENCE = { timeout: 30_000, interval: 50 };

/** A page of its own browser profile, as a Korean on a desktop has it. */
export async function openPage(
  browser: Browser,
  { url, ...options }: BrowserContextOptions & { readonly url: string },
): Promise<Page> {
  const context = await browser.newContext({
    locale: "ko-KR",
    timezoneId: "Asia/Seoul",
    ...options,
  });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Gives a nickname and waits until the conversation is there. */
export async function join(page: Page, nickname: string): Promise<void> {
  await page.fill("#nickname", nickname);
  await page.press("#nickname", "Enter");
  await waitUntilLive(page);
}

/** Types a message and sends it by Enter. */
export async function say(page: Page, text: string): Promise<void> {
  await page.fill("#text", text);
  await page.press("#text", "Enter");
}

/** Waits until the page is connected and has caught up. */
export async function waitUntilLive(page: Page): Promise<void> {
  await page.waitForSelector('.dot[data-state="live"]');
}

/** Waits until the page shows exactly these messages, all of them confirmed. */
export async function waitForMessages(
  page: Page,
  expected: readonly string[],
): Promise<void> {
  await expect.poll(() => readMessages(page), PATIENCE).toEqual(expected);
}

/** The conversation as "nickname: text"; a mark stands before what is on its way. */
export function readMessages(page: Page): Promise<string[]> {
  return page.locator(".messages li").evaluateAll((rows) =>
    rows.map((row) => {
      const mark = row.classList.contains("pending") ? "… " : "";
      const author = row.querySelector(".author")?.textContent;
      return `${mark}${author}: ${row.querySelector(".text")?.textContent}`;
    }),
  );
}

/** Waits until the banner under the header says `sentence`. */
export async function waitForBanner(
  page: Page,
  sentence: string | RegExp,
): Promise<void> {
  await page.locator(".banner p", { hasText: sentence }).waitFor();
}
