/**
 * Makes the pictures of the README: people talk on a real server, and a real browser
 * looks at them. Run it after the page has changed: `node tools/screenshots.ts`.
 */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { launchChromium } from "../test/support/chromium.ts";
import { startServer } from "../test/support/server.ts";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));
const DESKTOP = {
  viewport: { width: 1000, height: 720 },
  deviceScaleFactor: 2,
};
const PHONE = {
  viewport: { width: 390, height: 780 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
};

/** Who says what. */
type Conversation = readonly (readonly [nickname: string, text: string])[];

const KOREAN: Conversation = [
  ["철수", "안녕하세요! 내일 데모 순서 정리했어요 🙌"],
  ["철수", "1. 로그인\n2. 프로젝트 만들기\n3. 채팅"],
  ["영희", "좋아요. 채팅은 제가 보여 드릴게요."],
  ["영희", "와이파이 끊었다가 다시 붙는 장면도 넣을까요? 😄"],
  [
    "민준",
    "오, 그거 좋네요. 끊긴 동안 보낸 글도 순서대로 한 번씩만 도착하니까요.",
  ],
  ["철수", "그럼 그걸 마지막에 넣죠!"],
  ["영희", "네 👍 발표 자료는 오늘 저녁까지 올려 둘게요."],
  ["민준", "리허설은 3시에 회의실에서 봬요."],
  ["철수", "확인했습니다 ☕"],
];
const ENGLISH: Conversation = [
  ["Dana", "Morning! The new build is on staging."],
  ["Sam", "Nice, trying it on my phone right now 📱"],
  ["Sam", "Lost the train's Wi-Fi for a minute, and nothing is missing."],
  ["Ines", "Same here. It even sent what I wrote in the tunnel."],
  ["Dana", "Great – shipping it at noon then 🚀"],
];

const server = await startServer();
const browser = await launchChromium();
try {
  await mkdir(IMAGES, { recursive: true });
  const ko = await play(KOREAN, { project: "42", locale: "ko-KR" });
  await picture(ko.get("철수"), "page_light");
  await ko.get("철수")?.emulateMedia({ colorScheme: "dark" });
  await picture(ko.get("철수"), "page_dark");
  await picture(ko.get("영희"), "page_phone");
  const en = await play(ENGLISH, { project: "apollo", locale: "en-GB" });
  await picture(en.get("Dana"), "page_english");
} finally {
  await browser.close();
  await server.stop();
}

/** Lets people talk; the second to speak holds a phone. */
async function play(
  conversation: Conversation,
  { project, locale }: { readonly project: string; readonly locale: string },
): Promise<Map<string, Page>> {
  const url = `${server.url}/project/${project}`;
  const pages = new Map<string, Page>();
  for (const nickname of new Set(conversation.map(([name]) => name))) {
    const device = pages.size === 1 ? PHONE : DESKTOP;
    const context = await browser.newContext({
      locale,
      timezoneId: "Asia/Seoul",
      ...device,
    });
    const page = await context.newPage();
    await page.goto(url);
    await page.fill("#nickname", nickname);
    await page.press("#nickname", "Enter");
    await page.waitForSelector('.dot[data-state="live"]');
    pages.set(nickname, page);
  }
  for (const [index, [nickname, text]] of conversation.entries()) {
    const page = pages.get(nickname);
    await page?.fill("#text", text);
    await page?.click(".composer button");
    for (const each of pages.values())
      await each.locator("li:not(.pending)").nth(index).waitFor();
  }
  // No focus ring and no hover: what somebody who only reads would see.
  for (const page of pages.values()) {
    await page.locator(":focus").blur();
    await page.mouse.move(0, 0);
  }
  return pages;
}

async function picture(page: Page | undefined, name: string): Promise<void> {
  await page?.screenshot({ path: `${IMAGES}${name}.png` });
}
