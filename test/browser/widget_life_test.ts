/** Coming and going: several on a page, moved about, taken away, inside React. */
import { expect, test } from "vitest";
import { bundle } from "./support/host.ts";
import { countLeftovers } from "./support/leftovers.ts";
import {
  button,
  composer,
  type Element,
  followSockets,
  nameField,
  part,
  rows,
  type Sockets,
  say,
  waitForTexts,
  waitUntilLive,
} from "./support/widget.ts";
import { openWire } from "./support/wire.ts";
import { useWorld, type Visit } from "./support/world.ts";

const world = useWorld();

test("several on a page keep apart, and two for one room share one socket", async () => {
  const { page, sockets } = await openFollowed({
    tag: { nickname: "철수" },
    body: (tag) =>
      ["a", "a", "b"]
        .map((project) => tag.replace(" ", ` project="life-${project}" `))
        .join(""),
  });
  const [first, second, third] = [0, 1, 2].map((index) =>
    page.locator("project-chat").nth(index),
  );
  await waitUntilLive(page);
  // The third is far below and connects when it comes near.
  expect(sockets().all.length).toBe(1);
  await third?.scrollIntoViewIfNeeded();
  await expect.poll(() => sockets().open()).toBe(2);
  const field = { name: "메시지를 입력하세요" };
  await first?.getByRole("textbox", field).fill("에이에게");
  await first?.getByRole("textbox", field).press("Enter");
  await third?.getByRole("textbox", field).fill("비에게");
  await third?.getByRole("textbox", field).press("Enter");
  await second?.getByText("에이에게").waitFor();
  await third?.getByText("비에게").waitFor();
  expect(await page.getByText("에이에게").count()).toBe(2);
  expect(await page.getByText("비에게").count()).toBe(1);
  // One live region for all of them.
  expect(await page.locator("body > [role=log]").count()).toBe(1);

  await first?.evaluate((element) => element.remove());
  await expect.poll(() => page.locator("project-chat").count()).toBe(2);
  await page
    .locator("project-chat")
    .first()
    .getByRole("textbox", field)
    .fill("아직 있어요");
  await page.keyboard.press("Enter");
  await page.getByText("아직 있어요").waitFor();
  expect(sockets().all.length).toBe(2);
});

test("taken away, it leaves no listener, timer or socket behind", async () => {
  const { page, sockets } = await openFollowed({
    tag: { project: "gone" },
    body: () => "",
    before: countLeftovers,
  });
  const leftovers = () => page.evaluate(() => window.leftovers());
  // The driver of the browser adds listeners of its own, once.
  await page.locator("main").evaluate(() => {});
  const before = await leftovers();
  const friend = await world.invite("gone", "영희");
  for (const mode of ["inline", "bubble"]) {
    await page.evaluate(
      ({ mode, server }) => {
        const chat = document.createElement("project-chat");
        const attributes = { project: "gone", open: "", mode, server };
        for (const [name, value] of Object.entries(attributes))
          chat.setAttribute(name, value);
        document.querySelector("main")?.append(chat);
      },
      { mode, server: world.server.url },
    );
    await waitUntilLive(page);
    // In the middle of everything: typing, named, popover open, something just heard.
    await say(page, "이름을 물어보겠죠");
    await nameField(page).waitFor();
    await friend.say(`들리나요 ${mode}`);
    await page.getByText(`들리나요 ${mode}`).last().waitFor();
    await button(page, /^참여자/).click();
    await button(page, "닉네임 바꾸기").waitFor();
    expect((await leftovers()).listeners.length).toBeGreaterThan(
      before.listeners.length,
    );
    await page.evaluate(() => document.querySelector("project-chat")?.remove());
    // At once: no timer may be left to end by itself. A socket takes time to close.
    expect((await leftovers()).timers).toEqual([]);
    expect((await leftovers()).listeners).toEqual(before.listeners);
    await expect.poll(leftovers).toEqual(before);
    expect(sockets().open()).toBe(0);
    expect(await page.locator("[role=log]").count()).toBe(0);
  }
  expect(before).toMatchObject({ timers: [], sockets: 0 });
});

test("taken away while it waits for a server, it leaves nothing either", async () => {
  const wire = await openWire(world.server.port);
  world.later(() => wire.close());
  wire.cut();
  const { page } = await openFollowed({
    tag: { project: "waiting", nickname: "철수" },
    server: wire.url,
    before: countLeftovers,
  });
  await say(page, "곧 가요");
  const status = () =>
    page.evaluate(
      () => document.querySelector<Element>("project-chat")?.client?.status,
    );
  await expect.poll(status).toBe("waiting");
  await page.evaluate(() => document.querySelector("project-chat")?.remove());
  expect(await page.evaluate(() => window.leftovers())).toEqual({
    listeners: [],
    timers: [],
    sockets: 0,
  });
});

test("moved about, it keeps socket, conversation and draft", async () => {
  const { page, sockets } = await openFollowed({
    tag: { project: "moved", nickname: "철수" },
    body: (tag) => `${tag}<section id="there"></section>`,
  });
  await waitUntilLive(page);
  await say(page, "이사 전");
  await waitForTexts(page, { pattern: /이사 전/g, expected: ["이사 전"] });
  await composer(page).fill("짐 싸는 중");
  await page.evaluate(() => {
    const chat = document.querySelector("project-chat");
    if (chat) document.querySelector("#there")?.append(chat);
  });
  expect(await composer(page).inputValue()).toBe("짐 싸는 중");
  await say(page, "이사 후");
  const expected = ["이사 전", "이사 후"];
  await waitForTexts(page, { pattern: /이사 [전후]/g, expected });
  expect(sockets().all.length).toBe(1);

  // Out of the page for good, and back later.
  await page.evaluate(async () => {
    const chat = document.querySelector("project-chat");
    chat?.remove();
    await new Promise((resolve) => setTimeout(resolve));
    if (chat) document.body.append(chat);
  });
  await waitUntilLive(page);
  await waitForTexts(page, { pattern: /이사 [전후]/g, expected });
  expect(sockets().open()).toBe(1);
});

test("another room, and no project", async () => {
  const { page, sockets } = await openFollowed({
    tag: { nickname: "철수" },
    body: () => "",
  });
  await page.evaluate((server) => {
    const chat = document.createElement("project-chat") as Element;
    Object.assign(chat, { server, project: "first", nickname: "철수" });
    document.querySelector("main")?.append(chat);
  }, world.server.url);
  await waitUntilLive(page);
  await say(page, "첫 방");
  await waitForTexts(page, { pattern: /첫 방/g, expected: ["첫 방"] });
  const element = page.locator("project-chat");
  await element.evaluate((chat) => chat.setAttribute("room", "다른방"));
  await expect
    .poll(() => element.evaluate((chat: Element) => chat.client?.room))
    .toBe("다른방");
  await waitUntilLive(page);
  expect(await page.getByText("첫 방").count()).toBe(0);
  await expect.poll(() => sockets().open()).toBe(1);
  await element.evaluate((chat) => chat.removeAttribute("project"));
  await expect.poll(() => sockets().open()).toBe(0);
  expect(await part(page, "panel").count()).toBe(0);
});

test("React 19 uses the bare tag: attributes, properties, events, removal", async () => {
  const app = `
    import { createElement, StrictMode, useState } from "react";
    import { createRoot } from "react-dom/client";
    function App() {
      const [heard, setHeard] = useState("");
      const [isShown, setShown] = useState(true);
      return createElement("div", null,
        createElement("output", null, heard),
        createElement("button", { onClick: () => setShown(!isShown) }, "켜고 끄기"),
        isShown && createElement("project-chat", {
          server: ${JSON.stringify(world.server.url)},
          project: "react", nickname: "철수", readOnly: false,
          strings: { placeholder: "리액트에게" },
          "onmessage-sent": ({ detail }) => setHeard(detail.message.text),
        }));
    }
    const root = document.querySelector("#app");
    createRoot(root).render(createElement(StrictMode, null, createElement(App)));`;
  const { page, sockets } = await openFollowed({
    tag: {},
    body: () => '<div id="app"></div>',
    script: await bundle(app),
  });
  await waitUntilLive(page);
  const field = page.getByRole("textbox", { name: "리액트에게" });
  await field.fill("안녕 리액트");
  await field.press("Enter");
  await page.getByRole("status").getByText("안녕 리액트").waitFor();
  await field.fill("쓰던 글");
  expect(await rows(page).count()).toBe(1);
  await button(page, "켜고 끄기").click();
  await expect.poll(() => sockets().open()).toBe(0);
  await button(page, "켜고 끄기").click();
  await waitUntilLive(page);
  expect(await field.inputValue()).toBe("쓰던 글");
  expect(sockets().open()).toBe(1);
});

async function openFollowed(visit: Visit) {
  const followed: { sockets?: Sockets } = {};
  const page = await world.open({
    ...visit,
    prepare: async (page) => {
      followed.sockets = followSockets(page);
    },
  });
  const sockets = () => {
    if (!followed.sockets) throw new Error("Page was not followed");
    return followed.sockets;
  };
  return { page, sockets };
}
