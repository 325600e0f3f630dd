/** docs/embedding.md: whoever follows it gets what it says. What is HTML. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as client from "../../src/client/mod.ts";
import { openPage, waitForMessages, watch } from "./support/person.ts";
import { type Site, startSite } from "./support/site.ts";
import { codeUnder, DOCUMENT, SNIPPETS } from "./support/snippets.ts";
import { useServer } from "./support/use_server.ts";
import { say, waitUntilLive } from "./support/widget.ts";

let site: Site;
let complaints: string[] = [];

beforeAll(async () => {
  site = await startSite();
});

afterAll(() => site?.close());

const setting = useServer(() => ({
  args: [`--var=FRAME_ANCESTORS:'self' ${site.url}`],
}));

/** Opens the page that the code under `heading` makes. */
async function openSnippet(
  heading: string,
  {
    policy,
    project,
    change = (html) => html,
  }: {
    readonly policy?: string;
    readonly project?: string;
    readonly change?: (html: string) => string;
  } = {},
): Promise<Page> {
  const [html = ""] = codeUnder(heading, {
    url: setting.server.url,
    ...(project && { project }),
  });
  const url = site.show(change(html), { ...(policy && { policy }) });
  const page = await openPage(setting.browser, { url: "about:blank" });
  complaints = watch(page);
  await page.goto(url);
  return page;
}

test("every snippet is known to a test", () => {
  const headings = SNIPPETS.map(
    ({ heading, language }) => `${heading}: ${language}`,
  );
  expect(headings).toEqual([
    "Five lines: html",
    "A bubble: html",
    "Talking to it: html",
    "Theming: html",
    "Own words: html",
    // In widget_standing_test.ts.
    "Who is who: html",
    "Content Security Policy: http",
    "Pinning a version: html",
    "In a frame: html",
    "The headless client: ts",
    "The headless client: ts",
    "React: jsx",
    "React: tsx",
    "Vue: js",
    // In test/token_snippets_test.ts.
    "Signing tokens: js",
    "Signing tokens: ts",
    "Signing tokens: python",
    "Signing tokens: go",
    "Signing tokens: php",
    // In embedding_token_test.ts.
    "Handing the token over: html",
    "Handing the token over: js",
    "Handing the token over: jsx",
  ]);
});

test("the tables leave nothing out", () => {
  const manifest = JSON.parse(
    readFileSync(
      new URL("../../custom-elements.json", import.meta.url),
      "utf8",
    ),
  );
  const [{ attributes, members, events, cssProperties, cssParts }] =
    manifest.modules[0].declarations;
  for (const { name } of [
    ...attributes,
    ...members,
    ...events,
    ...cssProperties,
    ...cssParts,
  ]) {
    expect(DOCUMENT).toMatch(new RegExp(`\`${name}(\\(\\w*\\))?\``));
  }
});

test("the client's tables leave nothing out", () => {
  const { ChatClient, ...tools } = client;
  const one = new ChatClient("https://chat.example", { project: "42" });
  const { constructor: _, ...methods } = Object.getOwnPropertyDescriptors(
    ChatClient.prototype,
  );
  for (const name of Object.keys({ ...one, ...methods, ...tools })) {
    expect(DOCUMENT).toMatch(new RegExp(`\`${name}(\\([^\`]*\\))?\``));
  }
});

test("five lines", async () => {
  const [code = ""] = codeUnder("Five lines", setting.server);
  expect(code.trim().split("\n")).toHaveLength(5);
  const page = await openSnippet("Five lines");
  await waitUntilLive(page);
  await say(page, "안녕하세요");
  await page.fill("#nickname", "철수");
  await page.press("#nickname", "Enter");
  await waitForMessages(page, ["철수: 안녕하세요"]);
  const other = await openPage(setting.browser, {
    url: `${setting.server.url}/project/42`,
  });
  await waitForMessages(other, ["철수: 안녕하세요"]);
  // A document without an icon is asked for one.
  expect(complaints.filter((it) => !it.includes("404"))).toEqual([]);
});

test("a bubble", async () => {
  const page = await openPage(setting.browser, { url: "about:blank" });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("websocket", (socket) => asked.push(new URL(socket.url()).pathname));
  const [html = ""] = codeUnder("A bubble", setting.server);
  await page.goto(site.show(html));
  await page.waitForSelector(".launcher");
  expect(asked.filter((path) => !/^\/\d*$|favicon/.test(path))).toEqual([
    "/widget.js",
  ]);
  await page.click(".launcher");
  await page.getByRole("dialog", { name: "Questions?" }).waitFor();
  await waitUntilLive(page);
  expect(asked).toContain("/project/42/chat");
});

test("talking to it", async () => {
  const page = await openSnippet("Talking to it");
  await waitUntilLive(page);
  expect(await page.locator(".launcher").count()).toBe(0);
  const other = await openPage(setting.browser, {
    url: `${setting.server.url}/project/42`,
  });
  await waitUntilLive(other);
  await other.evaluate(() =>
    document.querySelector("project-chat")?.send("무엇을 도와 드릴까요?"),
  );
  await page.locator("#unread", { hasText: "1" }).waitFor();
  await page.click("#ask");
  await page.locator("#unread", { hasText: "0" }).waitFor();
  await say(page, "제 카드는 1234-5678-1234-5678");
  await page.fill("#nickname", "영희");
  await page.press("#nickname", "Enter");
  await page.waitForSelector("#nickname", { state: "detached" });
  expect(await page.inputValue("textarea")).toContain("1234");
  expect(await page.locator(".log", { hasText: "1234" }).count()).toBe(0);
});

test("theming", async () => {
  const page = await openSnippet("Theming");
  await waitUntilLive(page);
  const box = await page.locator("project-chat").boundingBox();
  expect(box?.height).toBe(420);
  for (const part of ["header", ".send"]) {
    await page.fill("textarea", "색");
    const colour = await page
      .locator(`project-chat ${part}`)
      .evaluate((element) => getComputedStyle(element).backgroundColor);
    expect(colour, part).toBe("rgb(11, 122, 91)");
  }
});

test("own words", async () => {
  const page = await openSnippet("Own words", {
    project: "words",
  });
  await page.getByPlaceholder("궁금한 점을 남겨 주세요").waitFor();
  await page.getByText("첫 질문을 기다리고 있습니다.").waitFor();
});

test("the policy it names is enough, under the strictest rest", async () => {
  const [header = ""] = codeUnder("Content Security Policy", setting.server);
  const rest =
    "default-src 'none'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
  const page = await openSnippet("Five lines", {
    policy: `${rest}; ${header.replace(/^[\w-]+: /, "").trim()}`,
    project: "strict",
  });
  await waitUntilLive(page);
  await page.evaluate(() =>
    document.querySelector("project-chat")?.send("**됩니다**"),
  );
  await page.locator(".log strong", { hasText: "됩니다" }).waitFor();
  expect(
    await page.locator("header").evaluate((it) => getComputedStyle(it).display),
  ).toBe("flex");
  // The site's own icon is the site's own affair.
  expect(complaints.filter((it) => !it.includes("favicon"))).toEqual([]);
});

test("a pinned version", async () => {
  const answer = await fetch(`${setting.server.url}/versions.json`);
  const versions = (await answer.json()) as Record<
    string,
    { url: string; integrity: string }
  >;
  const { url = "", integrity = "" } = versions["widget.js"] ?? {};
  const page = await openSnippet("Pinning a version", {
    change: (html) =>
      html
        .replace("/v/widget.0123456789ab.js", url)
        .replace("sha384-…", integrity),
  });
  await waitUntilLive(page);
});

test("in a frame", async () => {
  const page = await openSnippet("In a frame");
  const frame = page.frameLocator("iframe");
  await frame.getByPlaceholder("Write a message").waitFor();
  expect(await frame.locator("aside").count()).toBe(0);
  const address = `${setting.server.url}/project/42`;
  const framed = await fetch(`${address}?embed=1`);
  expect(framed.headers.get("content-security-policy")).toContain(
    `frame-ancestors 'self' ${site.url};`,
  );
  const whole = await fetch(address);
  expect(whole.headers.get("content-security-policy")).toContain(
    "frame-ancestors 'none'",
  );
});
