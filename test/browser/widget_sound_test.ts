/** The sound of a message: where the tag asks for it, and of what others say now. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { drawn, rows, say, waitUntilLive } from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

declare global {
  interface Window {
    /** What was played, oldest first. */
    played: AudioContext[];
  }
}

/** Runs in the page before any script: notes who plays something. */
function listen(): void {
  window.played = [];
  const { prototype } = AudioScheduledSourceNode;
  const { start } = prototype;
  prototype.start = function (...when) {
    // The widget makes no other kind.
    window.played.push(this.context as AudioContext);
    start.apply(this, when);
  };
}

const sounds = (page: Page) => page.evaluate(() => window.played.length);

test("what somebody else says sounds once; history and own words are silent", async () => {
  const friend = await world.invite("sound", "영희");
  await friend.say("지난 이야기");
  const page = await world.open({
    tag: { project: "sound", nickname: "철수", sound: "" },
    before: listen,
  });
  await waitUntilLive(page);
  await rows(page).getByText("지난 이야기").waitFor();
  await say(page, "내 말");
  await rows(page).getByText("내 말").waitFor();
  await drawn(page);
  expect(await sounds(page)).toBe(0);
  await friend.say("들리나요");
  await expect.poll(() => sounds(page)).toBe(1);
  // The reader has touched the page, so that the browser lets it be heard.
  await expect
    .poll(() => page.evaluate(() => window.played[0]?.state))
    .toBe("running");
  await friend.say("또 들리나요");
  await expect.poll(() => sounds(page)).toBe(2);
  // One context for all: browsers give a page only a few.
  expect(await page.evaluate(() => new Set(window.played).size)).toBe(1);
});

test("without the attribute nothing sounds, and it can be switched", async () => {
  const friend = await world.invite("silent", "영희");
  const page = await world.open({
    tag: { project: "silent", nickname: "철수" },
    before: listen,
  });
  const element = page.locator("project-chat");
  await waitUntilLive(page);
  await friend.say("조용히");
  await rows(page).getByText("조용히").waitFor();
  expect(await sounds(page)).toBe(0);
  await element.evaluate((chat) => chat.toggleAttribute("sound", true));
  await friend.say("이제 크게");
  await expect.poll(() => sounds(page)).toBe(1);
  await element.evaluate((chat) => chat.toggleAttribute("sound", false));
  await friend.say("다시 조용히");
  await rows(page).getByText("다시 조용히").waitFor();
  expect(await sounds(page)).toBe(1);
});
