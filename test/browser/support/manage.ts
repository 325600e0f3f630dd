/** The panel of owners and moderators on our page. */
import type { Locator, Page } from "playwright-core";

/** Opens the panel at one of its tabs, and waits for what the tab shows. */
export async function openTab(page: Page, tab: string): Promise<void> {
  await page.click("#open-manage");
  await page.click(`#manage-${tab}`);
  await page.waitForSelector("#manage-panel > :not(.status)");
}

/** What the panel says about what was done. */
export function status(page: Page): Locator {
  return page.locator("#manage-panel .status");
}

/** 서연 in a `role`, for `member()` of a gathering. */
export function as(role: string) {
  return { claims: { sub: role, role } };
}
