/** A page that shows another room, or somebody else, while a syllable is being composed. */
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import { composer, type Element, waitUntilLive } from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld(TRUSTING);

test("a syllable keeps nobody in a room that the page has left", async () => {
  const page = await world.open({ tag: { project: "left-syllable" } });
  await waitUntilLive(page);
  await composer(page).focus();
  const devtools = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: 1,
      selectionEnd: 1,
    });
  await compose("하");
  const sent = await page
    .locator("project-chat")
    .evaluate((element: Element) => {
      element.setAttribute("room", "tea");
      const sent = element.send("차 한 잔");
      return sent.then(() => element.client?.room);
    });
  expect(sent).toBe("tea");
  await waitUntilLive(page);
  await composer(page).focus();
  await compose("하");
  const token = await sign("left-syllable", { sub: "철수", name: "철수" });
  const author = await page
    .locator("project-chat")
    .evaluate(async (element: Element, token) => {
      Object.assign(element, { token });
      const message = await element.send("철수의 말");
      return (message as { author: { id: string } }).author.id;
    }, token);
  expect(author).toBe("철수");
  await composer(page).focus();
  await compose("하");
  await page
    .locator("project-chat")
    .evaluate((element) => element.removeAttribute("project"));
  await expect.poll(() => composer(page).count()).toBe(0);
});
