/** What is sent, what is not, and what asks first. */
import { expect, test } from "vitest";
import { button, composer, say, waitUntilLive } from "./support/widget.ts";
import { type Friend, useWorld } from "./support/world.ts";

const world = useWorld();

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
  let refuses = true;
  const page = await world.open({
    tag: { project: "again", nickname: "철수" },
    prepare: (page) =>
      page.routeWebSocket(/\/chat\?/, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((frame) => {
          if (frame === "ping") return server.send(frame);
          const { type, nonce } = JSON.parse(`${frame}`);
          if (type !== "send" || !refuses) return server.send(frame);
          const error = { type: "error", code: "bad_request", message: "" };
          return socket.send(JSON.stringify([{ ...error, nonce }]));
        });
      }),
  });
  const friend = await world.invite("again", "영희");
  await waitUntilLive(page);
  await say(page, "거절당할 말");
  const refusal = page.getByRole("alert").getByText("보내지 못했습니다.");
  await refusal.waitFor();
  refuses = false;
  await page.reload();
  await waitUntilLive(page);
  await refusal.waitFor();
  expect(textsOf(friend)).toEqual([]);
  await button(page, "다시 보내기").click();
  await expect.poll(() => textsOf(friend)).toEqual(["거절당할 말"]);
});

function textsOf({ client }: Friend): string[] {
  return client.timeline.messages.map(({ text }) => text);
}
