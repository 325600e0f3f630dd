/** Somebody else at the same screen, while the page has one token function for everybody. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sign, TRUSTING } from "../support/tokens.ts";
import {
  composer,
  drawn,
  enter,
  memberOf,
  rows,
  say,
  waitUntilLive,
} from "./support/widget.ts";
import { useWorld } from "./support/world.ts";

const world = useWorld(TRUSTING);

test.each(["lobby", "tea"])(
  "what was not sent to %s stays its author's, whoever signs in with the same function",
  async (room) => {
    const project = `same-${room}`;
    const friend = await world.invite(project, "영희", { room });
    let isHeld = true;
    const page = await world.open({
      tag: { project, room },
      prepare: (page) =>
        page.routeWebSocket(/\/chat\?/, (socket) => {
          const server = socket.connectToServer();
          socket.onMessage((frame) => {
            if (!(isHeld && `${frame}`.includes("앤의 말"))) server.send(frame);
          });
        }),
    });
    await shareSource(page, project);
    await say(page, "앤의 말");
    await composer(page).fill("앤의 초안");
    // The connection to a room that one has left goes on for a while.
    if (room !== "lobby") await enter(page, "lobby");
    await expect
      .poll(() => composer(page).inputValue())
      .toBe(room === "lobby" ? "앤의 초안" : "");
    await signOut(page);
    await drawn(page);
    await signIn(page, "bob");
    await enter(page, room);
    await expect.poll(() => memberOf(page)).toBe("bob");
    await waitUntilLive(page);
    expect(await rows(page).count()).toBe(0);
    expect(await composer(page).inputValue()).toBe("");
    isHeld = false;
    await say(page, "밥의 말");
    await expect.poll(() => friend.client.timeline.messages).toHaveLength(1);
    await signOut(page);
    await drawn(page);
    await signIn(page, "ann");
    const said = () =>
      friend.client.timeline.messages.map(({ author, text }) => [
        author.id,
        text,
      ]);
    await expect.poll(said).toEqual([
      ["bob", "밥의 말"],
      ["ann", "앤의 말"],
    ]);
    expect(await memberOf(page)).toBe("ann");
  },
);

test("out and in again in one breath is somebody else too", async () => {
  const page = await world.open({ tag: { project: "breath" } });
  await shareSource(page, "breath");
  await page.locator("project-chat").evaluate((element) => {
    const { token } = globalThis as { token?: unknown };
    document.title = "bob";
    Object.assign(element, { token: undefined });
    Object.assign(element, { token });
  });
  await expect.poll(() => memberOf(page)).toBe("bob");
});

test("a tag that takes another's place asks the same function anew", async () => {
  const page = await world.open({ tag: { project: "keyed" } });
  await shareSource(page, "keyed");
  await page.locator("project-chat").evaluate((before) => {
    document.title = "bob";
    // As React does it for another `key`: made first, then put where the other was.
    const next = document.createElement("project-chat");
    for (const name of before.getAttributeNames())
      next.setAttribute(name, before.getAttribute(name) ?? "");
    const { token } = globalThis as { token?: unknown };
    Object.assign(next, { token });
    before.after(next);
    before.remove();
  });
  await expect.poll(() => memberOf(page)).toBe("bob");
});

/** Gives the tag one function, which speaks of whoever is in the title of the page. */
async function shareSource(page: Page, project: string): Promise<void> {
  const [ann, bob] = await Promise.all(
    ["ann", "bob"].map((sub) => sign(project, { sub, name: sub })),
  );
  await page.locator("project-chat").evaluate(
    (element, tokens) => {
      const token = () => tokens[document.title === "bob" ? "bob" : "ann"];
      Object.assign(globalThis, { token });
      Object.assign(element, { token });
    },
    { ann, bob },
  );
  await expect.poll(() => memberOf(page)).toBe("ann");
  await waitUntilLive(page);
}

function signOut(page: Page): Promise<void> {
  return page.locator("project-chat").evaluate((element) => {
    Object.assign(element, { token: undefined });
  });
}

/** Signs in with the function of before. */
function signIn(page: Page, name: "ann" | "bob"): Promise<void> {
  return page.locator("project-chat").evaluate((element, name) => {
    const { token } = globalThis as { token?: unknown };
    document.title = name;
    Object.assign(element, { token });
  }, name);
}
