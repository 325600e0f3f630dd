/** Many people: those who are here, and those who type. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { RoomEvent } from "../../src/client/mod.ts";
import { button, waitUntilLive } from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

/** Has what the room says changed on its way to `page`. */
function change(
  page: Page,
  alter: (event: RoomEvent) => RoomEvent,
): Promise<void> {
  return page.routeWebSocket(/\/chat\?/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => {
      if (frame === "pong") return socket.send(frame);
      const events: RoomEvent[] = JSON.parse(`${frame}`);
      return socket.send(JSON.stringify(events.map(alter)));
    });
  });
}

test("a crowd is told by its number, and why it has no names", async () => {
  const page = await world.open({
    tag: { project: "crowd" },
    prepare: (page) =>
      change(page, (event) => {
        if (event.type !== "welcome") return event;
        const { members: _, ...welcome } = event;
        return { ...welcome, online: 301 };
      }),
  });
  await waitUntilLive(page);
  await button(page, "참여자 301명").click();
  await page.getByText("사람이 많아 이름은 보이지 않습니다.").waitFor();
  expect(await page.getByText(/^\+/).count()).toBe(0);
});

test("of many who type none is named, of two both", async () => {
  const page = await world.open({ tag: { project: "typing-crowd" } });
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  const friends = await Promise.all(
    ["하나", "둘", "셋"].map((name) => world.invite("typing-crowd", name)),
  );
  const type = (count: number) => {
    for (const { client } of friends.slice(0, count))
      client.tell({ type: "typing", on: true });
  };
  type(2);
  await page.getByText("님이 입력 중…").waitFor();
  await page.getByText(/하나, 둘|둘, 하나/).waitFor();
  type(3);
  await page.getByText("여러 명이 입력 중…").waitFor();
});
