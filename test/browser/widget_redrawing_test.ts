/** A page that makes the token function anew whenever it draws, and draws whenever the tag stirs. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { ChatClient } from "../../src/client/mod.ts";
import { sign, TRUSTING } from "../support/tokens.ts";
import {
  type Element,
  followSockets,
  memberOf,
  PATIENCE,
  type Sockets,
  waitUntilLive,
} from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld(TRUSTING);

/** What the page of these tests keeps. */
interface Host {
  /** What the functions give; none while it is empty. */
  given: string;
  /** How often a function was asked. */
  asked: number;
  /** How often the page was drawn. */
  drawn: number;
  draw(): void;
}

test("a source that fails is asked at the pace of the connection", async () => {
  const { page } = await visit("failing", "");
  await expect.poll(async () => (await host(page)).drawn).toBeGreaterThan(2);
  await page.clock.runFor(60_000);
  const { asked } = await host(page);
  expect(asked).toBeGreaterThan(2);
  // Six attempts or more at growing intervals, and one question each ten seconds.
  expect(asked).toBeLessThan(20);
});

test("whoever is shut out stays so, whatever the page draws", async () => {
  const token = await sign("shut", { sub: "ann" });
  const owner = await sign("shut", { sub: "owner", role: "owner" });
  const { page, sockets } = await visit("shut", token);
  await waitUntilLive(page);
  const client = new ChatClient(world.server.url, {
    project: "shut",
    getToken: () => owner,
  });
  world.later(() => client.close());
  client.connect();
  await client.ask({ type: "moderate", action: "ban", member: "ann" });
  const status = () =>
    page
      .locator("project-chat")
      .evaluate((element: Element) => element.client?.status);
  await expect.poll(status, PATIENCE).toBe("closed");
  for (let n = 0; n < 3; n++) {
    await page.evaluate(() =>
      (globalThis as unknown as { host: Host }).host.draw(),
    );
    await page.clock.runFor(20_000);
    expect(await status()).toBe("closed");
  }
  expect(sockets.all.length).toBe(1);
  // Somebody else may come in.
  const bob = await sign("shut", { sub: "bob" });
  await page.evaluate((bob) => {
    const { host } = globalThis as unknown as { host: Host };
    host.given = bob;
    host.draw();
  }, bob);
  await page.clock.runFor(20_000);
  await expect.poll(() => memberOf(page), PATIENCE).toBe("bob");
});

test("a source that fails once costs no connection, and the newest is asked later", async () => {
  const [ann, bob] = await Promise.all(
    ["ann", "bob"].map((sub) => sign("once", { sub })),
  );
  const { page, sockets } = await visit("once", ann ?? "");
  await waitUntilLive(page);
  await page.clock.runFor(20_000);
  const before = (await host(page)).asked;
  await page.evaluate(async () => {
    const { host } = globalThis as unknown as { host: Host };
    host.given = "";
    for (let n = 0; n < 20; n++) {
      host.draw();
      await Promise.resolve();
    }
  });
  await expect.poll(async () => (await host(page)).asked).toBe(before + 1);
  await page.clock.runFor(20_000);
  expect((await host(page)).asked).toBeLessThan(before + 5);
  expect(sockets.all.length).toBe(1);
  expect(await memberOf(page)).toBe("ann");
  await page.evaluate((bob) => {
    const { host } = globalThis as unknown as { host: Host };
    host.given = bob ?? "";
    host.draw();
  }, bob);
  await page.clock.runFor(20_000);
  await expect.poll(() => memberOf(page)).toBe("bob");
});

/** Opens a page whose functions give `token`. */
async function visit(
  project: string,
  token: string,
): Promise<{ page: Page; sockets: Sockets }> {
  let sockets: Sockets | undefined;
  const page = await world.open({
    tag: { project },
    body: () => "<section></section>",
    prepare: async (page) => {
      await page.clock.install();
      sockets = followSockets(page);
    },
  });
  await page.evaluate(
    ({ project, server, token }) => {
      const chat = document.createElement("project-chat");
      const host: Host = {
        given: token,
        asked: 0,
        drawn: 0,
        draw() {
          host.drawn++;
          const token = async () => {
            host.asked++;
            if (!host.given) throw new Error("Cannot get a token");
            return host.given;
          };
          Object.assign(chat, { project, server, token });
        },
      };
      Object.assign(globalThis, { host });
      chat.addEventListener("statechange", host.draw);
      host.draw();
      document.querySelector("section")?.append(chat);
    },
    { project, server: world.server.url, token },
  );
  return { page, sockets: sockets ?? followSockets(page) };
}

function host(page: Page): Promise<Pick<Host, "asked" | "drawn">> {
  return page.evaluate(() => {
    const { asked, drawn } = (globalThis as unknown as { host: Host }).host;
    return { asked, drawn };
  });
}
