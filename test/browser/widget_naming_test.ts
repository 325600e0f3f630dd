/** The form for a nickname: one at a time, and nothing that was withdrawn comes true. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import {
  button,
  composer,
  drawn,
  type Element,
  nameField,
  rows,
  say,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld(TRUSTING);

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
  await page.getByRole("status").getByText("연결을 기다리는 중…").waitFor();
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

test.each(["as it is", "by a function"])(
  "a member whose token, given %s, has no name chooses one, and keeps it",
  async (how) => {
    const project = `unnamed-${how.length}`;
    const friend = await world.invite(project, "영희");
    const page = await world.open({ tag: { project } });
    const token = await sign(project, { sub: "u7" });
    const enter = async () => {
      await page.locator("project-chat").evaluate(
        (element, { token, isFunction }) =>
          void Object.assign(element, {
            token: isFunction ? () => token : token,
          }),
        { token, isFunction: how === "by a function" },
      );
      await expect.poll(async () => (await you(page))?.id).toBe("u7");
      await waitUntilLive(page);
    };
    await enter();
    await say(page, "처음 뵙겠습니다");
    await nameField(page).fill("지우");
    await nameField(page).press("Enter");
    const lastAuthor = () => friend.client.timeline.messages.at(-1)?.author;
    await expect
      .poll(lastAuthor)
      .toMatchObject({ id: "u7", nickname: "지우", guest: false });
    // Until the room has forgotten them.
    const url = page.url();
    await page.goto("about:blank");
    await expect
      .poll(() => friend.client.timeline.members?.length, { timeout: 25_000 })
      .toBe(1);
    await page.goto(url);
    await enter();
    await expect.poll(async () => (await you(page))?.nickname).toBe("지우");
    await button(page, /^참여자/).click();
    await button(page, "닉네임 바꾸기").click();
    await nameField(page).fill("지우개");
    await nameField(page).press("Enter");
    await expect.poll(async () => (await you(page))?.nickname).toBe("지우개");
    // It is the member's, and no guest's.
    await page.reload();
    await waitUntilLive(page);
    expect((await you(page))?.nickname).toMatch(/^User-/);
  },
);

test("a member whose token has a name is not offered another", async () => {
  const page = await world.open({ tag: { project: "signed" } });
  const token = await sign("signed", { sub: "u7", name: "User-0042" });
  await page
    .locator("project-chat")
    .evaluate(
      (element, token) => void Object.assign(element, { token }),
      token,
    );
  await expect.poll(async () => (await you(page))?.id).toBe("u7");
  await waitUntilLive(page);
  await button(page, /^참여자/).click();
  await page.getByText("User-0042").waitFor();
  expect(await button(page, "닉네임 바꾸기").count()).toBe(0);
  await say(page, "이름은 정해져 있습니다");
  const expected = ["이름은 정해져 있습니다"];
  await waitForTexts(page, { pattern: /이름은 정해져 있습니다/g, expected });
});

test("a nickname that the page gives later is asked for no more; a refused one is told", async () => {
  const friend = await world.invite("given-later", "영희");
  const page = await world.open({ tag: { project: "given-later" } });
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  const give = (nickname: string) =>
    page.locator("project-chat").evaluate((element, nickname) => {
      element.setAttribute("nickname", nickname);
    }, nickname);
  await page.evaluate(() => {
    document.addEventListener("chat-error", (event) => {
      const { error } = (event as CustomEvent<{ error: { code: string } }>)
        .detail;
      document.title = error.code;
    });
  });
  await give("영희");
  await expect.poll(() => page.title()).toBe("nickname_taken");
  await give("철수");
  await expect.poll(async () => (await you(page))?.nickname).toBe("철수");
  await say(page, "물어보지 마세요");
  await expect
    .poll(() => friend.client.timeline.messages.at(-1)?.author.nickname)
    .toBe("철수");
  expect(await nameField(page).count()).toBe(0);
});

function you(page: Page) {
  return page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.you);
}
