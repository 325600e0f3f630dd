/** People of all roles in one room of our page: what tests of order start from. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { sign, TRUSTING } from "../../support/tokens.ts";
import { join, openPage } from "./person.ts";
import { type Setting, useServer } from "./use_server.ts";
import { waitUntilLive } from "./widget.ts";

/** Whoever can be met. */
export interface Gathering extends Setting {
  /** The page of somebody whom a token names. */
  member(
    project: string,
    options?: { readonly claims?: object } & BrowserContextOptions,
  ): Promise<Page>;
  /** The page of a guest who has taken a nickname. */
  guest(
    project: string,
    nickname: string,
    options?: BrowserContextOptions,
  ): Promise<Page>;
}

/** 서연, who owns the project unless `claims` say otherwise. */
const OWNER = { sub: "owner", name: "서연", role: "owner" };

/** Starts a server that trusts tokens, and a browser, for the tests of a file. */
export function useGathering(): Gathering {
  const setting = useServer(TRUSTING);

  return {
    get server() {
      return setting.server;
    },
    get browser() {
      return setting.browser;
    },
    async member(project, { claims, ...options } = {}) {
      const token = await sign(project, { ...OWNER, ...claims });
      const url = `${setting.server.url}/project/${project}#token=${token}`;
      const page = await openPage(setting.browser, { url, ...options });
      await waitUntilLive(page);
      await page.waitForSelector("header .count");
      return page;
    },
    async guest(project, nickname, options = {}) {
      const url = `${setting.server.url}/project/${project}`;
      const page = await openPage(setting.browser, { url, ...options });
      await join(page, nickname);
      return page;
    },
  };
}

/** Opens the menu of the message that says `text`. */
export async function openMenu(page: Page, text: string): Promise<void> {
  // A message that is on its way has no menu yet.
  await page.locator(".row[data-seq]", { hasText: text }).press("Enter");
  await page.getByRole("menu").waitFor();
}

/** Chooses a line of that menu. */
export async function choose(
  page: Page,
  { text, item }: { readonly text: string; readonly item: string | RegExp },
): Promise<void> {
  await openMenu(page, text);
  await page.getByRole("menuitem", { name: item }).click();
}

/** Says yes to the question, after choosing `option` if there is one. */
export async function agree(page: Page, option?: string): Promise<void> {
  const dialog = page.locator("dialog.ask");
  if (option) await dialog.locator("select").selectOption({ label: option });
  await dialog.locator("[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
}

/** Waits for a quiet line in the log that says `sentence`. */
export async function waitForAct(page: Page, sentence: string): Promise<void> {
  await page.locator(".happening", { hasText: sentence }).waitFor();
}

/** A control of the room. */
export async function steer(page: Page, name: string): Promise<void> {
  if (!(await page.isVisible("#steer"))) await page.click("button.steer");
  await page.locator("#steer").getByRole("button", { name }).click();
}
