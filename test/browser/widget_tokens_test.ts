/** Tokens that change while the widget is in use: a refresh is none of the reader's business. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import {
  composer,
  type Element,
  followSockets,
  memberOf,
  read,
  rows,
  type Sockets,
  say,
  setToken,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld(TRUSTING);

/** Signs out and in again, with a function that gives `token`. */
function setSource(page: Page, token: string): Promise<void> {
  return page.locator("project-chat").evaluate((element, token) => {
    Object.assign(element, { token: undefined });
    Object.assign(element, { token: () => token });
  }, token);
}

test("a new token of the same member keeps the connection and what is unsent", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  let sockets: Sockets | undefined;
  const page = await world.open({
    tag: { project: "refresh", mode: "bubble" },
    server: wire.url,
    prepare: async (page) => {
      sockets = followSockets(page);
    },
  });
  await setToken(page, await sign("refresh", { sub: "철수" }));
  await page.locator("project-chat").evaluate((e: Element) => e.show());
  await waitUntilLive(page);
  await setToken(page, await sign("refresh", { sub: "철수", name: "철수" }));
  const nickname = () =>
    page
      .locator("project-chat")
      .evaluate((element: Element) => element.client?.you?.nickname);
  await expect.poll(nickname).toBe("철수");
  expect(sockets?.all.length).toBe(1);
  wire.cut();
  await say(page, "오프라인에 보낸 말");
  await setToken(page, await sign("refresh", { sub: "철수", iat: 1 }));
  await expect.poll(() => read(page, /오프라인에 보낸 말/g)).toHaveLength(1);
});

test("a member's unsent words and draft come back for that member alone", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  const page = await world.open({ tag: { project: "own" }, server: wire.url });
  const tokens = {
    ann: await sign("own", { sub: "ann", name: "앤" }),
    bob: await sign("own", { sub: "bob", name: "밥" }),
  };
  const become = async (name: "ann" | "bob") => {
    await setToken(page, tokens[name]);
    await expect.poll(() => memberOf(page), { timeout: 25_000 }).toBe(name);
    await waitUntilLive(page);
  };
  await become("ann");
  await composer(page).fill("앤의 비밀 초안");
  await page.reload();
  await become("bob");
  expect(await composer(page).inputValue()).toBe("");
  await become("ann");
  await expect.poll(() => composer(page).inputValue()).toBe("앤의 비밀 초안");
  wire.cut();
  await say(page, "앤이 못 보낸 말");
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.reload();
  wire.mend();
  await become("bob");
  expect(await rows(page).count()).toBe(0);
  await page.reload();
  await become("ann");
  const expected = ["앤이 못 보낸 말"];
  await waitForTexts(page, { pattern: /앤이 못 보낸 말/g, expected });
});

test("a function that is made anew at each drawing connects once, and the newest is asked", async () => {
  let sockets: Sockets | undefined;
  const token = await sign("inline", { sub: "ann" });
  const page = await world.open({
    tag: { project: "inline" },
    body: () => "<section></section>",
    prepare: async (page) => {
      sockets = followSockets(page);
    },
  });
  await page.evaluate(
    ({ server, token }) => {
      const chat = Object.assign(document.createElement("project-chat"), {
        project: "inline",
        server,
        token: () => "none of the members'",
      });
      Object.assign(chat, { token: () => token });
      document.querySelector("section")?.append(chat);
    },
    { server: world.server.url, token },
  );
  await waitUntilLive(page);
  const opened = sockets?.all.length;
  await page.locator("project-chat").evaluate(async (element, token) => {
    for (let n = 0; n < 5; n++) {
      Object.assign(element, { token: () => token });
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }, token);
  await waitUntilLive(page);
  expect(sockets?.all.length).toBe(opened);
  expect(await memberOf(page)).toBe("ann");
});

test("a source of somebody else's tokens is asked at once, and the next words are theirs", async () => {
  const friend = await world.invite("login", "영희");
  const page = await world.open({ tag: { project: "login" } });
  const tokens = {
    ann: await sign("login", { sub: "ann", name: "앤" }),
    bob: await sign("login", { sub: "bob", name: "밥" }),
  };
  await setSource(page, tokens.ann);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await waitUntilLive(page);
  await composer(page).fill("앤의 초안");
  // Out and in again before anything could be drawn.
  await setSource(page, tokens.bob);
  await expect.poll(() => memberOf(page)).toBe("bob");
  await waitUntilLive(page);
  expect(await composer(page).inputValue()).toBe("");
  await say(page, "저는 밥입니다");
  await expect
    .poll(() => friend.client.timeline.messages.at(-1)?.author.nickname)
    .toBe("밥");
  await setSource(page, tokens.ann);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await expect.poll(() => composer(page).inputValue()).toBe("앤의 초안");
});

test("a source that gives somebody else's token later begins a new connection", async () => {
  const page = await world.open({ tag: { project: "switch" } });
  const tokens = await Promise.all(
    ["ann", "bob"].map((sub) => sign("switch", { sub })),
  );
  await page.locator("project-chat").evaluate((element, tokens) => {
    const next = () => tokens[Number(document.title) || 0];
    Object.assign(element, { token: next });
  }, tokens);
  await expect.poll(() => memberOf(page)).toBe("ann");
  await waitUntilLive(page);
  await composer(page).fill("앤의 글");
  await page.evaluate(() => {
    document.title = "1";
  });
  await page
    .locator("project-chat")
    .evaluate((element: Element) => element.client?.reconnect());
  await expect.poll(() => memberOf(page)).toBe("bob");
  await waitUntilLive(page);
  expect(await composer(page).inputValue()).toBe("");
});

test("two elements with sources of their own speak each for their own member", async () => {
  const page = await world.open({
    tag: { project: "both" },
    body: (tag) => tag + tag,
  });
  const subs = ["ann", "bob"];
  for (const [index, sub] of subs.entries()) {
    const token = await sign("both", { sub });
    await page
      .locator("project-chat")
      .nth(index)
      .evaluate((element, token) => {
        Object.assign(element, { token: () => token });
      }, token);
  }
  const members = () =>
    page
      .locator("project-chat")
      .evaluateAll((all) =>
        all.map((element) => (element as unknown as Element).client?.you?.id),
      );
  await expect.poll(members).toEqual(subs);
});

test("equal words that are given anew change nothing", async () => {
  const page = await world.open({ tag: { project: "words" } });
  const isSame = await page
    .locator("project-chat")
    .evaluate((element: Element & { strings?: unknown }) => {
      element.strings = { title: "문의" };
      const { strings } = element;
      element.strings = { title: "문의" };
      return element.strings === strings;
    });
  expect(isSame).toBe(true);
  await page.getByText("문의").waitFor();
});
