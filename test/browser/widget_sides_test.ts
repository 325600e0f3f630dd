/** Pages that are read from right to left: everything stands on its other side. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import { PHONE } from "./support/phone.ts";
import {
  button,
  composer,
  part,
  rows,
  say,
  waitUntilLive,
} from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

/** The middle of something, in pixels from the left. */
async function middle(thing: Locator): Promise<number> {
  const { x, width } = (await thing.boundingBox()) ?? { x: NaN, width: NaN };
  return x + width / 2;
}

async function visit(
  direction: "ltr" | "rtl",
  { browser = {}, ...tag }: { browser?: object; mode?: string } = {},
): Promise<Page> {
  return world.open({
    tag: { project: `sides-${direction}`, nickname: "دانا", ...tag },
    body: (tag) => `<div dir="${direction}">${tag}</div>`,
    browser,
  });
}

/** Where the parts of a page stand that has one message, as shares of its width. */
async function places(page: Page) {
  const { width } = page.viewportSize() ?? { width: NaN };
  const row = rows(page).first();
  const things = {
    avatar: row.locator(".avatar"),
    name: row.locator(".name"),
    text: row.locator(".text"),
    field: composer(page),
    send: button(page, "보내기"),
    people: button(page, /^참여자/),
    menu: page.getByRole("menu"),
  };
  await row.hover();
  await button(page, "메시지 메뉴").click();
  await things.menu.waitFor();
  const shares: Record<string, number> = {};
  for (const [name, thing] of Object.entries(things))
    shares[name] = (await middle(thing)) / width;
  await page.keyboard.press("Escape");
  return shares;
}

test("from right to left everything is the mirror image", async () => {
  const [ltr, rtl] = [await visit("ltr"), await visit("rtl")];
  for (const page of [ltr, rtl]) {
    await waitUntilLive(page);
    await button(page, /^참여자/).waitFor();
    await say(page, "سلام");
    await rows(page).first().waitFor();
  }
  const [there, here] = [await places(ltr), await places(rtl)];
  for (const [name, share] of Object.entries(there))
    expect(here[name], name).toBeCloseTo(1 - share, 1);
  expect(there["menu"]).toBeGreaterThan(0.5);
  expect(await complaintsOf(rtl)).toEqual([]);
});

test("a text runs as its language does, whichever way the page goes", async () => {
  const page = await visit("rtl");
  await waitUntilLive(page);
  await say(page, "Hello, world!");
  const text = rows(page).last().locator(".text");
  await text.waitFor();
  expect(
    await text.evaluate((element) => getComputedStyle(element).direction),
  ).toBe("ltr");
});

test("the arrow to the left leads on, where one reads from right to left", async () => {
  const page = await visit("rtl");
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  await say(page, "سلام");
  await rows(page).first().waitFor();
  await rows(page).first().hover();
  await button(page, "메시지 메뉴").click();
  const items = page.getByRole("menu").locator("button");
  const at = (index: number) =>
    items.nth(index).evaluate((item) => item.matches(":focus"));
  await expect.poll(() => at(0)).toBe(true);
  await page.keyboard.press("ArrowLeft");
  expect(await at(1)).toBe(true);
  await page.keyboard.press("ArrowRight");
  expect(await at(0)).toBe(true);
});

test("the bubble opens on the other side, and nothing sticks out", async () => {
  for (const browser of [{}, PHONE]) {
    const page = await visit("rtl", { mode: "bubble", browser });
    const { width = NaN } = page.viewportSize() ?? {};
    const launcher = part(page, "launcher");
    expect(await middle(launcher)).toBeLessThan(width / 2);
    await launcher.click();
    await part(page, "panel").waitFor();
    await waitUntilLive(page);
    const box = await part(page, "panel").boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect(await middle(part(page, "panel"))).toBeLessThanOrEqual(width / 2);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.context().close();
  }
});
