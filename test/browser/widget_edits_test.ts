/** What is being edited is never lost, and never takes the place of the draft. */
import type { Page, WebSocketRoute } from "playwright-core";
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import { useMeeting } from "./support/meeting.ts";
import {
  button,
  composer,
  drawn,
  type Element,
  enter,
  memberOf,
  rowOf,
  rows,
  say,
  setToken,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";

const { visit, world } = useMeeting(TRUSTING);
const strips = (page: Page) => page.locator("project-chat .strip");
const editing = (page: Page) => page.getByText("메시지 수정");

test("an edit is no draft: after a reload both are what they were", async () => {
  const page = await visit("edit-reload", "철수");
  await saySure(page, "고칠 말");
  await composer(page).fill("쓰다 만 초안");
  await edit(page, "고칠 말");
  await composer(page).fill("고치다 만 말");
  await page.reload();
  await waitUntilLive(page);
  await editing(page).waitFor();
  expect(await composer(page).inputValue()).toBe("고치다 만 말");
  await composer(page).press("Enter");
  const expected = ["고치다 만 말"];
  await waitForTexts(page, { pattern: /고치다 만 말/g, expected });
  expect(await rows(page).count()).toBe(1);
  expect(await composer(page).inputValue()).toBe("쓰다 만 초안");
  await page.reload();
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  expect(await composer(page).inputValue()).toBe("쓰다 만 초안");
  expect(await editing(page).count()).toBe(0);
});

test("an edit that was only looked at leaves the draft and comes back as nothing", async () => {
  const page = await visit("edit-looked", "철수");
  await saySure(page, "그대로 둘 말");
  await composer(page).press("ArrowUp");
  await editing(page).waitFor();
  await page.reload();
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  expect(await composer(page).inputValue()).toBe("");
  expect(await editing(page).count()).toBe(0);
});

test("an edit that cannot be taken on stays where it was written", async () => {
  const page = await visit("edit-closed", "철수");
  await saySure(page, "닫히기 전의 말");
  await composer(page).press("ArrowUp");
  await composer(page).fill("닫힌 뒤에 고친 말");
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.close());
  await composer(page).press("Enter");
  await drawn(page);
  await editing(page).waitFor();
  expect(await composer(page).inputValue()).toBe("닫힌 뒤에 고친 말");
});

test("an edit on its way arrives although another room is shown meanwhile", async () => {
  const held = holdEdits();
  const page = await visit("edit-moving", "철수", { prepare: held.prepare });
  await saySure(page, "떠나기 전");
  await composer(page).press("ArrowUp");
  await composer(page).fill("떠난 뒤");
  await composer(page).press("Enter");
  await held.waitForOne();
  await enter(page, "other");
  await waitUntilLive(page);
  held.letGo();
  const friend = await world.invite("edit-moving", "영희");
  await expect
    .poll(() => friend.client.timeline.messages.at(-1)?.text)
    .toBe("떠난 뒤");
  await enter(page, "lobby");
  await waitUntilLive(page);
  expect(await composer(page).inputValue()).toBe("");
});

test("an edit that is refused after one has left is there when one comes back, and nowhere else", async () => {
  const held = holdEdits();
  const page = await visit("edit-refused", "철수", { prepare: held.prepare });
  await saySure(page, "방을 옮기기 전");
  await composer(page).press("ArrowUp");
  await composer(page).fill("거절될 수정");
  await composer(page).press("Enter");
  await held.waitForOne();
  await enter(page, "other");
  await waitUntilLive(page);
  held.refuse();
  await drawn(page);
  expect(await composer(page).inputValue()).toBe("");
  await enter(page, "lobby");
  await editing(page).waitFor();
  expect(await composer(page).inputValue()).toBe("거절될 수정");
  await composer(page).press("Escape");
  expect(await composer(page).inputValue()).toBe("");
});

test("a refused edit takes nothing out of the hands of who writes on", async () => {
  const held = holdEdits();
  const page = await visit("edit-late", "철수", { prepare: held.prepare });
  await saySure(page, "처음 한 말");
  await composer(page).press("ArrowUp");
  await composer(page).fill("거절된 말");
  await composer(page).press("Enter");
  await held.waitForOne();
  await composer(page).pressSequentially("다음 말을 쓰는 중");
  held.refuse();
  const refused = strips(page).filter({ hasText: "거절된 말" });
  await refused.waitFor();
  // Why it was refused is said once.
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(await composer(page).inputValue()).toBe("다음 말을 쓰는 중");
  await refused.getByRole("button", { name: "수정", exact: true }).click();
  await editing(page).waitFor();
  expect(await composer(page).inputValue()).toBe("거절된 말");
  await composer(page).press("Escape");
  expect(await composer(page).inputValue()).toBe("다음 말을 쓰는 중");
});

test("each refused edit stays in sight until it is let go", async () => {
  const held = holdEdits();
  const page = await visit("edit-two", "철수", { prepare: held.prepare });
  await saySure(page, "첫째 말");
  await saySure(page, "둘째 말");
  for (const text of ["첫째", "둘째"]) {
    await edit(page, `${text} 말`);
    await composer(page).fill(`${text} 수정`);
    await composer(page).press("Enter");
    await held.waitForOne();
    await composer(page).pressSequentially("쓰는 중 ");
    held.refuse();
    await strips(page)
      .filter({ hasText: `${text} 수정` })
      .waitFor();
  }
  expect(await strips(page).count()).toBe(2);
  const close = strips(page).first().getByRole("button", { name: "수정 취소" });
  await close.press("Enter");
  await expect.poll(() => strips(page).count()).toBe(1);
  expect(await strips(page).textContent()).toContain("둘째 수정");
  await page.reload();
  await waitUntilLive(page);
  await editing(page).waitFor();
  expect(await composer(page).inputValue()).toBe("둘째 수정");
});

test("an edit of what is deleted meanwhile is over, and its words join the draft", async () => {
  const page = await visit("edit-deleted", "철수");
  await saySure(page, "지워질 말");
  await composer(page).fill("초안");
  await edit(page, "지워질 말");
  await composer(page).fill("지워질 말을 고침");
  expect(await kept(page)).toContain("지워질 말을 고침");
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.delete(1));
  await rowOf(page, "삭제된 메시지입니다.").waitFor();
  await composer(page).press("Enter");
  await editing(page).waitFor({ state: "detached" });
  const both = "초안\n지워질 말을 고침";
  await expect.poll(() => composer(page).inputValue()).toBe(both);
  expect(await kept(page)).not.toContain("edits:");
});

test("an edit that adds a space alone is over", async () => {
  const page = await visit("edit-space", "철수");
  await saySure(page, "그대로인 말");
  await composer(page).press("ArrowUp");
  await composer(page).pressSequentially(" ");
  await composer(page).press("Enter");
  await editing(page).waitFor({ state: "detached" });
  await page.reload();
  await waitUntilLive(page);
  await button(page, /^참여자/).waitFor();
  await drawn(page);
  expect(await editing(page).count()).toBe(0);
});

test("what one tab edits is no business of another", async () => {
  const page = await visit("edit-tabs", "철수");
  await saySure(page, "두 탭의 말");
  await composer(page).press("ArrowUp");
  await composer(page).fill("첫째 탭의 수정");
  const other = await page.context().newPage();
  await other.goto(page.url());
  await waitUntilLive(other);
  await button(other, /^참여자/).waitFor();
  await drawn(other);
  expect(await editing(other).count()).toBe(0);
  expect(await composer(other).inputValue()).toBe("");
});

test("an edit that arrives after one has left and come back is over", async () => {
  const held = holdEdits();
  const page = await visit("edit-back", "철수", { prepare: held.prepare });
  await saySure(page, "떠나기 전");
  await composer(page).press("ArrowUp");
  await composer(page).fill("떠난 뒤");
  await composer(page).press("Enter");
  await held.waitForOne();
  await enter(page, "other");
  await waitUntilLive(page);
  await enter(page, "lobby");
  await editing(page).waitFor();
  held.letGo();
  await editing(page).waitFor({ state: "detached" });
  expect(await composer(page).inputValue()).toBe("");
});

test("where nobody can write, nobody is offered to answer or to edit", async () => {
  const page = await visit("dead-ends", "철수");
  await saySure(page, "이미 한 말");
  await composer(page).fill("초안");
  await page
    .locator("project-chat")
    .evaluate((element) => element.toggleAttribute("readonly", true));
  await expect.poll(() => composer(page).count()).toBe(0);
  await rows(page).first().hover();
  await button(page, "메시지 메뉴").click();
  const names = await page.getByRole("menuitem").allTextContents();
  expect(names).toContain("텍스트 복사");
  expect(names).not.toContain("답장");
  expect(names).not.toContain("수정");
});

test("an edit waits for no pause of a slow room", async () => {
  const token = await sign("slow-edit", { sub: "owner", role: "owner" });
  const owner = await world.open({ tag: { project: "slow-edit" } });
  await setToken(owner, token);
  await expect.poll(() => memberOf(owner)).toBe("owner");
  await waitUntilLive(owner);
  const page = await visit("slow-edit", "철수");
  await owner
    .locator("project-chat")
    .evaluate((element: Element) =>
      element.client?.ask({ type: "moderate", action: "slow", seconds: 300 }),
    );
  await page.getByText("5분에 한 번").waitFor();
  await saySure(page, "천천이");
  await expect.poll(() => button(page, "보내기").isDisabled()).toBe(true);
  await composer(page).press("ArrowUp");
  await composer(page).fill("천천히");
  await composer(page).press("Enter");
  await rows(page)
    .filter({ hasText: "천천히" })
    .getByText("(수정됨)")
    .waitFor();
});

async function saySure(page: Page, text: string): Promise<void> {
  await say(page, text);
  await waitForTexts(page, { pattern: new RegExp(text), expected: [text] });
}

async function edit(page: Page, text: string): Promise<void> {
  await rows(page).filter({ hasText: text }).hover();
  await button(page, "메시지 메뉴").click();
  await page.getByRole("menuitem", { name: "수정" }).click();
  await editing(page).waitFor();
}

/** All that the page keeps. */
function kept(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
}

/** Holds every edit back until it is let go or refused. */
function holdEdits() {
  const held: { frame: string; near: WebSocketRoute; far: WebSocketRoute }[] =
    [];
  return {
    prepare: (page: Page) =>
      page.routeWebSocket(/\/chat\?/, (near) => {
        const far = near.connectToServer();
        near.onMessage((message) => {
          const frame = `${message}`;
          if (frame.includes('"type":"edit"')) held.push({ frame, near, far });
          else far.send(message);
        });
      }),
    waitForOne: () => expect.poll(() => held.length).toBe(1),
    letGo() {
      for (const { frame, far } of held.splice(0)) far.send(frame);
    },
    refuse() {
      for (const { frame, near } of held.splice(0)) {
        const { nonce } = JSON.parse(frame);
        const error = { type: "error", code: "internal", message: "", nonce };
        near.send(JSON.stringify([error]));
      }
    },
  };
}
