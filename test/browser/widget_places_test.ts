/** Bad places and bad input: strict policies, hot keys, blocked storage, hostile words. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  composer,
  nameField,
  part,
  read,
  rows,
  say,
  stored,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld();

// Whatever breaks the policy fails each test here and in all other files, see world.ts.
test("on the strictest page, from another origin, it works and has its styles", async () => {
  const page = await world.open({
    tag: { project: "strict", nickname: "철수", theme: "dark" },
    body: (tag) => tag.replace(/ server="[^"]*"/, ""),
    widget: `${world.server.url}/widget.js`,
  });
  await waitUntilLive(page);
  await say(page, "**굵게** `코드` https://example.com 을 보세요");
  await expect.poll(() => rows(page).count()).toBe(1);
  await waitForTexts(page, { pattern: /굵게/g, expected: ["굵게"] });
  await composer(page).fill("다음 글");
  const styles = await Promise.all([
    part(page, "send").evaluate(
      (send) => getComputedStyle(send).backgroundColor,
    ),
    part(page, "panel").evaluate((panel) => getComputedStyle(panel).display),
    page
      .getByText("굵게")
      .evaluate((text) => getComputedStyle(text).fontWeight),
    part(page, "panel").evaluate(
      (panel) => getComputedStyle(panel).colorScheme,
    ),
  ]);
  expect(styles).toEqual(["rgb(65, 80, 212)", "flex", "700", "dark"]);
  // The colour of a member is set by script, which is where inline styles would break.
  const colour = await rows(page)
    .getByText("철수")
    .evaluate((name) => getComputedStyle(name).color);
  const text = await part(page, "panel").evaluate(
    (panel) => getComputedStyle(panel).color,
  );
  expect(colour).not.toBe(text);
});

test("hostile texts and nicknames are text", async () => {
  const page = await world.open({
    tag: { project: "hostile", nickname: "나" },
  });
  const friend = await world.invite("hostile", "<img src=x onerror=alert(1)>");
  await waitUntilLive(page);
  const texts = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</li></ol></section><style>*{display:none}</style>",
    "<a href=javascript:alert(3)>x</a> [x](javascript:alert(4))",
    "javascript:alert(5) data:text/html,<script>alert(6)</script>",
    "https://user:password@evil.example/ http://evil.example:99999/",
    "&lt;b&gt; {{7*7}} #{7*7} <%= 7 %> %s %n",
    "__proto__ constructor toString",
    "\u202e거꾸로\u2066 \u0000\u0007\ufeff",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    `**${"*".repeat(900)} ${"> ".repeat(300)}${"`".repeat(600)}`,
    `https://a.co/${")".repeat(3_900)}`,
    "끝",
  ];
  let accepted = 0;
  for (const text of texts)
    await friend.say(text).then(
      () => accepted++,
      // What the room does not take, nobody has to show.
      () => {},
    );
  expect(accepted).toBeGreaterThan(9);
  await waitForTexts(page, { pattern: /끝$/g, expected: ["끝"] });
  expect(await rows(page).count()).toBe(accepted);
  const first = await rows(page).first().textContent();
  expect(first).toContain("<img src=x onerror=alert(1)>");
  expect(first).toContain("<script>alert(1)</script>");
  const { elements, links } = await part(page, "log").evaluate((log) => ({
    elements: log.querySelectorAll("img, script, style, iframe, object").length,
    links: [...log.querySelectorAll("a")].map(({ href, rel, target }) => ({
      isWeb: /^https?:\/\/[^@]*$/.test(href),
      rel,
      target,
    })),
  }));
  expect(elements).toBe(0);
  for (const link of links) {
    expect(link).toMatchObject({ isWeb: true, target: "_blank" });
    expect(link.rel).toContain("noopener");
    expect(link.rel).toContain("noreferrer");
  }
  expect(await button(page, /^참여자/).count()).toBe(1);
});

test("links end where Korean goes on, and are never loaded", async () => {
  const page = await world.open({ tag: { project: "links", nickname: "나" } });
  await waitUntilLive(page);
  await say(
    page,
    "https://example.com을 보세요. 여기(https://example.com/a_(b))입니다. https://ko.wikipedia.org/wiki/한국어",
  );
  await expect
    .poll(() =>
      rows(page)
        .getByRole("link")
        .evaluateAll((links) =>
          links.map((link) => decodeURI((link as HTMLAnchorElement).href)),
        ),
    )
    .toEqual([
      "https://example.com/",
      "https://example.com/a_(b)",
      "https://ko.wikipedia.org/wiki/한국어",
    ]);
});

test("the hot keys of the host never see our typing, and our Escape never leaks", async () => {
  const page = await world.open({
    tag: { project: "keys", mode: "bubble" },
    body: (tag) => `<label>검색 <input></label>${tag}`,
    script: `window.keys = [];
      for (const type of ["keydown", "keypress", "keyup"])
        for (const target of [window, document, document.body])
          target.addEventListener(type, (event) => keys.push(event.key));`,
  });
  const heard = () =>
    page.evaluate(() => (window as unknown as { keys: string[] }).keys);
  await part(page, "launcher").click();
  await waitUntilLive(page);
  await composer(page).focus();
  for (const key of ["s", "/", "?", "g", "Shift+K", "ArrowUp", "Backspace"])
    await page.keyboard.press(key);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Enter");
  await nameField(page).waitFor();
  for (const key of ["j", "k", "Home", "Escape"])
    await page.keyboard.press(key);
  await expect.poll(() => nameField(page).count()).toBe(0);
  await part(page, "panel").waitFor();

  await button(page, /^참여자/).click();
  await page.keyboard.press("Escape");
  await expect.poll(() => button(page, "닉네임 바꾸기").count()).toBe(0);
  await part(page, "panel").waitFor();
  await composer(page).focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => part(page, "panel").count()).toBe(0);
  // Modifiers alone are nobody's typing.
  expect((await heard()).filter((key) => key !== "Shift")).toEqual([]);
  await page.getByLabel("검색").press("Escape");
  expect(await heard()).toContain("Escape");
});

test("where storage is blocked it works all the same", async () => {
  const page = await world.open({
    tag: { project: "blocked" },
    before: () => {
      for (const name of ["localStorage", "sessionStorage", "indexedDB"])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException("Blocked", "SecurityError");
          },
        });
    },
  });
  await waitUntilLive(page);
  await say(page, "저장은 안 돼도");
  await nameField(page).fill("철수");
  await nameField(page).press("Enter");
  const pattern = /저장은 안 돼도|말은 해요/g;
  await waitForTexts(page, { pattern, expected: ["저장은 안 돼도"] });
  await say(page, "말은 해요");
  const expected = ["저장은 안 돼도", "말은 해요"];
  await waitForTexts(page, { pattern, expected });
});

test("nothing is stored before the reader acts, and never with storage=none", async () => {
  const friend = await world.invite("store", "영희");
  await friend.say("읽기만 해도 되나요");
  for (const storage of ["local", "none"]) {
    const page = await world.open({ tag: { project: "store", storage } });
    await waitUntilLive(page);
    await page.getByText("읽기만 해도 되나요").waitFor();
    expect(await stored(page)).toEqual([]);
    await page.reload();
    await waitUntilLive(page);
    expect(await stored(page)).toEqual([]);
    await composer(page).pressSequentially("네");
    const keys = await stored(page);
    expect(keys.length).toBe(storage === "local" ? 1 : 0);
    if (keys[0]) expect(keys[0]).toMatch(/^pc:.*store$/);
  }
});

test("away and back again: connected, and nothing missed", async () => {
  const project = "back";
  const friend = await world.invite(project, "영희");
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const page = await world.open({
    tag: { project, nickname: "철수" },
    server: wire.url,
  });
  await waitUntilLive(page);
  await friend.say("가기 전");
  await page.getByText("가기 전").waitFor();
  await page.goto(`${world.host.url}/elsewhere`);
  await expect.poll(() => wire.open).toBe(0);
  await friend.say("가 있는 동안");
  await page.goBack();
  await waitUntilLive(page);
  const pattern = /가기 전|가 있는 동안|돌아온 뒤/g;
  const said = ["가기 전", "가 있는 동안"];
  await waitForTexts(page, { pattern, expected: said });

  // What the back/forward cache does to a page that it keeps.
  await show(page, "pagehide");
  await expect.poll(() => wire.open).toBe(0);
  await friend.say("돌아온 뒤");
  expect(await read(page, pattern)).toEqual(said);
  await show(page, "pageshow");
  await waitForTexts(page, { pattern, expected: [...said, "돌아온 뒤"] });
  expect(wire.dialled).toBe(3);
});

async function show(page: Page, type: "pagehide" | "pageshow"): Promise<void> {
  await page.evaluate((type) => {
    dispatchEvent(new PageTransitionEvent(type, { persisted: true }));
  }, type);
}
