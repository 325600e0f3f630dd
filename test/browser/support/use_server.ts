/** A browser and a chat server: what the tests of one file share. */
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import {
  type Server,
  type ServerOptions,
  startServer,
} from "../../support/server.ts";

/** What is there while a test runs. */
export interface Setting {
  readonly browser: Browser;
  readonly server: Server;
}

/**
 * Starts a browser and a server before the tests of a file, and ends them after them; after
 * each test all pages are closed. Options that are known only later come from a function.
 */
export function useServer(
  options: ServerOptions | (() => ServerOptions) = {},
): Setting {
  let server: Server;
  const shared = useBrowser(async () => {
    const known = typeof options === "function" ? options() : options;
    server = await startServer(known);
  });

  afterAll(() => server?.stop());

  return {
    get browser() {
      return shared.browser;
    },
    get server() {
      return server;
    },
  };
}

/** The browser alone, for tests that start servers of their own. */
export function useBrowser(
  /** Goes on while the browser starts. */
  meanwhile: () => Promise<void> = async () => {},
): Pick<Setting, "browser"> {
  let browser: Browser;

  beforeAll(async () => {
    [browser] = await Promise.all([launchChromium(), meanwhile()]);
  });

  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });

  afterAll(() => browser?.close());

  return {
    get browser() {
      return browser;
    },
  };
}
