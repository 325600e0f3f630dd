/** Networks and servers that are not what they should be: a sentence, and the text is kept. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  clock,
  composer,
  type Element,
  nameField,
  PATIENCE,
  part,
  say,
  waitForBanner,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();
const UNREACHABLE =
  "채팅 서버에 연결할 수 없습니다. 쓰던 글은 그대로 있습니다.";

/** Time in the page is the test's to move. */
const stopTime = (page: Page) => page.clock.install();

test("a server that accepts and stays silent: a sentence, and what was sent waits", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  wire.silence();
  const page = await world.open({
    tag: { project: "silent", nickname: "철수" },
    server: wire.url,
    prepare: stopTime,
  });
  await say(page, "거기 누구 있어요?");
  await clock(page).waitFor();
  await page.clock.runFor(2_100);
  await waitForBanner(page, "연결하는 중…");
  // No answer in time counts as none.
  await page.clock.runFor(8_000);
  await waitForBanner(page, UNREACHABLE);
  await page.reload();
  await page.getByText("거기 누구 있어요?").waitFor();

  wire.mend();
  await page.clock.runFor(12_000);
  await waitUntilLive(page);
  const said = ["거기 누구 있어요?"];
  await waitForTexts(page, { pattern: /거기 누구 있어요\?/g, expected: said });
});

test("a link that goes dead while online is noticed, and nothing comes twice", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const friend = await world.invite("dead", "영희");
  const page = await world.open({
    tag: { project: "dead", nickname: "철수" },
    server: wire.url,
    prepare: stopTime,
  });
  await waitUntilLive(page);
  wire.silence();
  await say(page, "들리나요?");
  await friend.say("아니요");
  const dialled = wire.dialled;
  wire.mend();
  // An overdue answer or two unanswered pings: whichever comes first.
  await page.clock.runFor(60_000);
  await expect.poll(() => wire.dialled).toBeGreaterThan(dialled);
  await page.clock.runFor(2_000);
  const expected = ["아니요", "들리나요?"];
  await waitForTexts(page, { pattern: /들리나요\?|아니요/g, expected });
  await expect
    .poll(() => friend.client.timeline.messages.map(({ text }) => text))
    .toEqual(expected);
});

test("a flapping network and a sleeping laptop lose nothing and double nothing", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const friend = await world.invite("flap", "영희");
  const page = await world.open({
    tag: { project: "flap", nickname: "철수" },
    server: wire.url,
    prepare: stopTime,
  });
  await waitUntilLive(page);
  const expected: string[] = [];
  for (let index = 1; index <= 5; index++) {
    for (const half of ["앞", "뒤"]) {
      await say(page, `흔들림 ${index}${half}.`);
      expected.push(`흔들림 ${index}${half}.`);
      wire.cut();
    }
    wire.mend();
    await page.clock.runFor(2_000);
  }
  const pattern = /흔들림 \d[앞뒤]\.|잘 잤어요\?/g;
  await page.clock.runFor(20_000);
  await waitForTexts(page, { pattern, expected });

  wire.silence();
  await friend.say("잘 잤어요?");
  wire.mend();
  await page.clock.fastForward("08:00:00");
  await page.clock.runFor(30_000);
  expected.push("잘 잤어요?");
  await waitForTexts(page, { pattern, expected });
  expect(friend.client.timeline.messages.map(({ text }) => text)).toEqual(
    expected,
  );
});

test("a wrong server URL: a sentence, and the text stays", async () => {
  const wire = await openWire(world.server.port);
  const nowhere = wire.url;
  await wire.close();
  for (const server of [nowhere, `${world.host.url}/elsewhere`]) {
    const page = await world.open({
      tag: { project: "wrong", nickname: "철수" },
      server,
      prepare: stopTime,
    });
    await say(page, "여보세요");
    await page.clock.runFor(2_100);
    await waitForBanner(page, UNREACHABLE);
    await button(page, "지금 다시 연결").click();
    await waitForBanner(page, UNREACHABLE);
    expect(await part(page, "message").textContent()).toContain("여보세요");
    await composer(page).fill("또 써 볼게요");
    expect(await composer(page).inputValue()).toBe("또 써 볼게요");
  }
});

test("without a nickname the text stays in the composer until the server is there", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  wire.cut();
  const page = await world.open({
    tag: { project: "nameless" },
    server: wire.url,
  });
  await say(page, "아직 이름이 없어요");
  await waitForBanner(page, UNREACHABLE);
  expect(await composer(page).inputValue()).toBe("아직 이름이 없어요");
  wire.mend();
  // As soon as it can be asked for.
  await nameField(page).fill("철수", PATIENCE);
  await nameField(page).press("Enter");
  const expected = ["아직 이름이 없어요"];
  await waitForTexts(page, { pattern: /아직 이름이 없어요/g, expected });
  expect(await composer(page).inputValue()).toBe("");
  expect(await nameField(page).count()).toBe(0);
});

test("a chat that does not exist says so", async () => {
  const page = await world.open({ tag: { project: "없는 채팅" } });
  await waitForBanner(page, "없는 채팅입니다.");
});

test("a device that goes offline is told at once, and a slow answer after a while", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const page = await world.open({
    tag: { project: "tunnel", nickname: "지하철" },
    server: wire.url,
    prepare: stopTime,
  });
  await waitUntilLive(page);
  wire.silence();
  await say(page, "터널 안에서");
  await clock(page).waitFor();
  await page.clock.runFor(10_100);
  await waitForBanner(page, "보내는 중");
  await page.evaluate(() => {
    Object.defineProperty(navigator, "onLine", {
      get: () => false,
      configurable: true,
    });
    dispatchEvent(new Event("offline"));
  });
  await waitForBanner(page, "오프라인입니다. 연결되면 메시지를 보냅니다.");
});

test("a full outbox says so, and the text stays", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const page = await world.open({
    tag: { project: "full", nickname: "가득" },
    server: wire.url,
  });
  await waitUntilLive(page);
  // The extras are there.
  await button(page, /^참여자/).waitFor();
  wire.cut();
  await page.locator("project-chat").evaluate((element: Element) => {
    for (let n = 0; n < 200; n++) element.send(`줄 ${n}`).catch(() => {});
  });
  await say(page, "이백한 번째");
  await page.getByRole("alert").getByText("보내지 못한 메시지가").waitFor();
  expect(await composer(page).inputValue()).toBe("이백한 번째");
  await composer(page).fill("");
  await expect
    .poll(() => page.getByText("보내지 못한 메시지가").count())
    .toBe(0);
});
