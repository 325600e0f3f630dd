/** Our pages: what they let in, how they are found, how they look to everybody. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { complaintsOf } from "./support/axe.ts";
import {
  join,
  openPage,
  readMessages,
  waitForMessages,
  watch,
} from "./support/person.ts";
import { PHONE } from "./support/phone.ts";
import { useServer } from "./support/use_server.ts";
import { say, waitForBanner, waitUntilLive } from "./support/widget.ts";

const setting = useServer();

test("every page and asset comes with the security headers", async () => {
  for (const path of ["/", "/project/42", "/project.js", "/project.css"]) {
    const response = await fetch(`${setting.server.url}${path}`);
    expect(response.status, path).toBe(200);
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).toContain("trusted-types 'none'");
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

test("other origins may load the modules, and caches know for how long", async () => {
  for (const path of ["/widget.js", "/client.js", "/client_tools.js"]) {
    const { headers } = await fetch(`${setting.server.url}${path}`);
    expect(headers.get("content-type")).toContain("text/javascript");
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(headers.get("cache-control")).toBe(
      "public, max-age=300, stale-while-revalidate=86400",
    );
    expect(headers.get("sourcemap")).toBe(`${path}.map`);
    const map = await fetch(`${setting.server.url}${path}.map`);
    const { sources } = (await map.json()) as { sources: string[] };
    expect(sources.join()).toContain(".ts");
  }
  const client = await fetch(`${setting.server.url}/client.js`);
  expect(client.headers.get("x-typescript-types")).toBe("/client.d.ts");
  const types = await fetch(`${setting.server.url}/client.d.ts`);
  expect(types.headers.get("content-type")).toContain("typescript");
  const versions = await fetch(`${setting.server.url}/versions.json`);
  const { "widget.js": widget } = (await versions.json()) as Record<
    string,
    { url: string; integrity: string }
  >;
  const copy = await fetch(`${setting.server.url}${widget?.url}`);
  expect(copy.status).toBe(200);
  expect(copy.headers.get("cache-control")).toContain("immutable");
  expect(copy.headers.get("access-control-allow-origin")).toBe("*");
});

test("hostile texts and nicknames are shown as they were typed", async () => {
  const page = await openPage(setting.browser, { url: "about:blank" });
  const complaints = watch(page);
  await page.goto(`${setting.server.url}/project/hostile`);
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
  expect(await page.locator(".log :is(img, script, style, b)").count()).toBe(0);
  await page.goto(`${setting.server.url}/project/hostile?room=<b>x&lang=<i>`);
  await page.click("#rooms [data-share]");
  expect(complaints).toEqual([]);
});

test("nothing is stored before somebody acts", async () => {
  const page = await openPage(setting.browser, {
    url: `${setting.server.url}/project/store`,
  });
  const keys = () => page.evaluate(() => Object.keys(localStorage));
  await waitUntilLive(page);
  expect(await keys()).toEqual([]);
  await join(page, "철수");
  expect(await keys()).toHaveLength(1);
  expect(await page.context().cookies()).toEqual([]);
});

test("Enter ends a Korean syllable without sending; the next one sends", async () => {
  const page = await openPage(setting.browser, {
    url: `${setting.server.url}/project/ime`,
  });
  await join(page, "철수");
  await page.focus("textarea");
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
  expect((await page.inputValue("textarea")).trim()).toBe("한");
  await page.fill("textarea", "한글");
  await page.press("textarea", "Enter");
  await waitForMessages(page, ["철수: 한글"]);
  expect(await page.inputValue("textarea")).toBe("");
});

test("a refusal is told in a sentence", async () => {
  const page = await openPage(setting.browser, {
    url: `${setting.server.url}/project/42?room=%00`,
  });
  await waitForBanner(page, "없는 채팅입니다");
});

test("theme and language are chosen, and kept", async () => {
  const url = `${setting.server.url}/project/taste`;
  const page = await openPage(setting.browser, { url, colorScheme: "light" });
  await waitUntilLive(page);
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByLabel("English").check();
  expect(await page.getAttribute("html", "lang")).toBe("en");
  await page.getByText("Invite", { exact: true }).last().waitFor();
  await page.getByPlaceholder("Write a message").waitFor();
  await page.getByLabel("Dark").check();
  expect(await ground()).not.toBe(light);
  await page.reload();
  expect(await page.getAttribute("html", "lang")).toBe("en");
  expect(await ground()).not.toBe(light);
  await page.goto(`${url}?lang=ko`);
  expect(await page.getAttribute("html", "lang")).toBe("ko");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing to complain about in ${colorScheme}`, async () => {
    const url = `${setting.server.url}/project/axe-${colorScheme}`;
    const page = await openPage(setting.browser, {
      url: setting.server.url,
      colorScheme,
    });
    await waitUntilLive(page);
    expect(await findViolations(page), "start").toEqual([]);
    await page.goto(url);
    await waitUntilLive(page);
    expect(await findViolations(page), "empty").toEqual([]);
    await join(page, "철수");
    for (const text of ["하나", "둘"]) await say(page, text);
    await waitForMessages(page, ["철수: 하나", "철수: 둘"]);
    expect(await findViolations(page), "conversation").toEqual([]);
    await page.click("[data-share=code]");
    expect(await findViolations(page), "dialog").toEqual([]);
    await page.keyboard.press("Escape");
    await page.setViewportSize(PHONE.viewport);
    await page.click("[popovertarget=rooms]");
    expect(await findViolations(page), "drawer").toEqual([]);
  });
}

async function findViolations(page: Page): Promise<string[]> {
  // What slides in is judged where it comes to rest.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished)),
  );
  return complaintsOf(page);
}
