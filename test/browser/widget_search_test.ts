/** Finding what was said, and reading there: search, far messages, read marks. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { complaintsOf } from "./support/axe.ts";
import { useMeeting } from "./support/meeting.ts";
import { PHONE } from "./support/phone.ts";
import {
  button,
  distanceFromEnd,
  drawn,
  type Element,
  focused,
  go,
  part,
  rows,
  say,
} from "./support/widget.ts";

const { visit, world } = useMeeting();
const HISTORY = 140;
const status = (page: Page) => page.getByRole("search").getByRole("status");

test("by keyboard alone one finds what was said long ago and reads on from there", async () => {
  const { page, friend } = await openLong("search");
  await part(page, "log").focus();
  await go(page, { name: "검색", key: "Shift+Tab" });
  await page.keyboard.press("Enter");
  await expect.poll(() => focused(page)).toBe("메시지 검색");
  expect(await complaintsOf(page)).toEqual([]);
  // One word of the two has a particle, and the case is another.
  await page.keyboard.type("사과 pie");
  await page.keyboard.press("Enter");
  await expect.poll(() => status(page).textContent()).toBe("메시지 1개");
  const marks = page.getByRole("search").locator("mark");
  expect(await marks.allTextContents()).toEqual(["사과", "PIE"]);
  expect(await complaintsOf(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");

  const hit = rows(page).filter({ hasText: "사과를 넣은 PIE" });
  await hit.waitFor();
  await expect.poll(() => hit.evaluate(isFocused)).toBe(true);
  expect(await page.getByRole("search").count()).toBe(0);
  // What lies between was not fetched.
  expect(await loaded(page)).toBe(50);
  expect(await rows(page).filter({ hasText: "글 번호 139번" }).count()).toBe(0);
  // What is there is alive.
  const old = friend.timeline.messages.find(({ seq }) => seq === 12);
  expect(old).toBeUndefined();
  await friend.edit(12, "글 번호 열두 번을 고쳤습니다");
  await rows(page).filter({ hasText: "열두 번을 고쳤습니다" }).waitFor();

  // On to both ends, without a hole.
  await scrollTo(page, 0);
  await page.getByText("대화의 시작입니다").waitFor();
  const seqs = () =>
    rows(page).evaluateAll((all) => all.map((row) => row.dataset["seq"]));
  await expect
    .poll(async () => {
      await scrollTo(page, 1e9);
      return (await seqs()).at(-1);
    })
    .toBe(`${HISTORY}`);
  const shown = await seqs();
  const first = Number(shown[0]);
  expect(shown).toEqual(shown.map((_, index) => `${first + index}`));
});

test("the latest is one button away, and so is an own message", async () => {
  const { page } = await openLong("search-back");
  expect(await reveal(page, 12)).toBe(true);
  await button(page, "최신 메시지로").click();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
  await rows(page)
    .filter({ hasText: `글 번호 ${HISTORY}번` })
    .waitFor();
  expect(await reveal(page, 12)).toBe(true);
  await say(page, "끝에서 만나요");
  await rows(page).filter({ hasText: "끝에서 만나요" }).waitFor();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThan(1);
  expect(await reveal(page, 9_999)).toBe(false);
});

test("whoever is led to a message sees it, although a search is open", async () => {
  const friend = await join("search-jump", "lobby");
  await friend.send("여기로 오세요");
  const page = await visit("search-jump", "철수");
  await find(page, "아무것도");
  expect(await reveal(page, 1)).toBe(true);
  expect(await page.getByRole("search").count()).toBe(0);
  expect(await rows(page).first().evaluate(isFocused)).toBe(true);
});

test("what was found and is gone leaves the focus at the search", async () => {
  const friend = await join("search-gone", "lobby");
  await friend.send("곧 사라질 말");
  const page = await visit("search-gone", "철수", {
    // It is forgotten as soon as it was found.
    async prepare(page) {
      await page.route(/\/search\?/, async (route) => {
        const answer = await route.fetch();
        const text = (await answer.text()).replaceAll('"seq":1,', '"seq":999,');
        await route.fulfill({ response: answer, body: text });
      });
    },
  });
  await find(page, "사라질");
  await page.getByRole("search").getByText("곧 사라질 말").click();
  await expect.poll(() => page.getByRole("search").count()).toBe(0);
  await expect.poll(() => focused(page)).toBe("검색");
});

test("a search of the whole project leads into another room", async () => {
  const friend = await join("search-rooms", "공지");
  await friend.send("소풍은 금요일입니다");
  const page = await visit("search-rooms", "철수", { tag: { rooms: "" } });
  await find(page, "소풍");
  await expect
    .poll(() => status(page).textContent())
    .toBe("찾은 메시지가 없습니다.");
  await page.getByText("조건").click();
  await page.getByLabel("범위").selectOption("프로젝트 전체");
  expect(await complaintsOf(page)).toEqual([]);
  await page.getByRole("search").getByRole("button", { name: "검색" }).click();
  await page.getByRole("button", { name: "#공지" }).click();
  await rows(page).filter({ hasText: "소풍은 금요일" }).waitFor();
  const room = page.locator("project-chat").getAttribute("room");
  expect(await room).toBe("공지");
});

test("author and day narrow a search, and what is too short is said", async () => {
  const [friend, other] = [
    await join("search-filters", "lobby", "영희"),
    await join("search-filters", "lobby", "민수"),
  ];
  await friend.send("점심 뭐 먹을까요");
  await other.send("점심은 국수요");
  const page = await visit("search-filters", "철수", { browser: PHONE });
  await find(page, "점심");
  await expect.poll(() => status(page).textContent()).toBe("메시지 2개");
  await page.getByText("조건").click();
  await page.getByLabel("글쓴이").selectOption("민수");
  await page.getByRole("search").getByRole("button", { name: "검색" }).click();
  await expect.poll(() => status(page).textContent()).toBe("메시지 1개");
  await page.getByLabel("종료일").fill("2001-01-01");
  await page.getByRole("search").getByRole("button", { name: "검색" }).click();
  await expect
    .poll(() => status(page).textContent())
    .toBe("찾은 메시지가 없습니다.");
  await find(page, "7");
  await expect
    .poll(() => status(page).textContent())
    .toBe("한글이나 한자가 아니면 두 글자 이상 입력해 주세요.");
  expect(await complaintsOf(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("search").count()).toBe(0);
  expect(await focused(page)).toBe("검색");
});

test("an own message says how many have read it", async () => {
  const page = await visit("read-by", "철수");
  const friends = [
    await join("read-by", "lobby", "영희"),
    await join("read-by", "lobby", "민수"),
  ];
  await say(page, "다들 보셨나요?");
  const row = rows(page).filter({ hasText: "다들 보셨나요?" });
  await row.waitFor();
  for (const friend of friends) {
    await expect.poll(() => friend.timeline.cursor).toBe(1);
    friend.tell({ type: "read", seq: 1 });
  }
  await row.getByText("2명이 읽음").waitFor();
});

test("what is read here is told to the room", async () => {
  const friend = await join("read-told", "lobby");
  await visit("read-told", "철수");
  const marks: number[] = [];
  friend.on("read", ({ seq }) => marks.push(seq));
  await friend.send("읽어 보세요");
  await expect.poll(() => marks).toEqual([1]);
});

async function openLong(
  project: string,
): Promise<{ page: Page; friend: ChatClient }> {
  const writer = await join(project, "lobby");
  for (let number = 1; number <= HISTORY; number++)
    await writer.send(
      number === 20 ? "사과를 넣은 PIE" : `글 번호 ${number}번입니다`,
    );
  writer.close();
  const friend = await join(project, "lobby", "영희", writer.you?.token);
  return { page: await visit(project, "철수"), friend };
}

async function join(
  project: string,
  room: string,
  nickname = "영희",
  token?: string,
): Promise<ChatClient> {
  const client = new ChatClient(world.server.url, {
    project,
    room,
    nickname,
    ...(token && { getToken: () => token }),
  });
  world.later(() => client.close());
  client.connect();
  await expect.poll(() => client.timeline.live).toBe(true);
  return client;
}

async function find(page: Page, text: string): Promise<void> {
  const field = page.getByRole("searchbox", { name: "메시지 검색" });
  if (!(await field.count())) await button(page, "검색").click();
  await field.fill(text);
  await field.press("Enter");
}

function reveal(page: Page, seq: number): Promise<boolean> {
  return page
    .locator("project-chat")
    .evaluate((chat: Element, seq) => chat.scrollToMessage(seq), seq);
}

function loaded(page: Page): Promise<number | undefined> {
  return page
    .locator("project-chat")
    .evaluate((chat: Element) => chat.client?.timeline.messages.length);
}

function isFocused(row: HTMLElement | SVGElement): boolean {
  const root = row.getRootNode();
  return root instanceof ShadowRoot && root.activeElement === row;
}

async function scrollTo(page: Page, top: number): Promise<void> {
  await part(page, "log").evaluate((log, top) => {
    log.scrollTop = top;
  }, top);
  await drawn(page);
}
