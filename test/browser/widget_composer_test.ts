/** Writing: input methods, the nickname, drafts, and the field itself. */
import type { CDPSession, Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  composer,
  focused,
  nameField,
  rows,
  say,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { textsOf, useWorld } from "./support/world.ts";

const world = useWorld();

test("Enter ends a Korean syllable without sending; the next Enter sends once", async () => {
  const page = await world.open({ tag: { project: "ime", nickname: "철수" } });
  const friend = await world.invite("ime", "영희");
  await waitUntilLive(page);
  await composer(page).focus();
  const devtools = await compose(page, ["ㅎ", "하", "한"]);
  await page.keyboard.press("Enter");
  await devtools.send("Input.insertText", { text: "한" });
  // Safari tells of the key after the composition has ended, so only 229 gives it away.
  await composer(page).dispatchEvent("keydown", { key: "Enter", keyCode: 229 });
  expect((await composer(page).inputValue()).trim()).toBe("한");
  await composer(page).fill("한");
  await page.keyboard.press("Enter");
  await waitForTexts(page, { pattern: /한/g, expected: ["한"] });
  await friend.say("끝");
  await waitForTexts(page, { pattern: /한|끝/g, expected: ["한", "끝"] });
  expect(textsOf(friend)).toEqual(["한", "끝"]);
  expect(await composer(page).inputValue()).toBe("");
});

test("the button sends the syllable that is being composed too", async () => {
  const page = await world.open({ tag: { project: "tap", nickname: "철수" } });
  const friend = await world.invite("tap", "영희");
  await waitUntilLive(page);
  await composer(page).pressSequentially("한");
  await compose(page, ["ㄱ", "그", "글"]);
  await button(page, "보내기").click();
  await expect.poll(() => textsOf(friend)).toEqual(["한글"]);
  expect(await composer(page).inputValue()).toBe("");
});

test("Enter in a nickname that is being composed sends nothing", async () => {
  const page = await world.open({ tag: { project: "name" } });
  const friend = await world.invite("name", "영희");
  await waitUntilLive(page);
  await say(page, "안녕하세요");
  await nameField(page).waitFor();
  await expect.poll(() => focused(page)).toContain("닉네임");
  const devtools = await compose(page, ["ㅊ", "처", "철"]);
  await page.keyboard.press("Enter");
  expect(await nameField(page).count()).toBe(1);
  await devtools.send("Input.insertText", { text: "철" });
  await nameField(page).fill("철수");
  await page.keyboard.press("Enter");
  await expect.poll(() => textsOf(friend)).toEqual(["안녕하세요"]);
  expect(friend.client.timeline.messages[0]?.author.nickname).toBe("철수");
});

test("the first send asks for a nickname in place; a taken one gets a suggestion", async () => {
  const page = await world.open({ tag: { project: "taken" } });
  const friend = await world.invite("taken", "철수");
  await waitUntilLive(page);
  await say(page, "처음 뵙겠습니다");
  await expect.poll(() => focused(page)).toContain("닉네임");
  expect(await composer(page).inputValue()).toBe("처음 뵙겠습니다");
  await page.keyboard.type("철수");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("이미 쓰고 있는").waitFor();
  expect(await nameField(page).inputValue()).toBe("철수-2");
  await page.keyboard.press("Enter");
  await expect.poll(() => textsOf(friend)).toEqual(["처음 뵙겠습니다"]);
  expect(friend.client.timeline.messages[0]?.author.nickname).toBe("철수-2");
  await expect.poll(() => nameField(page).count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("메시지를 입력하세요");
  expect(await composer(page).inputValue()).toBe("");

  // Asked once: the second message just goes, and after a reload as well.
  await say(page, "두 번째");
  const pattern = /처음 뵙겠습니다|두 번째|다녀왔습니다/g;
  const said = ["처음 뵙겠습니다", "두 번째"];
  await waitForTexts(page, { pattern, expected: said });
  await page.reload();
  await waitUntilLive(page);
  await say(page, "다녀왔습니다");
  await waitForTexts(page, { pattern, expected: [...said, "다녀왔습니다"] });
  const authors = friend.client.timeline.messages.map(({ author }) => author);
  expect(new Set(authors.map(({ nickname }) => nickname))).toEqual(
    new Set(["철수-2"]),
  );
});

test("the question for a nickname can be put off, and the text stays", async () => {
  const page = await world.open({ tag: { project: "later" } });
  await waitUntilLive(page);
  await say(page, "생각해 볼게요");
  await nameField(page).waitFor();
  await button(page, "취소").click();
  await expect.poll(() => nameField(page).count()).toBe(0);
  expect(await composer(page).inputValue()).toBe("생각해 볼게요");
  expect(await rows(page).count()).toBe(0);
});

test("a draft survives a reload, and nobody else's page shows it", async () => {
  const page = await world.open({ tag: { project: "draft" } });
  await composer(page).fill("쓰다 만 글");
  await page.reload();
  await expect.poll(() => composer(page).inputValue()).toBe("쓰다 만 글");
  const other = await world.open({ tag: { project: "draft" } });
  await waitUntilLive(other);
  expect(await composer(other).inputValue()).toBe("");
});

test("the field grows with its text, also where style sheets cannot do that", async () => {
  for (const canGrow of [true, false]) {
    const page = await world.open({
      tag: { project: `grow-${canGrow}`, nickname: "철수" },
      ...(!canGrow && {
        before: () => {
          const supports = CSS.supports.bind(CSS);
          Object.assign(CSS, {
            supports: (name: string, value: string) =>
              name !== "field-sizing" && supports(name, value),
          });
        },
      }),
    });
    await waitUntilLive(page);
    if (!canGrow)
      await page.locator("project-chat").evaluate(({ shadowRoot }) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("textarea { field-sizing: fixed }");
        shadowRoot?.adoptedStyleSheets.push(sheet);
      });
    const height = async () =>
      (await composer(page).boundingBox())?.height ?? 0;
    const one = await height();
    await composer(page).fill("하나\n둘\n셋");
    await expect.poll(height).toBeGreaterThan(2 * one);
    await composer(page).fill("줄\n".repeat(30));
    const most = await height();
    expect(most).toBeLessThan(8 * one);
    await composer(page).fill("");
    await expect.poll(height).toBe(one);
    await page.context().close();
  }
});

/** Types as an input method does, and leaves the composition open. */
async function compose(
  page: Page,
  steps: readonly string[],
): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page);
  for (const text of steps) {
    await devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }
  return devtools;
}
