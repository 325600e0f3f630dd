/** The page itself: what it lets in, how it types, how it looks to everybody. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page, WebSocketRoute } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type Server, startServer } from "../support/server.ts";
import {
  join,
  openPage,
  readMessages,
  say,
  waitForBanner,
  waitForMessages,
  waitUntilLive,
} from "./person.ts";

let browser: Browser;
let server: Server;
let axe: string;

beforeAll(async () => {
  const path = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
  axe = await readFile(path, "utf8");
  browser = await launchChromium();
  server = await startServer();
}, 60_000);

afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("every page and asset comes with the security headers", async () => {
  for (const path of ["/", "/project/42", "/project.js", "/project.css"]) {
    const response = await fetch(`${server.url}${path}`);
    expect(response.status, path).toBe(200);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain("unsafe");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe(
      "strict-origin-when-cross-origin",
    );
    expect(response.headers.get("permissions-policy")).toContain("camera=()");
    expect(response.headers.get("cross-origin-opener-policy")).toBe(
      "same-origin",
    );
  }
});

test("hostile texts and nicknames are shown as they were typed", async () => {
  const page = await openPage(browser, { url: "about:blank" });
  const complaints = watch(page);
  await page.goto(`${server.url}/project/hostile`);
  await join(page, "<b>굵은</b>");
  const texts = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</li></ol><style>*{display:none}</style>",
    "javascript:alert(1)",
    "&lt;b&gt; {{7*7}} <%= 7 %>",
    "__proto__",
  ];
  for (const text of texts) await say(page, text);
  await waitForMessages(
    page,
    texts.map((text) => `<b>굵은</b>: ${text}`),
  );
  expect(
    await page.locator(".messages :is(img, script, style, b)").count(),
  ).toBe(0);
  expect(complaints).toEqual([]);
});

test("nothing is stored before somebody acts", async () => {
  const page = await openPage(browser, { url: `${server.url}/project/store` });
  await page.waitForSelector("#nickname:focus");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
  await join(page, "철수");
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([
    "pc:store",
  ]);
  expect(await page.context().cookies()).toEqual([]);
});

test("Enter ends a Korean syllable without sending; the next one sends", async () => {
  const page = await openPage(browser, { url: `${server.url}/project/ime` });
  await join(page, "철수");
  await page.focus("#text");
  const devtools = await page.context().newCDPSession(page);
  for (const text of ["ㅎ", "하", "한"]) {
    await devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }
  await page.keyboard.press("Enter");
  expect(await readMessages(page)).toEqual([]);

  await devtools.send("Input.insertText", { text: "한" });
  await page.evaluate(() => {
    // Safari's keydown after the composition has ended.
    const key = { key: "Enter", keyCode: 229, bubbles: true };
    document
      .querySelector("#text")
      ?.dispatchEvent(new KeyboardEvent("keydown", key));
  });
  expect(await readMessages(page)).toEqual([]);
  expect((await page.inputValue("#text")).trim()).toBe("한");

  await page.fill("#text", "한글");
  await page.press("#text", "Shift+Enter");
  expect(await readMessages(page)).toEqual([]);
  await page.keyboard.insertText("둘째 줄");
  await page.press("#text", "Enter");
  await waitForMessages(page, ["철수: 한글\n둘째 줄"]);
  expect(await page.inputValue("#text")).toBe("");
});

test("the send button takes a syllable that is still being composed", async () => {
  const page = await openPage(browser, { url: `${server.url}/project/ime2` });
  await join(page, "철수");
  await page.focus("#text");
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Input.imeSetComposition", {
    text: "네",
    selectionStart: 1,
    selectionEnd: 1,
  });
  await page.click(".composer button");
  await waitForMessages(page, ["철수: 네"]);
  expect(await page.inputValue("#text")).toBe("");
});

test("a text that is too long stays in the composer", async () => {
  const page = await openPage(browser, { url: `${server.url}/project/long` });
  await join(page, "철수");
  await say(page, "가".repeat(4_001));
  expect(await page.inputValue("#text")).toHaveLength(4_001);
  expect(await page.textContent(".counter")).toContain("1자 넘었습니다");
  await say(page, "😀".repeat(4_000));
  await waitForMessages(page, [`철수: ${"😀".repeat(4_000)}`]);
});

test("earlier messages come when one scrolls up", async () => {
  const texts = Array.from({ length: 120 }, (_, index) => `글 ${index + 1}`);
  const page = await openPage(browser, { url: `${server.url}/project/old` });
  await join(page, "철수");
  for (const text of texts) await say(page, text);
  const said = texts.map((text) => `철수: ${text}`);
  await waitForMessages(page, said);
  await page.reload();
  await waitUntilLive(page);
  await waitForMessages(page, said.slice(-50));
  const scrollUp = () =>
    page.locator(".log").evaluate((log) => log.scrollTo(0, 0));
  await scrollUp();
  await waitForMessages(page, said.slice(-100));
  await scrollUp();
  await waitForMessages(page, said);
  expect(await page.textContent(".note")).toBe("대화의 시작입니다.");
}, 60_000);

test("a frame that never came is noticed and fetched", async () => {
  const url = `${server.url}/project/gap`;
  const page = await openPage(browser, { url: "about:blank" });
  let hasLostOne = false;
  await page.routeWebSocket(/\/chat/, (socket) => {
    socket.connectToServer().onMessage((frame) => {
      const isLost = !hasLostOne && frame.includes("사라진 글");
      if (isLost) hasLostOne = true;
      else socket.send(frame);
    });
  });
  await page.goto(url);
  await join(page, "영희");
  const other = await openPage(browser, { url });
  await join(other, "철수");
  for (const text of ["처음", "사라진 글"]) await say(other, text);
  await waitForMessages(other, ["철수: 처음", "철수: 사라진 글"]);
  await waitForMessages(page, ["철수: 처음"]);
  await say(other, "다음");
  await waitForMessages(page, ["철수: 처음", "철수: 사라진 글", "철수: 다음"]);
  expect(hasLostOne).toBe(true);
});

test("a refused message says why, and is sent again or given up", async () => {
  const page = await openPage(browser, { url: "about:blank" });
  let isRefusing = true;
  await page.routeWebSocket(/\/chat/, (socket) => {
    const room = socket.connectToServer();
    socket.onMessage((frame) => {
      const nonce = /"nonce":"(\w+)"/.exec(`${frame}`)?.[1];
      if (nonce === undefined || !isRefusing) return room.send(frame);
      const refusal = {
        type: "error",
        code: "rate_limited",
        message: "",
        nonce,
      };
      socket.send(JSON.stringify([refusal]));
    });
  });
  await page.goto(`${server.url}/project/refused`);
  await join(page, "철수");
  for (const text of ["하나", "둘"]) await say(page, text);
  const failed = page.locator("[role=alert]", { hasText: "너무 빨리" });
  await expect.poll(() => failed.count()).toBe(2);
  expect(await findViolations(page)).toEqual([]);
  isRefusing = false;
  await failed.getByText("지우기").first().click();
  await failed.getByText("다시 보내기").click();
  await waitForMessages(page, ["철수: 둘"]);
});

test("a refusal is told in a sentence", async () => {
  const url = `${server.url}/project/42`;
  const page = await openPage(browser, { url: `${url}?room=%00` });
  await page.press("#nickname", "Enter");
  await waitForBanner(page, "대화방 주소나 페이지 버전이 맞지 않습니다");

  const other = await openPage(browser, { url });
  await other.fill("#nickname", "\u202e");
  await other.press("#nickname", "Enter");
  await other.locator(".hint", { hasText: "쓸 수 없는 이름입니다" }).waitFor();
  await join(other, "철수");
});

test("rooms and languages are chosen in the address", async () => {
  const url = `${server.url}/project/rooms`;
  const lobby = await openPage(browser, { url });
  await join(lobby, "철수");
  await say(lobby, "로비");
  const design = await openPage(browser, {
    url: `${url}?room=디자인&lang=en`,
  });
  await join(design, "Dana");
  expect(await design.textContent(".title")).toBe("Project rooms · 디자인");
  expect(await design.textContent(".count")).toBe("1 here");
  expect(await design.getAttribute("html", "lang")).toBe("en");
  await say(design, "only here");
  await waitForMessages(design, ["Dana: only here"]);
  await waitForMessages(lobby, ["철수: 로비"]);
});

test("a member changes their nickname", async () => {
  const url = `${server.url}/project/names`;
  const page = await openPage(browser, { url });
  const other = await openPage(browser, { url });
  await join(other, "영희");
  await join(page, "영희");
  expect(await page.textContent(".you .name")).toBe("영희-2");
  await page.click(".you");
  await page.fill("#nickname", "철수");
  await page.press("#nickname", "Enter");
  await page.locator(".you .name", { hasText: /^철수$/ }).waitFor();
  await say(page, "이제 철수예요");
  await waitForMessages(other, ["철수: 이제 철수예요"]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing to complain about in ${colorScheme}`, async () => {
    const url = `${server.url}/project/axe-${colorScheme}`;
    const page = await openPage(browser, { url: "about:blank", colorScheme });
    const cutOff = await makeCuttable(page);
    await page.goto(url);
    expect(await findViolations(page), "nickname").toEqual([]);
    await join(page, "철수");
    expect(await findViolations(page), "empty").toEqual([]);
    for (const text of ["하나", "둘"]) await say(page, text);
    await waitForMessages(page, ["철수: 하나", "철수: 둘"]);
    await cutOff();
    await say(page, "셋");
    await page.locator(".pending .state").waitFor();
    await waitForBanner(page, "다시 연결하는 중");
    expect(await findViolations(page), "cut off").toEqual([]);
  });
}

test("the start page opens a project", async () => {
  const page = await openPage(browser, { url: server.url });
  const complaints = watch(page);
  expect(await findViolations(page)).toEqual([]);
  await page.fill("#project", "my-project");
  await page.press("#project", "Enter");
  await page.waitForURL(`${server.url}/project/my-project`);
  expect(complaints).toEqual([]);
});

/** Collects what the browser complains about from now on. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  return complaints;
}

/** Lets a test end the page's link, and every later one, as a restart would. */
async function makeCuttable(page: Page): Promise<() => Promise<void>> {
  let latest: WebSocketRoute | undefined;
  let isCut = false;
  await page.routeWebSocket(/\/chat/, (socket) => {
    latest = socket;
    if (isCut) void socket.close({ code: 1012 });
    else socket.connectToServer();
  });
  return async () => {
    isCut = true;
    await latest?.close({ code: 1012 });
  };
}

async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(`axe.run(document).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + " " + nodes.map((n) => n.html)))`);
}
