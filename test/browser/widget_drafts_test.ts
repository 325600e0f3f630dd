/** A draft is never lost: to another tab, to a token that comes late, to a new nickname. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import {
  button,
  composer,
  drawn,
  type Element,
  focused,
  memberOf,
  nameField,
  rows,
  setToken,
  waitUntilLive,
} from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld(TRUSTING);

test("a token that comes late leaves text, caret, reply and image in the composer", async () => {
  const friend = await world.invite("late-token", "영희");
  await friend.say("답을 기다립니다");
  const page = await world.open({ tag: { project: "late-token" } });
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  await rows(page).first().hover();
  await button(page, "메시지 메뉴").click();
  await page.getByRole("menuitem", { name: "답장" }).click();
  await page.locator("project-chat input[type=file]").setInputFiles({
    name: "그림.png",
    mimeType: "image/png",
    buffer: Buffer.from(PIXEL, "base64"),
  });
  await composer(page).pressSequentially("쓰는 도");
  await setToken(page, await sign("late-token", { sub: "철수", name: "철수" }));
  await drawn(page);
  expect(await focused(page)).toBe("메시지를 입력하세요");
  await page.keyboard.type("중");
  expect(await composer(page).inputValue()).toBe("쓰는 도중");
  await waitUntilLive(page);
  await page.getByText("영희 님에게 답장").waitFor();
  await page.getByRole("img", { name: "그림.png" }).waitFor();
  await expect.poll(() => button(page, "보내기").isEnabled()).toBe(true);
  await composer(page).press("Enter");
  await expect
    .poll(() => friend.client.timeline.messages.at(-1))
    .toMatchObject({
      text: "쓰는 도중",
      replyTo: 1,
      author: { nickname: "철수" },
      file: { type: "image/png" },
    });
  // It was the member's all along: a guest of this browser finds nothing.
  await page.reload();
  await waitUntilLive(page);
  expect(await composer(page).inputValue()).toBe("");
});

test("a token from a source leaves the text too, and joins it to the member's draft", async () => {
  const page = await world.open({ tag: { project: "late-source" } });
  const token = await sign("late-source", { sub: "철수", name: "철수" });
  await waitUntilLive(page);
  await setToken(page, token);
  await waitUntilLive(page);
  await composer(page).fill("어제 쓰다 만 글");
  await page.reload();
  await waitUntilLive(page);
  await composer(page).pressSequentially("오늘 쓰는 ");
  await page.locator("project-chat").evaluate(
    (element, token) =>
      Object.assign(element, {
        token: () => new Promise((resolve) => setTimeout(resolve, 0, token)),
      }),
    token,
  );
  await drawn(page);
  await page.keyboard.type("글");
  await expect
    .poll(() => composer(page).inputValue())
    .toBe("어제 쓰다 만 글\n오늘 쓰는 글");
});

test("no token disturbs a syllable that is being composed", async () => {
  const page = await world.open({ tag: { project: "late-syllable" } });
  const token = await sign("late-syllable", { sub: "철수", name: "철수" });
  await waitUntilLive(page);
  await composer(page).focus();
  const devtools = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: 1,
      selectionEnd: 1,
    });
  await compose("하");
  await setToken(page, token);
  await drawn(page);
  await compose("한");
  expect(await composer(page).inputValue()).toBe("한");
  await devtools.send("Input.insertText", { text: "한" });
  await expect.poll(() => memberOf(page)).toBe("철수");
  expect(await composer(page).inputValue()).toBe("한");
});

test("a source that has nobody any more leaves what the member has written to the member", async () => {
  const page = await world.open({ tag: { project: "signed-out" } });
  await setSource(page, [
    await sign("signed-out", { sub: "ann", name: "앤" }),
    "",
  ]);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await waitUntilLive(page);
  await composer(page).fill("앤의 비밀");
  await turn(page, 1);
  await expect.poll(() => memberOf(page)).toMatch(/^g_/);
  await waitUntilLive(page);
  expect(await composer(page).inputValue()).toBe("");
  await turn(page, 0);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await expect.poll(() => composer(page).inputValue()).toBe("앤의 비밀");
});

test("a source that had nobody at first gives the guest's text to the member", async () => {
  const page = await world.open({ tag: { project: "signed-in" } });
  await setSource(page, ["", await sign("signed-in", { sub: "ann" })]);
  await expect.poll(() => memberOf(page)).toMatch(/^g_/);
  await waitUntilLive(page);
  await composer(page).fill("손님의 글");
  await turn(page, 1);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await waitUntilLive(page);
  expect(await composer(page).inputValue()).toBe("손님의 글");
});

test("a syllable that is composed while somebody else comes stays the first one's", async () => {
  const page = await world.open({ tag: { project: "two-members" } });
  await setSource(page, [
    await sign("two-members", { sub: "ann" }),
    await sign("two-members", { sub: "bob" }),
  ]);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await waitUntilLive(page);
  await composer(page).fill("앤의 글 ");
  const devtools = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: 1,
      selectionEnd: 1,
    });
  await compose("하");
  await turn(page, 1);
  await expect.poll(() => status(page)).toBe("closed");
  await compose("한");
  await devtools.send("Input.insertText", { text: "한" });
  await expect.poll(() => memberOf(page)).toBe("bob");
  await waitUntilLive(page);
  expect(await composer(page).inputValue()).toBe("");
  await turn(page, 0);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await expect.poll(() => composer(page).inputValue()).toBe("앤의 글 한");
});

test("each of two tabs has its own text back after a reload", async () => {
  const one = await world.open({ tag: { project: "tabs-own" } });
  const two = await one.context().newPage();
  await two.goto(one.url());
  await waitUntilLive(two);
  await composer(one).fill("첫째 탭의 글");
  await composer(two).fill("둘째 탭의 글");
  for (const page of [one, two]) await page.reload();
  await expect.poll(() => composer(one).inputValue()).toBe("첫째 탭의 글");
  await expect.poll(() => composer(two).inputValue()).toBe("둘째 탭의 글");
});

test("a nickname that one tab takes leaves the other's text, reply and caret", async () => {
  const friend = await world.invite("tabs-name", "영희");
  await friend.say("누구세요?");
  const one = await world.open({ tag: { project: "tabs-name" } });
  const two = await one.context().newPage();
  await two.goto(one.url());
  for (const page of [one, two]) await waitUntilLive(page);
  await composer(one).fill("첫째 탭의 글");
  await two.bringToFront();
  await button(two, /^참여자/).waitFor();
  await rows(two).first().hover();
  await button(two, "메시지 메뉴").click();
  await two.getByRole("menuitem", { name: "답장" }).click();
  await composer(two).pressSequentially("둘째 탭의 글");
  await composer(one).press("Enter");
  await nameField(one).fill("민지");
  await nameField(one).press("Enter");
  await expect.poll(() => nameField(one).count()).toBe(0);
  await expect.poll(() => memberOf(two)).toBe(await memberOf(one));
  await waitUntilLive(two);
  await two.getByText("영희 님에게 답장").waitFor();
  expect(await composer(two).inputValue()).toBe("둘째 탭의 글");
});

/** One grey pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNsaAAAAYUAgx8J0ZsAAAAASUVORK5CYII=";

/** A function that gives one of `tokens`: the one that the page's title says. */
function setSource(page: Page, tokens: readonly string[]): Promise<void> {
  return page.locator("project-chat").evaluate((element, tokens) => {
    const token = () => tokens[Number(document.title) || 0];
    Object.assign(element, { token });
  }, tokens);
}

/** Has the source give the token number `index` from now on. */
async function turn(page: Page, index: number): Promise<void> {
  await page.evaluate((title) => {
    document.title = title;
  }, `${index}`);
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.reconnect());
}

function status(page: Page): Promise<string | undefined> {
  return page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.status);
}
