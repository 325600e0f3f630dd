/** The widget as its users know it: roles, names, parts and its public contract. */
import type { Locator, Page, WebSocket } from "playwright-core";
import { expect } from "vitest";
import type { ChatClient } from "../../../src/client/mod.ts";

/** What these tests use of the element in the page. */
export interface Element extends HTMLElement {
  readonly client: ChatClient | undefined;
  readonly unread: number;
  send(text: string): Promise<unknown>;
  show(): void;
  close(): void;
  scrollToMessage(seq: number): Promise<boolean>;
}

/** Long enough for a few pauses of the reconnecting client. */
export const PATIENCE = { timeout: 25_000, interval: 40 };

/** One of the named parts. */
export function part(page: Page, name: string): Locator {
  return page.locator(`project-chat [part~="${name}"]`);
}

/** Where one writes. */
export function composer(page: Page): Locator {
  return page.getByRole("textbox", { name: "메시지를 입력하세요" });
}

/** Where one says who one is. */
export function nameField(page: Page): Locator {
  return page.getByRole("textbox", { name: "닉네임" });
}

/** A button by its name. */
export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole("button", { name });
}

/** The rows of the log, whether confirmed or on their way. */
export function rows(page: Page): Locator {
  return part(page, "message");
}

/** The last row that says `text`. */
export function rowOf(page: Page, text: string): Locator {
  return rows(page).filter({ hasText: text }).last();
}

/** The mark of what is on its way. */
export function clock(page: Page): Locator {
  return page.getByRole("img", { name: "보내는 중" });
}

/** Types a message and sends it by Enter, in whichever language the widget is. */
export async function say(page: Page, text: string): Promise<void> {
  const field = page.locator("project-chat textarea").first();
  await field.fill(text);
  await field.press("Enter");
}

/** Has the page hand over a token of its own. */
export function setToken(page: Page, token: string): Promise<void> {
  return page
    .locator("project-chat")
    .evaluate(
      (element, token) => void Object.assign(element, { token }),
      token,
    );
}

/** Has the page show another room. */
export function enter(page: Page, room: string): Promise<void> {
  return page
    .locator("project-chat")
    .evaluate((element, room) => element.setAttribute("room", room), room);
}

/** Who the room takes the reader for, by id. */
export function memberOf(page: Page): Promise<string | undefined> {
  return page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.you?.id);
}

/** Waits until the widget is connected and has caught up. */
export async function waitUntilLive(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page
          .locator("project-chat")
          .first()
          .evaluate((element: Element) => ({
            status: element.client?.status,
            live: element.client?.timeline.live,
          })),
      PATIENCE,
    )
    .toEqual({ status: "online", live: true });
}

/** What of `pattern` stands in the log, row by row. */
export async function read(page: Page, pattern: RegExp): Promise<string[]> {
  const texts = await rows(page).allTextContents();
  return texts.flatMap((text) => text.match(pattern) ?? []);
}

/** Waits until exactly `expected` of `pattern` stands in the log, all of it confirmed. */
export async function waitForTexts(
  page: Page,
  { pattern, expected }: { pattern: RegExp; expected: readonly string[] },
): Promise<void> {
  await expect
    .poll(
      async () => [await read(page, pattern), await clock(page).count()],
      PATIENCE,
    )
    .toEqual([expected, 0]);
}

/** Waits until the banner says `sentence`. */
export async function waitForBanner(
  page: Page,
  sentence: string | RegExp,
): Promise<void> {
  await part(page, "banner")
    .filter({ hasText: sentence })
    .waitFor({ timeout: PATIENCE.timeout });
}

/** How far the log is from its end, in pixels. */
export function distanceFromEnd(page: Page): Promise<number> {
  return part(page, "log").evaluate(
    (log) => log.scrollHeight - log.scrollTop - log.clientHeight,
  );
}

/** What has the focus, as a screen reader would name it. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement)
      element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return "";
    return (
      element.getAttribute("aria-label") ??
      (element instanceof HTMLInputElement
        ? element.labels?.[0]?.textContent
        : element.textContent) ??
      ""
    ).trim();
  });
}

/** Presses `key` until what has the focus is called `name`. */
export async function go(
  page: Page,
  { name, key = "Tab" }: { name: string | RegExp; key?: string },
): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (typeof name === "string" ? now === name : name.test(now)) return;
    passed.push(now);
  }
  throw new Error(`${key} never reached ${name}, but ${passed.join(" | ")}`);
}

/** Lets the page draw twice: whatever was due has been drawn then. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

/** Has the page believe that another tab is in front of it, or no longer. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", {
      configurable: true,
      get: () => hidden,
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

/** The sockets of a page from now on. */
export interface Sockets {
  /** All that there ever were. */
  readonly all: readonly WebSocket[];
  /** How many are open. */
  open(): number;
}

/** Follows the sockets of a page that is yet to be loaded. */
export function followSockets(page: Page): Sockets {
  const all: WebSocket[] = [];
  page.on("websocket", (socket) => all.push(socket));
  return { all, open: () => all.filter((one) => !one.isClosed()).length };
}

/** All keys the page keeps, and its cookies. */
export async function stored(page: Page): Promise<string[]> {
  const keys = await page.evaluate(() => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    document.cookie,
  ]);
  const cookies = await page.context().cookies();
  return [...keys, ...cookies.map(({ name }) => name)].filter(Boolean);
}
