/** Where the system chooses the colours: what ours tell is told all the same. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import { complaintsOf } from "./support/axe.ts";
import {
  button,
  composer,
  type Element,
  part,
  rows,
  say,
  waitUntilLive,
} from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld(TRUSTING);
const CHOSEN = { forcedColors: "active" } as const;

async function visit(
  project: string,
  tag: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const page = await world.open({
    tag: { project, nickname: "철수", ...tag },
    browser: CHOSEN,
  });
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  return page;
}

/** Places in a box: its ground, clear of text and outline, and what stands in the middle. */
const GROUND = { x: 4.5, y: 0.5 };
const MIDDLE = { x: 0.5, y: 0.5 };

/**
 * The colour that is painted at a place: what the page's styles say of it is not what the
 * system makes of them. Below 1 a coordinate is a share of the box, above it pixels.
 */
async function colourAt(
  thing: Locator,
  place: { readonly x: number; readonly y: number },
): Promise<string> {
  const png = (await thing.screenshot()).toString("base64");
  const context = await world.browser.newContext();
  const page = await context.newPage();
  const colour = await page.evaluate(
    async ({ png, x, y }) => {
      const bytes = Uint8Array.from(atob(png), (c) => c.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes]));
      const { width, height } = image;
      const canvas = new OffscreenCanvas(width, height).getContext("2d");
      canvas?.drawImage(image, 0, 0);
      const [left, top] = [x < 1 ? x * width : x, y < 1 ? y * height : y].map(
        Math.floor,
      );
      return `${canvas?.getImageData(left ?? 0, top ?? 0, 1, 1).data}`;
    },
    { png, ...place },
  );
  await context.close();
  return colour;
}

test("own messages, and those that mean the reader, stand out by an edge", async () => {
  const page = await visit("edges");
  const friend = await world.invite("edges", "영희");
  await friend.say("안녕");
  await say(page, "나야");
  await rows(page).getByText("나야").waitFor();
  const me = await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.you?.id);
  await friend.client.send("@철수 봤어?", { mentions: [me ?? ""] });
  await rows(page).getByText("봤어?").waitFor();
  const edges = await rows(page).evaluateAll((all) =>
    all.map((row) => getComputedStyle(row).borderInlineStart),
  );
  expect(edges.map((edge) => edge.split(" ", 2).join(" "))).toEqual([
    "0px solid",
    "3px solid",
    "3px double",
  ]);
  expect(await complaintsOf(page)).toEqual([]);
});

test("what is chosen stands out: a completion, a reaction, a switch", async () => {
  const project = "choices";
  const page = await visit(project);
  for (const name of ["하나", "하늘"]) await world.invite(project, name);
  await composer(page).pressSequentially("@하");
  const options = page.getByRole("option");
  await expect.poll(() => options.count()).toBe(2);
  const [chosen, other] = [
    await colourAt(options.nth(0), GROUND),
    await colourAt(options.nth(1), GROUND),
  ];
  expect(await options.nth(0).getAttribute("aria-selected")).toBe("true");
  expect(chosen).not.toBe(other);
  expect(await complaintsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");

  await say(page, "반응해 주세요");
  const row = rows(page).filter({ hasText: "반응해" });
  await row.waitFor();
  await page.locator("project-chat").evaluate(async (element: Element) => {
    for (const emoji of ["🎉", "👍"])
      await element.client?.ask({ type: "react", seq: 1, emoji, on: true });
    await element.client?.ask({
      type: "react",
      seq: 1,
      emoji: "👍",
      on: false,
    });
  });
  const friend = await world.invite(project, "하루");
  await friend.client.ask({ type: "react", seq: 1, emoji: "👍", on: true });
  const own = row.getByRole("button", { name: /^🎉/ });
  const others = row.getByRole("button", { name: /^👍/ });
  await others.waitFor();
  expect(await colourAt(own, GROUND)).not.toBe(await colourAt(others, GROUND));
  await row.hover();
  await button(page, "메시지 메뉴").click();
  const items = page.getByRole("menuitemcheckbox");
  expect(await colourAt(items.filter({ hasText: "🎉" }), GROUND)).not.toBe(
    await colourAt(items.filter({ hasText: "👍" }), GROUND),
  );
  expect(await complaintsOf(page)).toEqual([]);
});

test("a locked room shows on the switch", async () => {
  const project = "switch";
  const page = await visit(project, { nickname: "" });
  const token = await sign(project, { name: "서연", role: "owner" });
  await page
    .locator("project-chat")
    .evaluate((element: Element & { token?: string }, token) => {
      element.token = token;
    }, token);
  await page.locator("button.steer").click();
  const lock = button(page, "방 잠그기");
  const before = await colourAt(lock, GROUND);
  await lock.click();
  await expect.poll(() => lock.getAttribute("aria-pressed")).toBe("true");
  expect(await colourAt(lock, GROUND)).not.toBe(before);
});

test("the launcher has its sign", async () => {
  const page = await world.open({
    tag: { project: "sign", mode: "bubble" },
    browser: CHOSEN,
  });
  const launcher = part(page, "launcher");
  await launcher.waitFor();
  expect(await colourAt(launcher, MIDDLE)).not.toBe(
    await colourAt(launcher, { x: 0.5, y: 6 }),
  );
  expect(await complaintsOf(page)).toEqual([]);
});
