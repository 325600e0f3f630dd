/** Browser, chat server and a site that embeds the widget: what each test starts from. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Message } from "../../../src/client/mod.ts";
import { ChatClient } from "../../../src/client/mod.ts";
import type { ServerOptions } from "../../support/server.ts";
import { type Host, startHost } from "./host.ts";
import { type Setting, useServer } from "./use_server.ts";

/** A visit to the site. */
export interface Visit {
  /** Attributes of the widget; `server` is added. */
  readonly tag: Readonly<Record<string, string>>;
  /** Markup of the page. Default: one widget. */
  readonly body?: (tag: string) => string;
  /** A script of the site's own. */
  readonly script?: string;
  /** Where the widget comes from. Default: the site itself. */
  readonly widget?: string;
  /** Where the chat is, if not at the server that was started. */
  readonly server?: string;
  readonly browser?: BrowserContextOptions;
  /** Runs in the page before anything else. */
  readonly before?: () => void;
  /** Done to the page before it is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Somebody else in a room, without a browser. */
export interface Friend {
  readonly client: ChatClient;
  say(text: string): Promise<Message>;
}

/** What a friend has heard and said, in order. */
export function textsOf({ client }: Friend): string[] {
  return client.timeline.messages.map(({ text }) => text);
}

/** What the tests of one file share. */
export interface World extends Setting {
  readonly host: Host;
  /** Puts a page up and opens it in a browser profile of its own. */
  open(visit: Visit): Promise<Page>;
  /** Lets somebody else in; they leave after the test. */
  invite(
    project: string,
    nickname: string,
    options?: { readonly room?: string },
  ): Promise<Friend>;
  /** Undone after the test. */
  later(undo: () => unknown): void;
}

/** Starts a world before the tests of a file, and ends it after them. */
export function useWorld(options?: ServerOptions): World {
  let host: Host;
  const undos: (() => unknown)[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    // First, so that it cannot take the port that the server is going to listen on.
    host = await startHost();
  });

  afterEach(async () => {
    for (const undo of undos.splice(0).reverse()) await undo();
    // No page of ours may ever break the policy of its host.
    expect(complaints.splice(0)).toEqual([]);
  });

  afterAll(() => host?.close());

  // What comes last ends first: its pages are gone before anything else is undone.
  const setting = useServer(options);

  async function open(visit: Visit): Promise<Page> {
    const {
      tag,
      body = (tag) => tag,
      server: chat = setting.server.url,
    } = visit;
    const url = host.show({
      server: chat,
      body: body(write({ server: chat, ...tag })),
      ...(visit.script && { script: visit.script }),
      ...(visit.widget && { widget: visit.widget }),
    });
    const context = await setting.browser.newContext({
      locale: "ko-KR",
      timezoneId: "Asia/Seoul",
      viewport: { width: 800, height: 700 },
      // Nothing is measured in the middle of a movement.
      reducedMotion: "reduce",
      ...visit.browser,
    });
    const page = await context.newPage();
    const known = [
      host.url,
      chat,
      setting.server.url,
      visit.widget ?? host.url,
    ];
    listenForComplaints(page, { known, complain: (it) => complaints.push(it) });
    if (visit.before) await page.addInitScript(visit.before);
    await visit.prepare?.(page);
    await page.goto(url);
    return page;
  }

  const invite: World["invite"] = async (project, nickname, options) => {
    const about = { project, nickname, ...options };
    const client = new ChatClient(setting.server.url, about);
    undos.push(() => client.close());
    client.connect();
    await expect
      .poll(() => client.timeline.live, { timeout: 10_000 })
      .toBe(true);
    return { client, say: (text) => client.send(text) };
  };

  return {
    get browser() {
      return setting.browser;
    },
    get server() {
      return setting.server;
    },
    get host() {
      return host;
    },
    open,
    invite,
    later: (undo) => undos.push(undo),
  };
}

function write(attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${value.replaceAll('"', "&quot;")}"`,
  );
  return `<project-chat${written.join("")}></project-chat>`;
}

/** Whatever a site would hold against an embedded widget. */
function listenForComplaints(
  page: Page,
  options: { known: string[]; complain(complaint: string): void },
): void {
  const { known, complain } = options;
  const hosts = known.map((url) => new URL(url, "http://localhost").host);
  const check = (url: string) => {
    const isKnown = hosts.includes(new URL(url).host);
    if (!isKnown) complain(`asked somebody else: ${url}`);
  };
  page.on("pageerror", (error) => complain(`threw ${error.stack}`));
  page.on("request", (request) => check(request.url()));
  page.on("websocket", (socket) => check(socket.url()));
  page.on("dialog", (dialog) => complain(`opened "${dialog.message()}"`));
  page.on("console", (message) => {
    const text = message.text();
    // A server that is away is the tests' own doing.
    if (!/ERR_|WebSocket connection/.test(text) && message.type() === "error")
      complain(text);
  });
}
