/** For everybody: no mouse, a screen reader, light and dark. */
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import {
  button,
  composer,
  distanceFromEnd,
  focused,
  go,
  nameField,
  part,
  read,
  rows,
  say,
  waitForBanner,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();
for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in the inline widget, ${colorScheme}`, async () => {
    const wire = await openWire(world.server.port);
    world.later(() => wire.close());
    const project = `axe-${colorScheme}`;
    const page = await world.open({
      tag: { project },
      server: wire.url,
      prepare: (page) => page.clock.install(),
      browser: { colorScheme, reducedMotion: "reduce" },
    });
    await waitUntilLive(page);
    expect(await complaintsOf(page)).toEqual([]);
    const friend = await world.invite(project, "영희");
    for (const text of [
      "**굵게** _아니_ `코드`",
      "> 인용\nhttps://example.com",
      "🎉",
    ])
      await friend.say(text);
    await rows(page).nth(2).hover();
    await composer(page).fill("가".repeat(3_990));
    expect(await complaintsOf(page)).toEqual([]);
    await composer(page).fill("안녕하세요");
    await composer(page).press("Enter");
    await nameField(page).fill("영희");
    await nameField(page).press("Enter");
    await page.getByRole("alert").getByText("이미 쓰고 있는").waitFor();
    await button(page, /^참여자/).click();
    expect(await complaintsOf(page)).toEqual([]);
    await nameField(page).press("Enter");
    await rows(page).nth(3).waitFor();
    wire.cut();
    await say(page, "나가는 중");
    await page.clock.runFor(2_100);
    await waitForBanner(page, "연결하는 중");
    expect(await complaintsOf(page)).toEqual([]);
  });

  test(`axe finds nothing in the bubble, closed and open, ${colorScheme}`, async () => {
    const page = await world.open({
      tag: {
        project: "axe-bubble",
        mode: "bubble",
        preconnect: "",
        lang: "en",
      },
      browser: { colorScheme, reducedMotion: "reduce" },
    });
    const friend = await world.invite("axe-bubble", "Mina");
    await waitUntilLive(page);
    await friend.say("Hello");
    await part(page, "badge").waitFor();
    expect(await complaintsOf(page)).toEqual([]);
    await part(page, "launcher").click();
    await page.getByRole("dialog", { name: "Chat" }).waitFor();
    expect(await complaintsOf(page)).toEqual([]);
  });
}

test("every function can be had by keyboard alone", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const friend = await world.invite("walk", "영희");
  for (let index = 1; index <= 120; index++)
    await friend.say(`걸음 ${index} ${"긴 글 ".repeat(9)}`);
  const page = await world.open({
    tag: { project: "walk", mode: "bubble" },
    server: wire.url,
    browser: { permissions: ["clipboard-read", "clipboard-write"] },
  });
  const { keyboard } = page;

  // Open, write, say who one is.
  await go(page, { name: "채팅 열기" });
  await keyboard.press("Enter");
  await waitUntilLive(page);
  await expect.poll(() => focused(page)).toBe("메시지를 입력하세요");
  await keyboard.type("걸어서 왔어요");
  await go(page, { name: "보내기" });
  await keyboard.press("Enter");
  await expect.poll(() => focused(page)).toContain("닉네임");
  await keyboard.type("철수");
  await go(page, { name: "시작" });
  await keyboard.press("Enter");
  await waitForTexts(page, {
    pattern: /걸어서 왔어요/g,
    expected: ["걸어서 왔어요"],
  });
  await expect.poll(() => focused(page)).toBe("메시지를 입력하세요");

  // Into the log, along its rows, copy one by its menu.
  await go(page, { name: "대화 내용", key: "Shift+Tab" });
  await keyboard.press("ArrowUp");
  expect(await focused(page)).toContain("걸어서 왔어요");
  await keyboard.press("ArrowUp");
  expect(await focused(page)).toContain("걸음 120 ");
  await keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("👍");
  await go(page, { name: "링크 복사", key: "ArrowDown" });
  await keyboard.press("Escape");
  await expect.poll(() => focused(page)).toContain("걸음 120 ");
  await go(page, { name: "메시지 메뉴" });
  await keyboard.press("Enter");
  await go(page, { name: "텍스트 복사", key: "ArrowDown" });
  await keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^걸음 120 /);
  await expect.poll(() => focused(page)).toContain("걸음 120 ");

  // Up to the start, and back to the end.
  const count = await rows(page).count();
  await keyboard.press("Home");
  await expect.poll(() => rows(page).count()).toBeGreaterThan(count);
  await go(page, { name: "최신 메시지로" });
  await keyboard.press("Enter");
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);

  // Who is here, and another nickname.
  await composer(page).focus();
  await go(page, { name: /^\d*참여자/, key: "Shift+Tab" });
  await keyboard.press("Enter");
  await go(page, { name: "닉네임 바꾸기" });
  await keyboard.press("Enter");
  await expect.poll(() => focused(page)).toContain("닉네임");
  await keyboard.type("새철수");
  await keyboard.press("Enter");
  await expect
    .poll(() => friend.client.timeline.members?.map(({ nickname }) => nickname))
    .toContain("새철수");

  // Reconnect without waiting; close, with the focus where one came from.
  wire.cut();
  await waitForBanner(page, "연결하는 중");
  await go(page, { name: "지금 다시 연결", key: "Shift+Tab" });
  wire.mend();
  await keyboard.press("Enter");
  await waitUntilLive(page);
  await composer(page).focus();
  await go(page, { name: "채팅 닫기", key: "Shift+Tab" });
  await keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("채팅 열기");
});

test("earlier messages can be asked for by keyboard, and the walk goes on", async () => {
  const friend = await world.invite("older", "영희");
  for (let index = 1; index <= 60; index++)
    await friend.say(`지난 글 ${index}번`);
  const page = await world.open({
    tag: { project: "older" },
    browser: { viewport: { width: 800, height: 6_000 } },
    script: `document.querySelector("project-chat").style.height = "5800px"`,
  });
  await waitUntilLive(page);
  await go(page, { name: "이전 메시지 더 보기" });
  await page.keyboard.press("Enter");
  await expect
    .poll(async () => (await read(page, /지난 글 \d+번/g)).length)
    .toBe(60);
});
