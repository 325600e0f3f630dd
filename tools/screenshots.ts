/**
 * Makes the pictures of the docs: people talk on a real server, and a real browser looks at
 * them. Run it after a page or the widget has changed: `npm run screenshots`.
 */
import { mkdir } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ChatClient } from "../src/client/mod.ts";
import { startSite } from "../test/browser/support/site.ts";
import { launchChromium } from "../test/support/chromium.ts";
import { type Server, startServer } from "../test/support/server.ts";
import { sign, TRUSTING } from "../test/support/tokens.ts";
import { ROOT } from "./places.ts";
import {
  CONVERSATIONS,
  type Conversation,
  HOST_PAGES,
  REPORTS,
  VISITS,
} from "./scenes.ts";

const IMAGES = `${ROOT}docs/images/`;
const SIZES = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: {
    viewport: { width: 390, height: 780 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  },
};
const LANGUAGES = ["ko", "en"] as const;
const SCHEMES = ["light", "dark"] as const;

/** What one picture shows. */
interface Scene {
  readonly name: string;
  readonly url: string;
  readonly size: keyof typeof SIZES;
  readonly language: (typeof LANGUAGES)[number];
  readonly colorScheme: (typeof SCHEMES)[number];
  /** What the browser of whoever looks remembers. */
  readonly as?: BrowserContextOptions["storageState"] | undefined;
  /** Done before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const server = await startServer(TRUSTING);
const site = await startSite();
const browser = await launchChromium();
/** What the browsers of those who talked remember, by nickname. */
const people = new Map<string, BrowserContextOptions["storageState"]>();
/** Links that sign an owner in, by language. */
const owners = new Map<string, string>();
try {
  await mkdir(IMAGES, { recursive: true });
  for (const conversation of CONVERSATIONS)
    await play(conversation, { browser, server });
  for (const language of LANGUAGES) await report(language);
  for (const scene of listScenes()) await picture(scene);
} finally {
  await browser.close();
  await server.stop();
  await site.close();
}

function listScenes(): Scene[] {
  return LANGUAGES.flatMap((language) =>
    SCHEMES.flatMap((colorScheme) => {
      const taste = { language, colorScheme };
      const name = (kind: string) => `${kind}_${language}_${colorScheme}`;
      const { project, nickname } = VISITS[language];
      const own = {
        ...taste,
        url: `${server.url}/project/${project}`,
        as: people.get(nickname),
      };
      const host = (mode: "inline" | "bubble") =>
        site.show(HOST_PAGES[language](mode, server.url));
      const open = (page: Page) => page.click(".launcher");
      const manage: Scene = {
        ...taste,
        name: name("manage"),
        url: owners.get(language) ?? "",
        size: "wide",
        prepare: openPanel,
      };
      return [
        { ...own, name: name("page"), size: "wide" },
        { ...own, name: name("page_phone"), size: "phone" },
        ...(colorScheme === "light" ? [manage] : []),
        { ...taste, name: name("start"), url: server.url, size: "wide" },
        { ...taste, name: name("start_phone"), url: server.url, size: "phone" },
        { ...taste, name: name("inline"), url: host("inline"), size: "wide" },
        {
          ...taste,
          name: name("inline_phone"),
          url: host("inline"),
          size: "phone",
        },
        {
          ...taste,
          name: name("bubble"),
          url: host("bubble"),
          size: "wide",
          prepare: open,
        },
        {
          ...taste,
          name: name("bubble_phone"),
          url: host("bubble"),
          size: "phone",
          prepare: open,
        },
      ] satisfies Scene[];
    }),
  );
}

async function picture(scene: Scene): Promise<void> {
  const { name, url, size, language, colorScheme, as, prepare } = scene;
  const context = await browser.newContext({
    locale: language === "ko" ? "ko-KR" : "en-GB",
    timezoneId: "Asia/Seoul",
    colorScheme,
    reducedMotion: "reduce",
    ...(as && { storageState: as }),
    ...SIZES[size],
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector("project-chat :is(.log, .launcher)");
  await prepare?.(page);
  await page.waitForSelector(".row");
  // With everything that comes once a panel is in use.
  await page.waitForSelector("project-chat header .count");
  // No focus ring and no hover: what somebody who only reads would see.
  await page.evaluate(() => {
    const { activeElement: active } = document;
    const inner = active?.shadowRoot?.activeElement ?? active;
    if (inner instanceof HTMLElement) inner.blur();
  });
  await page.screenshot({ path: `${IMAGES}${name}.png` });
  await context.close();
}

/** The panel of an owner, with what was reported. */
async function openPanel(page: Page): Promise<void> {
  await page.click("#open-manage");
  await page.waitForSelector("#manage .entries > li");
}

/** Somebody says what others report, and an owner gets a link. */
async function report(language: (typeof LANGUAGES)[number]): Promise<void> {
  const { project } = VISITS[language];
  const { room, owner, author, reporter, text, reason } = REPORTS[language];
  const join = async (name: string) => {
    const token = await sign(project, { sub: name, name });
    const client = new ChatClient(server.url, {
      project,
      room,
      getToken: () => token,
    });
    client.connect();
    return client;
  };
  const [one, other] = [await join(author), await join(reporter)];
  const { seq } = await one.send(text);
  await other.ask({ type: "report", seq, reason });
  for (const client of [one, other]) client.close();
  const token = await sign(project, { sub: owner, name: owner, role: "owner" });
  owners.set(language, `${server.url}/project/${project}#token=${token}`);
}

/** Lets people talk, each in a browser profile of their own. */
async function play(
  { project, lines }: Conversation,
  world: { readonly browser: Browser; readonly server: Server },
): Promise<void> {
  const pages = new Map<string, Page>();
  for (const line of lines) {
    const { nickname, room = "lobby", text } = line;
    const known = pages.get(nickname);
    const page = known ?? (await (await world.browser.newContext()).newPage());
    pages.set(nickname, page);
    const url = `${world.server.url}/project/${project}?room=${room}`;
    if (page.url() !== encodeURI(url)) await page.goto(url);
    if (line.answers) await answer(page, line.answers);
    await page.fill("textarea", text);
    await page.press("textarea", "Enter");
    if (known === undefined) {
      await page.fill("#nickname", nickname);
      await page.press("#nickname", "Enter");
    }
    await page.waitForFunction((said) => {
      const { client } = document.querySelector("project-chat") ?? {};
      return client?.timeline.messages.some((message) => message.text === said);
    }, text);
    for (const [name, emoji] of Object.entries(line.reactions ?? {}))
      await react(pages.get(name), { text, emoji });
  }
  // They stay, so that the pictures show a room with people in it.
  for (const [nickname, page] of pages) {
    people.set(nickname, await page.context().storageState());
  }
}

/** Somebody begins to answer the message that begins with `text`. */
async function answer(page: Page, text: string): Promise<void> {
  await page.locator(".row", { hasText: text }).hover();
  await page.click(".actions");
  await page.locator(".menu > button").first().click();
}

/** Somebody reacts to the message `text`, as they would by its menu. */
async function react(
  page: Page | undefined,
  { text, emoji }: { readonly text: string; readonly emoji: string },
): Promise<void> {
  const row = page?.locator(".row", { hasText: text });
  await row?.hover();
  await page?.click(".actions");
  await page?.locator(".menu .short button", { hasText: emoji }).click();
  await row?.locator(".chip", { hasText: emoji }).waitFor();
}
