/** What the title and the focus say when one goes to another room. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { launchChromium } from "../support/chromium.ts";
import { type Server, startServer } from "../support/server.ts";
import { openPage, waitUntilLive } from "./person.ts";

let browser: Browser;
let server: Server;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchChromium(), startServer()]);
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("the count of one room does not stand in the title of the next, and one can write there at once", async () => {
  const url = `${server.url}/project/titles?room=a`;
  const page = await openPage(browser, { url });
  await waitUntilLive(page);
  // In another tab, so that it is not read.
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  const friend = new ChatClient(server.url, { project: "titles", room: "a" });
  friend.connect();
  for (const text of ["하나", "둘"]) await friend.send(text);
  friend.close();
  await expect.poll(() => page.title()).toMatch(/^\(2\)/);
  await page.click('#rooms a[data-room="lobby"]');
  await waitUntilLive(page);
  await expect.poll(() => page.title()).toMatch(/^[^(]/);
  await expect
    .poll(() =>
      page.evaluate(
        () => document.activeElement?.shadowRoot?.activeElement?.tagName,
      ),
    )
    .toBe("TEXTAREA");
});
