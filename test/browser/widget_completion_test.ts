/** What is offered while one writes goes along with the caret. */
import { expect, test } from "vitest";
import { button, composer, waitUntilLive } from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

test("whoever leaves the name behind is offered none, and Enter sends", async () => {
  const friend = await world.invite("caret", "Bob");
  const page = await world.open({
    tag: { project: "caret", nickname: "철수" },
  });
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  const list = page.getByRole("listbox", { name: "추천 목록" });
  await composer(page).pressSequentially("hello @B");
  await list.getByRole("option", { name: /Bob/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  expect(await list.count()).toBe(1);
  await page.keyboard.press("Home");
  await list.waitFor({ state: "detached" });
  await page.keyboard.press("Enter");
  await expect
    .poll(() => friend.client.timeline.messages.at(-1)?.text)
    .toBe("hello @B");
});
