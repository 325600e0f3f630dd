/** What is sent, what is not, and what asks first. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  clock,
  composer,
  go,
  part,
  rows,
  say,
  waitUntilLive,
} from "./support/widget.ts";
import { textsOf, useWorld } from "./support/world.ts";

const world = useWorld();

/** Has the room refuse what is sent from a page, for as long as it is told to. */
function refuseSends(code: string) {
  const room = {
    refuses: true,
    prepare: (page: Page) =>
      page.routeWebSocket(/\/chat\?/, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((frame) => {
          if (frame === "ping") return server.send(frame);
          const { type, nonce } = JSON.parse(`${frame}`);
          if (type !== "send" || !room.refuses) return server.send(frame);
          const error = { type: "error", code, message: "", nonce };
          return socket.send(JSON.stringify([error]));
        });
      }),
  };
  return room;
}

test("what nobody would see is not sent, and empty lines around a text neither", async () => {
  const page = await world.open({
    tag: { project: "blank", nickname: "빈말" },
  });
  const friend = await world.invite("blank", "영희");
  await waitUntilLive(page);
  for (const text of ["\u3164", "\u200b\u200b", "\n\n"]) {
    await composer(page).fill(text);
    expect(await button(page, "보내기").isDisabled()).toBe(true);
  }
  await say(page, "\n \n  끝\n\n");
  await expect.poll(() => textsOf(friend)).toEqual(["  끝"]);
});

test("a refused message asks before it is sent on the next visit", async () => {
  const room = refuseSends("bad_request");
  const page = await world.open({
    tag: { project: "again", nickname: "철수" },
    prepare: room.prepare,
  });
  const friend = await world.invite("again", "영희");
  await waitUntilLive(page);
  await say(page, "거절당할 말");
  const refusal = page.getByRole("alert").getByText("보내지 못했습니다.");
  await refusal.waitFor();
  room.refuses = false;
  await page.reload();
  await waitUntilLive(page);
  await refusal.waitFor();
  expect(textsOf(friend)).toEqual([]);
  await button(page, "다시 보내기").click();
  await expect.poll(() => textsOf(friend)).toEqual(["거절당할 말"]);
});

test("what the room refuses stays, and can be sent again or discarded", async () => {
  const room = refuseSends("internal");
  const page = await world.open({
    tag: { project: "refused", nickname: "철수" },
    prepare: room.prepare,
  });
  const friend = await world.invite("refused", "영희");
  await waitUntilLive(page);
  await page.evaluate(() => {
    document.addEventListener("message-failed", (event) => {
      document.title = (event as CustomEvent<{ text: string }>).detail.text;
    });
  });
  await say(page, "들리세요?");
  const refusals = page.getByRole("alert").getByText("보내지 못했습니다.");
  await refusals.waitFor();
  expect(await page.title()).toBe("들리세요?");
  // By keyboard, and to be refused once more.
  await go(page, { name: "다시 보내기", key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await refusals.waitFor();
  room.refuses = false;
  await button(page, "다시 보내기").click();
  await expect.poll(() => textsOf(friend)).toEqual(["들리세요?"]);
  await expect.poll(() => refusals.count()).toBe(0);

  room.refuses = true;
  await say(page, "됐어요");
  await refusals.waitFor();
  await go(page, { name: "삭제", key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.reload();
  room.refuses = false;
  await waitUntilLive(page);
  await say(page, "끝");
  await expect.poll(() => textsOf(friend)).toEqual(["들리세요?", "끝"]);
});

test("too long a text is counted and not sent", async () => {
  const page = await world.open({ tag: { project: "long", nickname: "철수" } });
  await waitUntilLive(page);
  await say(page, "가".repeat(4_001));
  await page.getByText("1자 초과", { exact: true }).waitFor();
  expect(await button(page, "보내기").isDisabled()).toBe(true);
  await composer(page).press("Backspace");
  await composer(page).press("Enter");
  await expect.poll(() => rows(page).count()).toBe(1);
  await expect.poll(() => clock(page).count()).toBe(0);
  expect(await part(page, "log").textContent()).toContain("가".repeat(4_000));
});

test("the host can hold a text back", async () => {
  const page = await world.open({
    tag: { project: "held", nickname: "철수" },
    script: `document.addEventListener("before-send", (event) => {
      if (event.detail.text.includes("비밀")) event.preventDefault();
    });`,
  });
  const friend = await world.invite("held", "영희");
  await waitUntilLive(page);
  await say(page, "비밀이에요");
  expect(await composer(page).inputValue()).toBe("비밀이에요");
  await say(page, "날씨가 좋네요");
  await expect.poll(() => textsOf(friend)).toEqual(["날씨가 좋네요"]);
});
