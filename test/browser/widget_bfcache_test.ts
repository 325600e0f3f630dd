/**
 * The back/forward cache itself: the page is kept as it is, and so is what the widget knows.
 * Needs a whole Chromium (Debian: `apt-get install chromium`); what the cache does to a page
 * is also played by events in widget_places_test.ts, everywhere.
 */
import { expect, test } from "vitest";
import { launchWholeChromium, WHOLE_CHROMIUM } from "../support/chromium.ts";
import { composer, rows, say, waitUntilLive } from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

declare global {
  interface Window {
    /** Whether each showing of the page came out of the cache. */
    shown: boolean[];
  }
}

test.skipIf(!WHOLE_CHROMIUM)(
  "out of the back/forward cache it goes on where it was",
  async () => {
    const browser = await launchWholeChromium();
    world.later(() => browser.close());
    const page = await (
      await browser.newContext({ locale: "ko-KR" })
    ).newPage();
    await page.addInitScript(() => {
      window.shown = [];
      addEventListener("pageshow", ({ persisted }) => {
        window.shown.push(persisted);
      });
    });
    const url = world.host.show({
      server: world.server.url,
      body: `<project-chat project="bfcache" nickname="철수" server="${world.server.url}"></project-chat>`,
    });
    const friend = await world.invite("bfcache", "영희");
    await page.goto(url);
    await waitUntilLive(page);
    await say(page, "가기 전");
    await rows(page).getByText("가기 전").waitFor();
    await composer(page).fill("쓰던 글");
    await page.goto(`${world.host.url}/elsewhere`);
    await friend.say("가 있는 동안");
    // A page that comes out of the cache is not loaded: there is no event to wait for.
    await page.goBack({ waitUntil: "commit" });
    await expect
      .poll(() => page.evaluate(() => window.shown))
      .toEqual([false, true]);
    await rows(page).getByText("가 있는 동안").waitFor();
    expect(await rows(page).getByText("가기 전").count()).toBe(1);
    expect(await composer(page).inputValue()).toBe("쓰던 글");
  },
);
