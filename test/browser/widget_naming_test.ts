/** The form for a nickname: one at a time, and nothing that was withdrawn comes true. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  composer,
  drawn,
  nameField,
  rows,
  say,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

/** Holds every rename back until it is let go. */
function holdRenames(page: Page): { prepare: Promise<void>; letGo(): void } {
  const held: (() => void)[] = [];
  const prepare = page.routeWebSocket(/\/chat\?/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (`${frame}`.includes('"rename"')) held.push(() => server.send(frame));
      else server.send(frame);
    });
  });
  return {
    prepare,
    letGo() {
      for (const send of held.splice(0)) send();
    },
  };
}

test("a second Enter in the composer leaves the form as it is", async () => {
  const page = await world.open({ tag: { project: "twice" } });
  await waitUntilLive(page);
  await say(page, "한 번");
  await nameField(page).fill("철");
  await composer(page).focus();
  await say(page, "한 번만");
  await nameField(page).waitFor();
  expect(await nameField(page).count()).toBe(1);
  await nameField(page).fill("철수");
  await nameField(page).press("Enter");
  await waitForTexts(page, { pattern: /한 번만/g, expected: ["한 번만"] });
  expect(await nameField(page).count()).toBe(0);
});

test("a second Enter in the form sends nothing that is not finished", async () => {
  let letGo = () => {};
  const page = await world.open({
    tag: { project: "unfinished" },
    prepare: async (page) => {
      const held = holdRenames(page);
      letGo = held.letGo;
      await held.prepare;
    },
  });
  await waitUntilLive(page);
  await say(page, "다 쓴 글");
  await nameField(page).fill("느린사람");
  await nameField(page).press("Enter");
  await nameField(page).press("Enter");
  expect(await button(page, "시작").isDisabled()).toBe(true);
  await composer(page).fill("아직 쓰는 중인 반쪽 문");
  letGo();
  await expect.poll(() => nameField(page).count()).toBe(0);
  await drawn(page);
  expect(await rows(page).count()).toBe(0);
  expect(await composer(page).inputValue()).toBe("아직 쓰는 중인 반쪽 문");
});

test("a nickname that was put off is not taken later, and nothing is sent", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const friend = await world.invite("put-off", "영희");
  const page = await world.open({
    tag: { project: "put-off" },
    server: wire.url,
  });
  await waitUntilLive(page);
  await say(page, "보내지 않기로 한 말");
  await nameField(page).waitFor();
  wire.cut();
  await nameField(page).fill("취소한사람");
  await nameField(page).press("Enter");
  await page.getByRole("status").getByText("연결되면 시작합니다…").waitFor();
  await button(page, "취소").click();
  wire.mend();
  await waitUntilLive(page);
  await friend.say("그 뒤에 온 말");
  await page.getByText("그 뒤에 온 말").waitFor();
  const names = friend.client.timeline.members?.map(({ nickname }) => nickname);
  expect(names).not.toContain("취소한사람");
  expect(friend.client.timeline.messages.length).toBe(1);
  expect(await composer(page).inputValue()).toBe("보내지 않기로 한 말");
});
