/** Somebody who uses our pages: what they do, and what they see. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { PATIENCE, waitUntilLive } from "./widget.ts";

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
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Takes a nickname, as one does in the list of people. */
export async function join(page: Page, nickname: string): Promise<void> {
  await waitUntilLive(page);
  await page.click("header .count");
  await page.click("#people button");
  await page.fill("#nickname", nickname);
  await page.press("#nickname", "Enter");
  await page.waitForSelector("#nickname", { state: "detached" });
}

/** Waits until the page shows exactly these messages, all of them confirmed. */
export async function waitForMessages(
  page: Page,
  expected: readonly string[],
): Promise<void> {
  await expect.poll(() => readMessages(page), PATIENCE).toEqual(expected);
}

/** The conversation as "nickname: text"; what is on its way has a mark instead. */
export function readMessages(page: Page): Promise<string[]> {
  return page.locator(".log .row").evaluateAll((rows) =>
    rows.map((row) => {
      const text = row.querySelector(".text")?.textContent;
      if (row.classList.contains("pending")) return `… ${text}`;
      return `${row.querySelector(".name")?.textContent}: ${text}`;
    }),
  );
}

/** Collects what the browser complains about from now on, CSP violations among it. */
export function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  return complaints;
}
