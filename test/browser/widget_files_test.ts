/** Images: chosen, pasted and dropped, shown to others, refused with a sentence. */
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import { PHONE } from "./support/phone.ts";
import {
  button,
  composer,
  distanceFromEnd,
  part,
  rows,
  waitUntilLive,
} from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

test("an image is pasted, sent, seen by the other and erased", async () => {
  const [page, other] = await Promise.all([
    visit("paste", "철수"),
    visit("paste", "영희", PHONE),
  ]);
  await composer(page).fill("어제 찍었어요");
  await give(page, { how: "paste", name: "바다.png" });
  await page.getByRole("img", { name: "바다.png" }).waitFor();
  await expect.poll(() => page.getByRole("progressbar").count()).toBe(0);
  expect(await complaintsOf(page)).toEqual([]);
  await composer(page).press("Enter");

  const image = other.getByRole("img", { name: "철수 님의 사진" });
  await image.waitFor();
  await expect.poll(() => image.evaluate(isThere)).toBe(true);
  const { width = 0, height = 0 } = (await image.boundingBox()) ?? {};
  expect(width / height).toBeCloseTo(2);
  expect(width).toBeLessThan(PHONE.viewport.width);
  await expect.poll(() => distanceFromEnd(other)).toBeLessThan(1);
  expect(await complaintsOf(other)).toEqual([]);
  // The preview is gone, and the text with it.
  expect(await page.getByRole("img", { name: "바다.png" }).count()).toBe(0);
  expect(await composer(page).inputValue()).toBe("");

  const full = await image.locator("xpath=..").getAttribute("href");
  expect(full).toMatch(`${world.server.url}/project/paste/files/`);
  const answer = await fetch(full ?? "");
  expect(answer.headers.get("content-type")).toBe("image/png");
  await page.locator("project-chat").evaluate(async (chat) => {
    await (
      chat as HTMLElement & { client: { delete(seq: number): unknown } }
    ).client.delete(1);
  });
  await rows(other).getByText("삭제된 메시지입니다.").waitFor();
  expect(await image.count()).toBe(0);
});

test("an image is dropped, and goes without a text", async () => {
  const page = await visit("drop", "철수");
  await give(page, { how: "drop", name: "산.png" });
  await expect.poll(() => button(page, "보내기").isEnabled()).toBe(true);
  await button(page, "보내기").click();
  const image = rows(page).getByRole("img", { name: "철수 님의 사진" });
  await image.waitFor();
  await expect.poll(() => image.evaluate(isThere)).toBe(true);
});

test("an image is chosen by keyboard, and thought better of", async () => {
  const page = await visit("choose", "철수");
  const choosing = page.waitForEvent("filechooser");
  await button(page, "사진 첨부").focus();
  await page.keyboard.press("Enter");
  const bytes = Buffer.from(await png(page), "base64");
  const file = { name: "들.png", mimeType: "image/png", buffer: bytes };
  await (await choosing).setFiles(file);
  await button(page, "들.png 빼기").focus();
  await page.keyboard.press("Enter");
  expect(await page.getByRole("img", { name: "들.png" }).count()).toBe(0);
  await composer(page).fill("글만");
  await composer(page).press("Enter");
  await rows(page).getByText("글만").waitFor();
  expect(await rows(page).getByRole("img", { name: /사진/ }).count()).toBe(0);
});

test("what cannot be uploaded says why, and the text stays", async () => {
  const page = await visit("refused", "철수");
  await composer(page).fill("이 글은 남아요");
  await give(page, { how: "paste", name: "그림.svg", type: "image/svg+xml" });
  await page
    .getByText("PNG, JPEG, GIF, WebP, AVIF 사진만 첨부할 수 있습니다.")
    .first()
    .waitFor();
  await give(page, { how: "paste", name: "큰.png", size: 1_100_000 });
  await page.getByText("사진은 1MB까지 올릴 수 있습니다.").first().waitFor();
  await page.route(/\/files$/, (route) => route.abort());
  await give(page, { how: "paste", name: "끊김.png" });
  await page.getByText("사진을 올리지 못했습니다.").first().waitFor();
  expect(await complaintsOf(page)).toEqual([]);
  expect(await composer(page).inputValue()).toBe("이 글은 남아요");
  await composer(page).press("Enter");
  await rows(page).getByText("이 글은 남아요").waitFor();
});

test("a table or a page that is pasted is its text, and a file its image", async () => {
  const page = await visit("office", "철수");
  expect(
    await give(page, { how: "paste", name: "image.png", text: "1\t2" }),
  ).toBe(false);
  expect(await page.getByRole("img", { name: "image.png" }).count()).toBe(0);
  const name = "바다.png";
  expect(await give(page, { how: "paste", name, text: name })).toBe(true);
  await page.getByRole("img", { name }).waitFor();
});

test("what is pasted into another field is not for the next message", async () => {
  const page = await visit("fields", "철수");
  await button(page, "검색").click();
  const field = page.getByRole("searchbox", { name: "메시지 검색" });
  expect(await give(page, { how: "paste", name: "산.png", field })).toBe(false);
  expect(await page.getByRole("img", { name: "산.png" }).count()).toBe(0);
});

test("an image that did not load can be tried again", async () => {
  const page = await visit("again", "철수");
  await page.route(/\/files\/./, (route) => route.abort(), { times: 1 });
  await give(page, { how: "drop", name: "들.png" });
  await expect.poll(() => button(page, "보내기").isEnabled()).toBe(true);
  await button(page, "보내기").click();
  const image = rows(page).getByRole("img", { name: "철수 님의 사진" });
  await rows(page).getByText("사진을 불러오지 못했습니다.").waitFor();
  expect(await complaintsOf(page)).toEqual([]);
  await button(page, "다시 시도").click();
  await expect.poll(() => image.evaluate(isThere)).toBe(true);
  expect(await button(page, "다시 시도").count()).toBe(0);
});

test("a message waits for its image", async () => {
  const page = await visit("waits", "철수");
  const { promise: arrival, resolve: arrive } = Promise.withResolvers<void>();
  await page.route(/\/files$/, async (route) => {
    await arrival;
    await route.continue();
  });
  await composer(page).fill("같이 가요");
  await give(page, { how: "paste", name: "길.png" });
  await page.getByRole("progressbar", { name: "길.png 올리는 중" }).waitFor();
  await composer(page).press("Enter");
  expect(await button(page, "보내기").isEnabled()).toBe(false);
  expect(await rows(page).count()).toBe(0);
  arrive();
  await expect.poll(() => button(page, "보내기").isEnabled()).toBe(true);
  await composer(page).press("Enter");
  const row = rows(page).filter({ hasText: "같이 가요" });
  await row.getByRole("img", { name: "철수 님의 사진" }).waitFor();
});

async function visit(
  project: string,
  nickname: string,
  browser = {},
): Promise<Page> {
  const page = await world.open({ tag: { project, nickname }, browser });
  await waitUntilLive(page);
  await button(page, "사진 첨부").waitFor();
  return page;
}

interface Gift {
  readonly how: "paste" | "drop";
  readonly name: string;
  readonly type?: string;
  /** More bytes than it has by itself. */
  readonly size?: number;
  /** The same as a text. */
  readonly text?: string;
  /** Where, if not into the composer. */
  readonly field?: Locator;
}

/** Pastes or drops an image of 640 by 320; whether somebody has taken it. */
async function give(page: Page, gift: Gift): Promise<boolean> {
  const { how, name, type = "image/png", size = 0, text = "" } = gift;
  const { field = part(page, "input") } = gift;
  const base64 = await png(page);
  return field.evaluate(
    (field, { how, name, type, size, text, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const data = new DataTransfer();
      const more = new Uint8Array(size);
      data.items.add(new File([bytes, more], name, { type }));
      if (text) data.setData("text/plain", text);
      const init = { bubbles: true, cancelable: true, composed: true };
      return !field.dispatchEvent(
        how === "paste"
          ? new ClipboardEvent("paste", { ...init, clipboardData: data })
          : new DragEvent("drop", { ...init, dataTransfer: data }),
      );
    },
    { how, name, type, size, text, base64 },
  );
}

/** An image as a browser writes it, in Base64. */
function png(page: Page): Promise<string> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 320;
    const context = canvas.getContext("2d");
    if (context) {
      context.fillStyle = "#3a7bd5";
      context.fillRect(0, 0, 640, 320);
      context.fillStyle = "#f4d58d";
      context.fillRect(0, 220, 640, 100);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
}

/** Whether the sea is painted in its colour. */
function isThere(image: HTMLElement | SVGElement): boolean {
  if (!(image instanceof HTMLCanvasElement)) return false;
  const sea = image.getContext("2d")?.getImageData(20, 20, 1, 1).data;
  return [...(sea ?? [])].join() === "58,123,213,255";
}
