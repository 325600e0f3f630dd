/** What an answer says of its original: fetched, reached by keyboard, and named when it is an image. */
import { expect, test } from "vitest";
import { uploadFile } from "../../src/client/mod.ts";
import { useMeeting } from "./support/meeting.ts";
import {
  button,
  composer,
  drawn,
  type Element,
  focused,
  go,
  part,
  rowOf,
  rows,
} from "./support/widget.ts";
import type { Friend } from "./support/world.ts";

const { visit, world } = useMeeting();
/** More than a page of history. */
const MANY = 60;
/** An image of one pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("a connection that ends while an original is fetched leaves the page alive", async () => {
  const friend = await sayMuch("ends");
  let isHeld = true;
  const page = await visit("ends", "철수", {
    prepare: (page) =>
      page.routeWebSocket(/\/chat\?/, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((frame) => {
          if (!(isHeld && `${frame}`.includes('"quote-'))) server.send(frame);
        });
      }),
  });
  const quote = rowOf(page, "그 말에 답합니다").getByRole("button");
  await expect.poll(() => quote.textContent()).toContain("…");
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.close());
  await part(page, "banner").getByText("채팅이 종료되었습니다.").waitFor();
  // It cannot be fetched, which does not mean that it is gone.
  await quote.click();
  await drawn(page);
  expect(await part(page, "panel").locator(".said").count()).toBe(0);
  isHeld = false;
  await button(page, "지금 다시 연결").click();
  await expect.poll(() => quote.textContent()).toContain("아주 오래된 말");
  expect(friend.client.status).toBe("online");
});

test("an original that was refused once is fetched later, and holds up no other", async () => {
  const friend = await sayMuch("refused");
  await friend.client.send("이 말에도 답합니다", { replyTo: 2 });
  let refusals = 0;
  const page = await visit("refused", "철수", {
    prepare: (page) =>
      page.routeWebSocket(/\/chat\?/, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((frame) => {
          const { ref } = JSON.parse(`${frame}`);
          if (ref !== "quote-1" || refusals > 1) return server.send(frame);
          // Refused for good at first, and for a moment then.
          const pause = refusals++ > 0 && { retryAfter: 1 };
          const code = pause ? "rate_limited" : "internal";
          const error = { type: "error", code, message: "", ref, ...pause };
          return socket.send(JSON.stringify([error]));
        });
      }),
  });
  const quoteOf = (text: string) => rowOf(page, text).getByRole("button");
  await expect
    .poll(() => quoteOf("이 말에도 답합니다").textContent())
    .toMatch(/영희 0/);
  expect(refusals).toBe(1);
  expect(await quoteOf("그 말에 답합니다").textContent()).toContain("…");
  // Another change of the room is a reason to ask once more.
  await friend.client.edit(2, "0이 아니라 영");
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.reconnect());
  await expect
    .poll(() => quoteOf("그 말에 답합니다").textContent())
    .toContain("아주 오래된 말");
  expect(refusals).toBe(2);
});

test("the keyboard leads from an answer to its original", async () => {
  await sayMuch("keys");
  const page = await visit("keys", "철수");
  const answer = rowOf(page, "그 말에 답합니다");
  await answer.getByText("아주 오래된 말").waitFor();
  await part(page, "log").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await go(page, { name: "원래 메시지로", key: "ArrowDown" });
  await page.keyboard.press("Enter");
  // The answer has these words, too.
  await expect
    .poll(() => focused(page))
    .toMatch(/^(?!.*그 말에 답합니다).*아주 오래된 말/);
});

test("an image without a text is called one: read out, quoted, answered", async () => {
  const friend = await world.invite("image", "영희");
  const page = await visit("image", "철수");
  const bytes = Buffer.from(PIXEL, "base64");
  const image = new Blob([bytes], { type: "image/png" });
  const { key } = await uploadFile(friend.client, image);
  const { seq } = await friend.client.send("", { file: key });
  await page
    .getByRole("log")
    .getByText("영희: 사진", { exact: true })
    .waitFor({ state: "attached" });
  await friend.client.send("보셨어요?", { replyTo: seq });
  await rowOf(page, "보셨어요?")
    .getByRole("button", { name: "영희 님의 글에 답장: 사진" })
    .waitFor();
  await rows(page).first().press("Enter");
  await page.getByRole("menuitem", { name: "답장" }).click();
  await expect
    .poll(() => part(page, "panel").locator(".strip").textContent())
    .toBe("영희 님에게 답장 사진");
  await composer(page).press("Escape");
});

test("whoever chose an unusual emoji takes it back by keyboard", async () => {
  const friend = await world.invite("emoji", "영희");
  const { seq } = await friend.say("됐어요!");
  const page = await visit("emoji", "철수");
  await page
    .locator("project-chat")
    .evaluate(
      (element: Element, seq) =>
        element.client?.ask({ type: "react", seq, emoji: "🦑", on: true }),
      seq,
    );
  const chip = rowOf(page, "됐어요!").getByRole("button", { name: /^🦑/ });
  await chip.waitFor();
  await rowOf(page, "됐어요!").press("Enter");
  const item = page.getByRole("menuitemcheckbox", { name: "🦑" });
  expect(await item.getAttribute("aria-checked")).toBe("true");
  await item.press("Enter");
  await chip.waitFor({ state: "detached" });
});

/** 영희 says much, and answers the first of it at last. */
async function sayMuch(project: string): Promise<Friend> {
  const friend = await world.invite(project, "영희");
  const { seq } = await friend.say("아주 오래된 말");
  for (let n = 0; n < MANY; n++) await friend.say(`${n}`);
  await friend.client.send("그 말에 답합니다", { replyTo: seq });
  return friend;
}
